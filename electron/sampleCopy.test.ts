import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureSample } from './sampleCopy.ts';

let base: string;
let shipped: string;
let dataFolder: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'sample-copy-'));
  shipped = path.join(base, 'shipped');
  dataFolder = path.join(base, 'data');
  await mkdir(path.join(shipped, 'show/ep_001/scenes'), { recursive: true });
  await writeFile(path.join(shipped, 'show/ep_001/scenes/ep_001_BATCH_001.json'), '{}\n');
});

afterEach(() => rm(base, { recursive: true, force: true }));

const body = (folder: string): string => path.join(folder, 'show/ep_001/scenes/ep_001_BATCH_001.json');

describe('the sample', () => {
  it('is copied whole into the data folder, with nothing left beside it', async () => {
    const copy = await ensureSample(dataFolder, shipped);
    expect(await readFile(body(copy), 'utf8')).toBe('{}\n');
    expect(await readdir(dataFolder)).toEqual(['sample']);
  });

  it('is left as the person changed it', async () => {
    const copy = await ensureSample(dataFolder, shipped);
    await writeFile(body(copy), 'changed');
    await ensureSample(dataFolder, shipped);
    expect(await readFile(body(copy), 'utf8')).toBe('changed');
  });

  it('is copied once by several hosts that start together', async () => {
    await Promise.all([1, 2, 3, 4].map(() => ensureSample(dataFolder, shipped)));
    expect(await readdir(dataFolder)).toEqual(['sample']);
    expect(await readFile(body(path.join(dataFolder, 'sample')), 'utf8')).toBe('{}\n');
  });

  it('leaves nothing behind where it cannot be copied, and says so', async () => {
    const failing = ensureSample(dataFolder, path.join(base, 'missing'));
    await expect(failing).rejects.toMatchObject({ code: 'io', message: expect.stringContaining('sample workspace') });
    expect(await readdir(dataFolder)).toEqual([]);
  });
});
