/** Who may speak with the browser host: the page that came with the token, from our own address, and nobody else on this machine. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Admission {
  readonly token: string;
  /** For the answer to the address with the token. */
  readonly setCookie: string;
  readonly isToken: (offered: string | null) => boolean;
  /** Null where the request is ours; else why it is refused. */
  readonly refusal: (
    request: IncomingMessage,
    options: { readonly needsCookie: boolean; readonly needsOrigin: boolean },
  ) => string | null;
}

/** `port` is the one the host listens on: other programs' cookies and pages at 127.0.0.1 do not count. */
export function browserAdmission(port: number): Admission {
  const token = randomBytes(24).toString('base64url');
  const cookieValue = randomBytes(24).toString('base64url');
  const cookieName = `picture-lock-${port}`;
  const host = `127.0.0.1:${port}`;

  return {
    token,
    setCookie: `${cookieName}=${cookieValue}; HttpOnly; SameSite=Strict; Path=/`,
    isToken: (offered) => offered !== null && isSame(offered, token),
    refusal(request, { needsCookie, needsOrigin }) {
      // A page of another name that resolves to this machine carries its own Host.
      if (request.headers.host !== host) return `This host answers at ${host} only.`;
      const { origin } = request.headers;
      if (origin === undefined ? needsOrigin : origin !== `http://${host}`)
        return 'Pages of other origins are refused.';
      if (!needsCookie) return null;
      const offered = cookieOf(request, cookieName);
      if (offered !== null && isSame(offered, cookieValue)) return null;
      return 'Open the whole address that Picture Lock printed when it started, with its token.';
    },
  };
}

function isSame(offered: string, expected: string): boolean {
  const [a, b] = [Buffer.from(offered), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
