import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, rendererFile } from './rendererFile.ts';

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'renderer-file-'));
  root = path.join(folder, 'renderer');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'index.html'), '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>');
  await writeFile(path.join(root, 'assets/app.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'the crown jewels');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** As a host hands it over: the raw path is not normalised by anybody before the URL is parsed. */
const get = (rawPath: string): Promise<Response> => rendererFile(root, new URL(`app://picture-lock${rawPath}`));

describe('rendererFile', () => {
  it('answers the root with the page and its type', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('puts the same fresh nonce into every tag and into the policy', async () => {
    const [first, second] = [await get('/'), await get('/')];
    const html = await first.text();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1];
    expect(html).not.toContain('__CSP_NONCE__');
    expect(html.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(first.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(await second.text()).not.toContain(String(nonce));
  });

  it('serves a script as a script, under a policy of its own', async () => {
    const script = await get('/assets/app.js');
    expect(await script.text()).toBe('export {};');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets%5c..%5c..%5csecret.txt',
    '/index.html%00.png',
    '/%00',
    '/%',
    '/%c0%ae%c0%ae/secret.txt',
    '/C:/secret.txt',
    '//secret.txt',
    '/%2fsecret.txt',
  ])('gives nothing away for %s', async (rawPath) => {
    const answer = await get(rawPath);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain('crown jewels');
  });

  it('decodes once only', async () => {
    expect((await get('/%252e%252e%252fsecret.txt')).status).toBe(404);
  });

  it('does not follow a link that leads out, to a file or through a folder', async () => {
    await symlink(path.join(folder, 'secret.txt'), path.join(root, 'link.txt'));
    await symlink(folder, path.join(root, 'up'));
    expect((await get('/link.txt')).status).toBe(403);
    expect((await get('/up/secret.txt')).status).toBe(403);
  });

  it('follows a link that stays inside', async () => {
    await symlink(path.join(root, 'assets/app.js'), path.join(root, 'inside.js'));
    expect((await get('/inside.js')).status).toBe(200);
  });

  it('says that a file is not there, and lists no folder', async () => {
    expect((await get('/missing.js')).status).toBe(404);
    expect((await get('/assets/')).status).toBe(404);
  });
});

describe('contentSecurityPolicy', () => {
  it('allows scripts from our own files alone', () => {
    const policy = contentSecurityPolicy('N');
    expect(policy).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('lets the development page run its preamble and reach its socket, and no other', () => {
    const policy = contentSecurityPolicy('N', 'ws://127.0.0.1:5173');
    expect(policy).toContain("script-src 'self' 'nonce-N';");
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:5173;");
    expect(policy).not.toContain('unsafe');
  });
});
