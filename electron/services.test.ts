/** What a host composes, without a transport: the first workspace, the path rule, and settings that reach the ledger. */
import { pbkdf2 } from 'node:crypto';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../shared/contract.ts';
import type { HostAbilities } from './ipc/appHandlers.ts';
import { type Services, startServices } from './services.ts';

const fixtures = path.join(import.meta.dirname, '../e2e/fixtures/workspaces/harbor-lights');
const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
const browser: HostAbilities = {
  kind: 'browser',
  version: '0',
  chooseFolder: null,
  chooseBodyFile: null,
  reveal: null,
};

let base: string;
let running: Services[];

beforeEach(async () => {
  running = [];
  base = await realpath(await mkdtemp(path.join(os.tmpdir(), 'services-')));
  for (const root of ['shows', 'private'])
    await cp(fixtures, path.join(base, root, 'harbor-lights'), { recursive: true });
});

afterEach(async () => {
  for (const services of running) await services.close();
  await rm(base, { recursive: true, force: true, maxRetries: 5 });
});

async function start(
  commandLine: { workspace?: string; roots?: readonly string[] } = {},
  abilities: HostAbilities = browser,
): Promise<Services> {
  const services = await startServices({
    dataFolder: path.join(base, 'data'),
    shippedSample: path.join(import.meta.dirname, '../assets/sample'),
    log,
    abilities,
    commandLine: { workspace: commandLine.workspace, roots: commandLine.roots ?? [] },
  });
  running.push(services);
  return services;
}

const shows = (): string => path.join(base, 'shows');
const hidden = (): string => path.join(base, 'private');

describe('the first start', () => {
  it('opens a copy of the sample, which may be changed', async () => {
    const { dispatch } = await start();
    expect(await dispatch('describeHost', {})).toMatchObject({
      value: { workspace: { path: path.join(base, 'data/sample'), isSample: true, canWrite: true } },
    });
    expect(await dispatch('listBatches', {})).toMatchObject({ ok: true, value: { batches: expect.anything() } });
  });

  it('opens at the next start what was open last', async () => {
    const first = await start({ roots: [shows()] });
    expect(await first.dispatch('openWorkspace', { path: shows() })).toMatchObject({ ok: true });
    const second = await start();
    expect(await second.dispatch('describeHost', {})).toMatchObject({
      value: { workspace: { path: shows(), isSample: false } },
    });
  });

  it('says why the named workspace is not open, until another one is', async () => {
    const { dispatch } = await start({ workspace: path.join(base, 'unmounted') });
    expect(await dispatch('listBatches', {})).toMatchObject({
      ok: false,
      failure: { code: 'notFound', message: expect.stringContaining('unmounted') },
    });
    expect(await dispatch('openSample', {})).toMatchObject({ ok: true });
    expect(await dispatch('listBatches', {})).toMatchObject({ ok: true });
  });
});

describe('the path rule of a host', () => {
  it('opens beneath its roots and nowhere else', async () => {
    const { dispatch } = await start({ roots: [shows()] });
    expect(await dispatch('openWorkspace', { path: path.join(shows(), 'harbor-lights') })).toMatchObject({ ok: true });
    for (const folder of [hidden(), path.join(hidden(), 'harbor-lights'), base, '/', `${shows()}/../private`]) {
      expect(await dispatch('openWorkspace', { path: folder }), folder).toMatchObject({ failure: { code: 'invalid' } });
    }
    expect(await dispatch('describeHost', {})).toMatchObject({ value: { workspace: { name: 'harbor-lights' } } });
  });

  it('opens what its own dialog gave, and only then', async () => {
    const withDialog: HostAbilities = { ...browser, kind: 'electron', chooseFolder: async () => hidden() };
    const { dispatch } = await start({}, withDialog);
    expect(await dispatch('openWorkspace', { path: hidden() })).toMatchObject({ failure: { code: 'invalid' } });
    expect(await dispatch('chooseFolder', {})).toMatchObject({ value: { path: hidden() } });
    expect(await dispatch('openWorkspace', { path: hidden() })).toMatchObject({ ok: true });
    expect(await dispatch('getSettings', {})).toMatchObject({
      value: { settings: { recentWorkspaces: [hidden(), expect.any(String)] } },
    });
  });

  it('lets stdio open any folder, and remembers nothing of it', async () => {
    const { dispatch } = await start({}, { ...browser, kind: 'stdio' });
    expect(await dispatch('openWorkspace', { path: hidden() })).toMatchObject({ ok: true });
    expect(await dispatch('getSettings', {})).toMatchObject({
      value: { settings: { workspace: null, recentWorkspaces: [] } },
    });
  });
});

describe('the services of a host', () => {
  it('list nothing that a script did not ask for', async () => {
    const { dispatch, notices } = await start({ workspace: shows() }, { ...browser, kind: 'stdio' });
    const heard: string[] = [];
    notices.onNotice(({ notice }) => heard.push(notice));
    const input = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', version: 2 };
    expect(await dispatch('revertVersion', input)).toMatchObject({ ok: true });
    expect(heard).toEqual(['batchChanged']);
  });

  it('tell every face of a workspace that was opened and of settings that were saved', async () => {
    const { dispatch, notices } = await start({ roots: [shows()] });
    const heard: Notice[] = [];
    notices.onNotice((notice) => heard.push(notice));
    await dispatch('openWorkspace', { path: shows() });
    await dispatch('saveSettings', { appearance: 'dark' });
    expect(heard).toContainEqual({
      notice: 'workspaceOpened',
      value: { workspace: expect.objectContaining({ path: shows() }) },
    });
    expect(heard).toContainEqual({
      notice: 'settingsSaved',
      value: { settings: expect.objectContaining({ appearance: 'dark' }) },
    });
  });

  it('carry decisions on one batch out in the order in which they were asked for', async () => {
    const { dispatch } = await start({ workspace: shows() }, { ...browser, kind: 'stdio' });
    const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
    const notes = Array.from({ length: 150 }, (_, at) => `note ${at}`);
    const replies = await Promise.all(
      notes.map((note, at) => {
        // Other work on the threads that read folders makes looking a batch up take now longer and now less.
        pbkdf2('', '', at % 5 === 0 ? 60_000 : 1_000, 32, 'sha256', () => undefined);
        return dispatch('revertVersion', { ...ref, version: 1 + (at % 2), note });
      }),
    );
    expect(replies.filter(({ ok }) => !ok)).toEqual([]);
    const ledger = await readFile(
      path.join(shows(), 'harbor-lights/ep_001/scenes/ep_001_BATCH_003.decisions.jsonl'),
      'utf8',
    );
    expect(ledger.match(/note \d+/g)).toEqual(notes);
  });

  it('write decisions under the name that the settings hold at that moment', async () => {
    const { dispatch } = await start({ workspace: shows() });
    await dispatch('saveSettings', { user: 'Mara Voss' });
    const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
    expect(await dispatch('revertVersion', { ...ref, version: 2 })).toMatchObject({ ok: true });
    const ledger = await readFile(
      path.join(shows(), 'harbor-lights/ep_001/scenes/ep_001_BATCH_003.decisions.jsonl'),
      'utf8',
    );
    expect(ledger.trim().split('\n').at(-1)).toContain('"user":"Mara Voss"');
  });

  it('say that they have no file manager before they show a body in none', async () => {
    const { dispatch } = await start({ workspace: shows() });
    const body = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', version: 2 };
    expect(await dispatch('revealBody', body)).toMatchObject({ failure: { code: 'invalid' } });
    const shown: string[] = [];
    const withFiles = await start({ workspace: shows() }, { ...browser, reveal: (file) => shown.push(file) });
    expect(await withFiles.dispatch('revealBody', body)).toMatchObject({ ok: true });
    expect(shown).toEqual([path.join(shows(), 'harbor-lights/ep_001/scenes/ep_001_BATCH_003.v002.json')]);
  });
});
