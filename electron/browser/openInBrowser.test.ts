import { afterEach, expect, it, vi } from 'vitest';
import { openInBrowser } from './openInBrowser.ts';

afterEach(() => vi.unstubAllEnvs());

it('tells the log, and not the terminal, that there is no program that opens a browser', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const noted = await new Promise<string>((resolve, reject) => {
    const log = { info: resolve, warn: reject };
    openInBrowser('http://127.0.0.1:1/', log);
  });
  expect(noted).toContain('No browser was opened');
});
