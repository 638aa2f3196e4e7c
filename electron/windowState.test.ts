import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './windowState.ts';

let dataFolder: string;
const screen = { x: 0, y: 0, width: 1920, height: 1080 };

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(os.tmpdir(), 'window-state-'));
});

afterEach(() => rm(dataFolder, { recursive: true, force: true }));

describe("the window's state", () => {
  it('is 1440 by 900, where the system likes, on a first start', () => {
    const state = readWindowState(dataFolder, [screen]);
    expect(state).toEqual({ place: null, width: 1440, height: 900, isMaximized: false });
  });

  it('comes back as it was left', () => {
    writeWindowState(dataFolder, { x: 40, y: 60, width: 1200, height: 800 }, true);
    const state = readWindowState(dataFolder, [screen]);
    expect(state).toEqual({ place: { x: 40, y: 60 }, width: 1200, height: 800, isMaximized: true });
  });

  it('is never smaller than 1024 by 700', () => {
    writeWindowState(dataFolder, { x: 0, y: 0, width: 300, height: 200 }, false);
    expect(readWindowState(dataFolder, [screen])).toMatchObject({ width: 1024, height: 700 });
  });

  it.each([
    ['a screen that was unplugged', { x: 2500, y: 100 }],
    ['above the screen', { x: 100, y: -400 }],
    ['below the screen', { x: 100, y: 1075 }],
  ])('gives up a place on %s', (_where, place) => {
    writeWindowState(dataFolder, { ...place, width: 1200, height: 800 }, false);
    expect(readWindowState(dataFolder, [screen]).place).toBeNull();
  });

  it.each(['{', '{"x":"left"}', ''])('forgets a damaged file: %s', async (text) => {
    await writeFile(path.join(dataFolder, 'window.json'), text);
    expect(readWindowState(dataFolder, [screen])).toMatchObject({ place: null, width: 1440 });
  });
});
