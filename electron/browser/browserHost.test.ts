import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { noticeBoard } from '../notices.ts';
import { type BrowserHost, startBrowserHost } from './browserHost.ts';

let folder: string;
let host: BrowserHost;
const notices = noticeBoard();
/** What would stand in the terminal. */
const warnings: string[] = [];
const log = {
  error: (message: string) => void warnings.push(message),
  warn: (message: string) => void warnings.push(message),
  info: () => undefined,
};

beforeEach(async () => {
  warnings.length = 0;
  folder = await mkdtemp(path.join(os.tmpdir(), 'browser-host-'));
  await writeFile(path.join(folder, 'index.html'), '<title>Picture Lock</title>');
  host = await startBrowserHost({
    rendererRoot: folder,
    port: 0,
    dispatch: async (name, input) => ({ ok: true, value: { name, input } }),
    notices,
    log,
  });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Not `fetch`, which would set Host itself and normalise the path. */
function ask(rawPath: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port: host.port, path: rawPath, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

const tokenPath = (): string => new URL(host.url).pathname + new URL(host.url).search;

async function cookie(): Promise<string> {
  const { headers } = await ask(tokenPath());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** The message that a socket opened with these headers gets, or the status of its refusal. */
function upgrade(headers: Record<string, string>, at = '/socket'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${at}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', () => resolve(0));
  });
}

const ownOrigin = (): string => `http://127.0.0.1:${host.port}`;

describe('the browser host', () => {
  it('exchanges the token for a cookie that scripts and other sites cannot have', async () => {
    const answer = await ask(tokenPath());
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [set] = answer.headers['set-cookie'] ?? [];
    expect(set).toMatch(new RegExp(`^picture-lock-${host.port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`));
    expect(set).not.toContain(new URL(host.url).searchParams.get('token'));
  });

  it('shows the page to the holder of the cookie', async () => {
    const page = await ask('/', { cookie: `other=1; ${await cookie()}` });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Picture Lock');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it.each(['/', '/?token=', '/?token=wrong', `/?token=${'a'.repeat(32)}`])(
    'refuses a stranger at %s',
    async (rawPath) => {
      const answer = await ask(rawPath);
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it('refuses a wrong cookie, and the cookie of another port', async () => {
    const [name, value] = (await cookie()).split('=');
    expect((await ask('/', { cookie: `${name}=${'x'.repeat(32)}` })).status).toBe(403);
    expect((await ask('/', { cookie: `${name}=` })).status).toBe(403);
    expect((await ask('/', { cookie: `picture-lock-1=${value}` })).status).toBe(403);
  });

  it.each(['evil.example', 'localhost', '127.0.0.1', 'evil.example:80'])(
    'refuses the host %s, cookie or not',
    async (name) => {
      expect((await ask('/', { cookie: await cookie(), host: name })).status).toBe(403);
      expect((await ask(tokenPath(), { host: name })).status).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'refuses the origin %s',
    async (origin) => {
      expect((await ask('/', { cookie: await cookie(), origin })).status).toBe(403);
    },
  );

  it('answers GET alone', async () => {
    expect((await ask('/', { cookie: await cookie() }, 'POST')).status).toBe(405);
    expect((await ask('/', { cookie: await cookie() }, 'DELETE')).status).toBe(405);
  });

  it('answers an address that is none without falling over', async () => {
    const held = await cookie();
    expect((await ask('//evil.example/..%2f..%2fetc/passwd', { cookie: held })).status).toBeGreaterThanOrEqual(400);
    expect((await ask('/', { cookie: held })).status).toBe(200);
  });

  it('says which port is taken, and what to do', async () => {
    const options = { rendererRoot: folder, dispatch: async () => ({ ok: true, value: null }) as const, notices, log };
    await expect(startBrowserHost({ ...options, port: host.port })).rejects.toThrow(
      `Port ${host.port} is in use by another program. Give another one with --port`,
    );
  });

  it('listens on the loopback address alone', async () => {
    const outside = Object.values(os.networkInterfaces())
      .flat()
      .find((each) => each !== undefined && each.family === 'IPv4' && !each.internal);
    if (outside === undefined) return;
    const refusal = fetch(`http://${outside.address}:${host.port}/`);
    await expect(refusal).rejects.toThrow();
  });
});

describe("the browser host's socket", () => {
  it('carries requests, and notices to every page', async () => {
    const socket = await upgrade({ cookie: await cookie(), origin: ownOrigin() });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const messages: unknown[] = [];
    const two = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        messages.push(JSON.parse(String(data)));
        if (messages.length === 2) resolve();
      });
    });
    notices.notify({ notice: 'menuChosen', value: { command: 'undo' } });
    socket.send(JSON.stringify({ id: 5, request: 'listBatches', input: { a: 1 } }));
    await two;
    expect(messages).toEqual([
      { kind: 'notice', notice: { notice: 'menuChosen', value: { command: 'undo' } } },
      { kind: 'reply', id: 5, reply: { ok: true, value: { name: 'listBatches', input: { a: 1 } } } },
    ]);
    socket.terminate();
  });

  it.each([
    ['no cookie', async () => ({ origin: ownOrigin() })],
    ['a wrong cookie', async () => ({ origin: ownOrigin(), cookie: `picture-lock-${host.port}=x` })],
    ['no origin', async () => ({ cookie: await cookie() })],
    ['another origin', async () => ({ cookie: await cookie(), origin: 'http://evil.example' })],
    ['another host', async () => ({ cookie: await cookie(), origin: ownOrigin(), host: 'evil.example' })],
  ])('is refused to an upgrade with %s', async (_what, headers) => {
    expect(await upgrade(await headers())).toBe(403);
  });

  it('is silent about pages that break off, admitted or not', async () => {
    const held = await cookie();
    const headers = [`Host: 127.0.0.1:${host.port}`, 'Connection: Upgrade', 'Upgrade: websocket'];
    const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    for (const admitted of [[`Origin: ${ownOrigin()}`, `Cookie: ${held}`], []]) {
      const socket = connect(host.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`${['GET /socket HTTP/1.1', ...headers, ...key, ...admitted].join('\r\n')}\r\n\r\n`);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.resetAndDestroy();
      // The reset arrived before the next answer did.
      await ask('/', { cookie: held });
    }
    expect(warnings).toEqual([]);
  });

  it('is at one address alone', async () => {
    expect(await upgrade({ cookie: await cookie(), origin: ownOrigin() }, '/other')).toBe(403);
  });

  it('is closed to who sends what is no message, and the host goes on', async () => {
    const headers = { cookie: await cookie(), origin: ownOrigin() };
    for (const nonsense of ['{', '[]', '{"request":"listBatches"}', '"text"']) {
      const socket = await upgrade(headers);
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
      const closed = new Promise<number>((resolve) => {
        socket.on('close', resolve);
      });
      socket.send(nonsense);
      expect(await closed).toBe(1008);
    }
    expect((await ask('/', headers)).status).toBe(200);
  });

  it('takes a scene of several megabytes', async () => {
    const socket = await upgrade({ cookie: await cookie(), origin: ownOrigin() });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const answered = new Promise<string>((resolve) => {
      socket.on('message', (data) => resolve(String(data)));
    });
    socket.send(JSON.stringify({ id: 1, request: 'writeCandidate', input: { scene: 'x'.repeat(5_000_000) } }));
    expect((await answered).length).toBeGreaterThan(5_000_000);
    socket.terminate();
  });
});
