import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../shared/failure.ts';
import { openSettings } from './settings.ts';

let base: string;
let dataFolder: string;
const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
const open = (environment: Record<string, string> = {}) => openSettings(dataFolder, log, environment);
const file = (): string => path.join(dataFolder, 'settings.json');

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'settings-'));
  dataFolder = base;
});

afterEach(() => rm(base, { recursive: true, force: true }));

describe('the settings', () => {
  it('have defaults, and write nothing until something is saved', async () => {
    const settings = await open();
    expect(settings.current()).toEqual({
      workspace: null,
      user: os.userInfo().username,
      appearance: 'system',
      hasSingleLetterKeys: true,
      watching: 'auto',
      recentWorkspaces: [],
    });
    expect(settings.sources()).toEqual({ workspace: 'default', user: 'default' });
    expect(await readdir(dataFolder)).toEqual([]);
  });

  it('are there again after a restart', async () => {
    await (await open()).save({ user: 'Mara Voss', appearance: 'dark', hasSingleLetterKeys: false });
    const again = await open();
    expect(again.current()).toMatchObject({ user: 'Mara Voss', appearance: 'dark', hasSingleLetterKeys: false });
    expect(again.sources().user).toBe('file');
  });

  it('are overruled by the environment, which is never written to the file', async () => {
    await (await open()).save({ user: 'Mara' });
    const settings = await open({ PICTURE_LOCK_USER: 'farm', PICTURE_LOCK_WORKSPACE: '/mnt/show' });
    expect(settings.current()).toMatchObject({ user: 'farm', workspace: '/mnt/show' });
    expect(settings.sources()).toEqual({ workspace: 'environment', user: 'environment' });
    await settings.save({ appearance: 'light' });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ user: 'Mara', appearance: 'light' });
  });

  it('take an empty variable for none', async () => {
    const settings = await open({ PICTURE_LOCK_USER: '', PICTURE_LOCK_WORKSPACE: '' });
    expect(settings.sources()).toEqual({ workspace: 'default', user: 'default' });
  });

  it('remember workspaces newest first, each once, ten at most', async () => {
    const settings = await open();
    for (let at = 0; at < 12; at += 1) await settings.rememberWorkspace(`/shows/${at}`);
    const { recentWorkspaces, workspace } = await settings.rememberWorkspace('/shows/7');
    expect(workspace).toBe('/shows/7');
    expect(recentWorkspaces.slice(0, 3)).toEqual(['/shows/7', '/shows/11', '/shows/10']);
    expect(recentWorkspaces).toHaveLength(10);
    expect(new Set(recentWorkspaces).size).toBe(10);
  });

  it('keep fields that they do not know, and what another host saved meanwhile', async () => {
    const settings = await open();
    await writeFile(file(), JSON.stringify({ awsProfile: 'show', user: 'Ines' }));
    await settings.save({ appearance: 'dark' });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({
      awsProfile: 'show',
      user: 'Ines',
      appearance: 'dark',
    });
    expect(settings.current().user).toBe('Ines');
  });

  it('lose none of several changes made at once', async () => {
    const settings = await open();
    await Promise.all([
      settings.save({ user: 'A' }),
      settings.save({ appearance: 'dark' }),
      settings.rememberWorkspace('/w'),
    ]);
    expect((await open()).current()).toMatchObject({ user: 'A', appearance: 'dark', workspace: '/w' });
  });

  it.each(['{"user": ', '{"appearance": "pink"}', '[]', '{"recentWorkspaces": "/a"}'])(
    'are put aside and told once where they are damaged: %s',
    async (text) => {
      await writeFile(file(), text);
      const settings = await open();
      expect(settings.note).toContain('settings.json.damaged-');
      expect(settings.current().appearance).toBe('system');
      const [aside, ...others] = await readdir(dataFolder);
      expect(others).toEqual([]);
      expect(await readFile(path.join(dataFolder, aside ?? ''), 'utf8')).toBe(text);
      expect((await open()).note).toBeNull();
    },
  );

  it('say which file could not be written', async () => {
    const settings = await openSettings(path.join(file(), 'below-a-file'), log, {});
    await writeFile(file(), '{}');
    const failure = await settings.save({ user: 'A' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FailureError);
    expect(failure).toMatchObject({ code: 'io', message: expect.stringContaining('settings.json') });
    expect(settings.current().user).not.toBe('A');
  });

  it('stop no start where they can neither be read nor put aside, and are not written over', async () => {
    await mkdir(file());
    const unreadable = await open();
    expect(unreadable.note).toContain(`The settings in ${file()} cannot be read`);
    await expect(unreadable.save({ user: 'Mara Voss' })).rejects.toMatchObject({ code: 'io' });

    // So long a path that the file fits and the name it would be put aside under does not.
    const part = 'x'.repeat(200);
    while (dataFolder.length < 3_860) dataFolder = path.join(dataFolder, part);
    dataFolder = path.join(dataFolder, 'x'.repeat(4_070 - dataFolder.length));
    await mkdir(dataFolder, { recursive: true });
    await writeFile(file(), '{damaged');
    const damaged = await open();
    expect(damaged.note).toContain('damaged and could not be put aside');
    await expect(damaged.save({ user: 'Mara Voss' })).rejects.toMatchObject({ code: 'damaged' });
    expect(await readFile(file(), 'utf8')).toBe('{damaged');
  });
});
