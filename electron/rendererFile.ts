/** Answers a URL with a file of the built page: containment, type, nonce and Content-Security-Policy for both hosts. */
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Vite writes it into every tag of the page that needs a nonce. */
const noncePlace = /__CSP_NONCE__/g;

export const freshNonce = (): string => randomBytes(16).toString('base64');

export function contentSecurityPolicy(nonce: string, devSocket?: string): string {
  const isDev = devSocket !== undefined;
  return [
    "default-src 'self'",
    // React Refresh's preamble is an inline script that carries the nonce; the built page has none.
    `script-src 'self'${isDev ? ` 'nonce-${nonce}'` : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self'${isDev ? ` ${devSocket}` : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function pageHeaders(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

export const withNonce = (html: string, nonce: string): string => html.replace(noncePlace, nonce);

function refusal(status: 400 | 403 | 404, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: pageHeaders('text/plain; charset=utf-8', contentSecurityPolicy(freshNonce())),
  });
}

/** The path below the root that a URL names, or null where it is none: bad escapes, NUL, backslashes, `..`. */
function namedPath(url: URL): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\u0000') || decoded.includes('\\')) return null;
  const parts = decoded.split('/').filter((part) => part !== '');
  if (parts.some((part) => part === '..' || part === '.' || part.includes(':'))) return null;
  return parts.length === 0 ? 'index.html' : parts.join('/');
}

const isBelow = (root: string, file: string): boolean => {
  const relative = path.relative(root, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
};

/** Never reads outside `root`, symbolic links included; whatever is no file there is 404. */
export async function rendererFile(root: string, url: URL): Promise<Response> {
  const named = namedPath(url);
  if (named === null) return refusal(400, 'This address names no file of Picture Lock.');
  try {
    const realRoot = await realpath(root);
    const file = await realpath(path.join(realRoot, named));
    if (!isBelow(realRoot, file)) return refusal(403, 'This address leads out of Picture Lock.');
    const bytes = await readFile(file);
    const nonce = freshNonce();
    const extension = path.extname(file).toLowerCase();
    const type = types[extension] ?? 'application/octet-stream';
    const body = extension === '.html' ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes);
    return new Response(body, { headers: pageHeaders(type, contentSecurityPolicy(nonce)) });
  } catch {
    return refusal(404, `Picture Lock has no file ${named}.`);
  }
}
