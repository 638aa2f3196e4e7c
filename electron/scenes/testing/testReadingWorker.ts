/** For tests: builds the reading thread as the program is built, since sources have no such file. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll } from 'vitest';

/** Removed again after the file's tests. */
export async function buildReadingWorker(): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-lock-reading-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  await symlink(source('../../../node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    configFile: false,
    logLevel: 'error',
    root: source('../../..'),
    build: {
      ssr: true,
      outDir: join(folder, 'built'),
      target: 'node20',
      rolldownOptions: {
        input: { readingWorker: source('../reading/readingWorker.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return pathToFileURL(join(folder, 'built', 'readingWorker.js'));
}

/** A thread's script that does what it is told; removed with the test. */
export async function writeWorker(folder: string, script: string): Promise<URL> {
  const file = join(folder, 'worker.mjs');
  await writeFile(file, script);
  return pathToFileURL(file);
}
