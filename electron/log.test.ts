import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logProcessFaults, openLog } from './log.ts';

let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(os.tmpdir(), 'log-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dataFolder, { recursive: true, force: true });
});

describe('the log', () => {
  it('keeps faults with their stack in the data folder, and the console silent where it is told to', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    const written2 = vi.spyOn(process.stderr, 'write');
    openLog(dataFolder, { hasConsole: false }).error('It failed', new Error('the reason'));
    const file = path.join(dataFolder, 'logs/picture-lock.log');
    const text = await vi.waitFor(() => readFile(file, 'utf8'));
    expect(text).toContain('It failed');
    expect(text).toContain('Error: the reason');
    expect(text).toContain('log.test.ts');
    expect(written).not.toHaveBeenCalled();
    expect(written2).not.toHaveBeenCalled();
  });
});

describe('a fault that nothing caught', () => {
  it.each(['uncaughtException', 'unhandledRejection'])('of the kind %s is logged, and the process goes on', (kind) => {
    const logged: unknown[] = [];
    const log = { error: (...given: unknown[]) => logged.push(given), warn: () => undefined, info: () => undefined };
    const source = new EventEmitter();
    logProcessFaults(log, source);
    const fault = new Error('stray');
    expect(source.emit(kind, fault)).toBe(true);
    expect(logged).toEqual([[expect.any(String), fault]]);
  });
});
