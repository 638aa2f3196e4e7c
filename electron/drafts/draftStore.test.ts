import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Draft, DraftHolder } from '../../shared/draft.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { makeFolder, refOf } from '../scenes/testing/testWorkspaces.ts';
import { openDrafts } from './draftStore.ts';

const log = { warn: () => undefined };
const ref = refOf('harbor-lights', 1, 'BATCH_003');

const draftOf = (batch: BatchRef = ref, change: Partial<Draft> = {}): Draft => ({
  batch,
  baseVersion: 4,
  scene: { scene_id: batch.batchId, title: 'INT. FISH MARKET', beats: [{ beat_id: 'B001', odd: [null] }] },
  kind: 'pickup',
  source: 'director_note',
  pending: null,
  ...change,
});

async function place() {
  const dataFolder = await makeFolder();
  const workspace = await makeFolder();
  const open = () => openDrafts({ dataFolder, workspace: () => workspace, log });
  return { dataFolder, workspace, open, drafts: open() };
}

/** Every file beneath the drafts, by its path there. */
async function filesIn(dataFolder: string): Promise<readonly string[]> {
  const entries = await readdir(join(dataFolder, 'drafts'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function onlyFile(dataFolder: string): Promise<string> {
  const files = await filesIn(dataFolder);
  expect(files).toHaveLength(1);
  return files[0] ?? '';
}

test('a draft comes back as it was kept, exact numbers and text that is no JSON yet included', async () => {
  const { drafts, open } = await place();
  const draft = draftOf(ref, {
    scene: {
      scene_id: 'BATCH_003',
      gain: { $number: '0.1234567890123456789' },
      beats: [{ $object: { $odd: 1 } }, JSON.parse('{"__proto__": {"a": 1}}')],
    },
    pending: { scope: 'beat', beat: 1, text: '{"beat_id": "B0' },
  });
  expect(await drafts.read(ref)).toEqual({ draft: null });
  const { keptAt } = await drafts.save(draft);
  expect(keptAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  // A host that is started anew.
  const read = await open().read(ref);
  expect(read).toEqual({ draft: { ...draft, keptAt } });
  expect(JSON.stringify(read.draft?.scene)).toBe(JSON.stringify(draft.scene));
});

test('a draft is its owner’s alone', async () => {
  const { drafts, dataFolder } = await place();
  await drafts.save(draftOf());
  const file = await onlyFile(dataFolder);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700);
  await chmod(file, 0o644);
  await drafts.save(draftOf());
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('what is discarded is gone, and to discard it again is no error', async () => {
  const { drafts, dataFolder } = await place();
  await drafts.save(draftOf());
  await drafts.discard(ref);
  await drafts.discard(ref);
  expect(await drafts.read(ref)).toEqual({ draft: null });
  expect(await filesIn(dataFolder)).toEqual([]);
});

test('what one face asks for in a row happens in that order, without waiting for the answers', async () => {
  const { drafts } = await place();
  const sources = Array.from({ length: 20 }, (_, index) => `source ${index}`);
  const saves = sources.map((source) => drafts.save(draftOf(ref, { source })));
  const read = drafts.read(ref);
  const discarded = drafts.discard(ref);
  await Promise.all(saves);
  expect((await read).draft?.source).toBe('source 19');
  await discarded;
  expect((await drafts.read(ref)).draft).toBeNull();
});

test('of two hosts over one data folder the later one wins, and nobody ever reads a torn draft', async () => {
  const { open } = await place();
  const [one, other] = [open(), open()];
  const beats = Array.from({ length: 2000 }, (_, index) => ({ beat_id: `B${index}`, summary: 'x'.repeat(200) }));
  const scene = { scene_id: 'BATCH_003', beats };
  for (let round = 0; round < 10; round += 1) {
    const saves = Promise.all([
      one.save(draftOf(ref, { scene, source: 'one' })),
      other.save(draftOf(ref, { scene, source: 'other' })),
    ]);
    const read = await open().read(ref);
    expect(read.note).toBeUndefined();
    if (read.draft !== null) expect(read.draft.scene).toEqual(scene);
    await saves;
  }
  await one.save(draftOf(ref, { source: 'one' }));
  await other.save(draftOf(ref, { source: 'the later one' }));
  expect((await one.read(ref)).draft?.source).toBe('the later one');
});

test.each([
  ['torn', (text: string) => text.slice(0, 60)],
  ['empty', () => ''],
  ['of another shape', () => '{"scene": 7}'],
  ['no scene', (text: string) => text.replace('"beats"', '"bits"')],
])('a draft that is %s is put aside as it is, said once, and the next one kept beside it', async (_, damage) => {
  const { drafts, dataFolder } = await place();
  await drafts.save(draftOf());
  const file = await onlyFile(dataFolder);
  const damaged = damage(await readFile(file, 'utf8'));
  await writeFile(file, damaged);

  const first = await drafts.read(ref);
  expect(first.draft).toBeNull();
  expect(first.note).toContain(`${file}.damaged-`);
  expect(await drafts.read(ref)).toEqual({ draft: null });
  const aside = await onlyFile(dataFolder);
  expect(await readFile(aside, 'utf8')).toBe(damaged);

  await drafts.save(draftOf());
  expect(await readFile(aside, 'utf8')).toBe(damaged);
  expect(await filesIn(dataFolder)).toHaveLength(2);
});

test('a damaged draft that nobody has read yet is never written over either', async () => {
  const { drafts, dataFolder } = await place();
  await drafts.save(draftOf());
  const file = await onlyFile(dataFolder);
  await writeFile(file, 'half of a dra');
  await drafts.save(draftOf());
  const files = await filesIn(dataFolder);
  expect(files).toHaveLength(2);
  const texts = await Promise.all(files.map((each) => readFile(each, 'utf8')));
  expect(texts).toContain('half of a dra');
});

test('the list tells of every batch once, newest first, and of damage', async () => {
  const { drafts, dataFolder } = await place();
  expect(await drafts.list()).toEqual({ drafts: [] });
  const other = refOf('salt-road', 101, 'BATCH_007');
  const first = await drafts.save(draftOf());
  await expect.poll(() => new Date().toISOString()).not.toBe(first.keptAt);
  const second = await drafts.save(draftOf(other, { baseVersion: null, scene: { scene_id: 'BATCH_007', beats: [] } }));
  expect(await drafts.list()).toEqual({
    drafts: [
      { batch: other, baseVersion: null, title: null, keptAt: second.keptAt },
      { batch: ref, baseVersion: 4, title: 'INT. FISH MARKET', keptAt: first.keptAt },
    ],
  });
  const damaged = (await filesIn(dataFolder)).find((file) => file.includes('BATCH_007')) ?? '';
  await writeFile(damaged, '{');
  const listed = await drafts.list();
  expect(listed.drafts.map(({ batch }) => batch)).toEqual([ref]);
  expect(listed.notes).toHaveLength(1);
  expect(await drafts.list()).not.toHaveProperty('notes');
});

test('drafts of one workspace are not seen in another', async () => {
  const dataFolder = await makeFolder();
  const [here, there] = [await makeFolder(), await makeFolder()];
  await openDrafts({ dataFolder, workspace: () => here, log }).save(draftOf());
  const elsewhere = openDrafts({ dataFolder, workspace: () => there, log });
  expect(await elsewhere.read(ref)).toEqual({ draft: null });
  expect(await elsewhere.list()).toEqual({ drafts: [] });
});

const giveId = async (workspace: string, text: string): Promise<void> => {
  await mkdir(join(workspace, '.picture-lock'), { recursive: true });
  await writeFile(join(workspace, '.picture-lock', 'workspace.json'), text);
};

test('a draft follows the id of its workspace, wherever that is mounted', async () => {
  const dataFolder = await makeFolder();
  const [here, there] = [await makeFolder(), await makeFolder()];
  for (const folder of [here, there]) await giveId(folder, '{"id": "../../7f3a", "later": 1}');
  await openDrafts({ dataFolder, workspace: () => here, log }).save(draftOf());
  expect((await openDrafts({ dataFolder, workspace: () => there, log }).read(ref)).draft?.batch).toEqual(ref);
  // Whatever the id says, it leads nowhere.
  expect(await readdir(dataFolder)).toEqual(['drafts']);
});

test('a draft kept under the path is found again when the workspace has its id, and moves there', async () => {
  const { drafts, workspace, dataFolder } = await place();
  const { keptAt } = await drafts.save(draftOf());
  await giveId(workspace, '{"id": "7f3a"}');
  expect((await drafts.read(ref)).draft?.keptAt).toBe(keptAt);
  expect((await drafts.list()).drafts).toHaveLength(1);
  await drafts.save(draftOf(ref, { source: 'again' }));
  expect(await onlyFile(dataFolder)).toContain('id-7f3a');
  expect((await drafts.read(ref)).draft?.source).toBe('again');
  await drafts.discard(ref);
  expect((await drafts.read(ref)).draft).toBeNull();
});

test('an id that cannot be read leaves the path, and reading makes none', async () => {
  const { drafts, workspace, dataFolder } = await place();
  await drafts.save(draftOf());
  expect(await readdir(workspace)).toEqual([]);
  for (const text of ['', '{}', '{"id": 7}', '{"id": ""}']) {
    await giveId(workspace, text);
    expect((await drafts.read(ref)).draft, text).not.toBeNull();
  }
  expect(await onlyFile(dataFolder)).toContain('path-');
});

test('names of projects are no paths, however they are spelt', async () => {
  const { drafts, dataFolder } = await place();
  const names = ['a/../b', 'C:', '渡辺 & friends', 'x'.repeat(250), '渡'.repeat(83), 'con', 'a%2Fb'];
  const refs = names.filter((name) => !name.includes('/')).map((name) => refOf(name, 1, 'BATCH_003'));
  for (const each of refs) await drafts.save(draftOf(each, { source: each.project.slice(-50) }));
  for (const each of refs) expect((await drafts.read(each)).draft?.source).toBe(each.project.slice(-50));
  expect(await filesIn(dataFolder)).toHaveLength(refs.length);
  expect((await drafts.list()).drafts).toHaveLength(refs.length);
});

test('of two windows the second one is told, not heard: what another one has kept since is neither written over nor discarded', async () => {
  const { drafts, open, workspace } = await place();
  const holder = (window: string, goesOnFrom: string | null): DraftHolder => ({ workspace, window, goesOnFrom });
  const titled = (title: string) => draftOf(ref, { scene: { scene_id: 'BATCH_003', title, beats: [] } });
  const { keptAt } = await drafts.save(titled('one'), holder('one', null));
  // A window goes on from its own, also where the answer was lost and it does not know when that was.
  await drafts.save(titled('one, again'), holder('one', null));
  const theirs = open();
  await expect(theirs.save(titled('two'), holder('two', keptAt))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Another window'),
    details: { keptAt: (await drafts.read(ref)).draft?.keptAt },
  });
  await theirs.discard(ref, holder('two', keptAt));
  const { draft } = await drafts.read(ref);
  expect(draft?.scene.title).toBe('one, again');
  // Once it has been seen it may be gone on from.
  await theirs.save(titled('two'), holder('two', draft?.keptAt ?? null));
  expect((await drafts.read(ref)).draft?.scene.title).toBe('two');
});

test('nothing is kept or discarded in another workspace than the one that it belongs to', async () => {
  const { drafts } = await place();
  const elsewhere = { workspace: '/mnt/other', window: 'one', goesOnFrom: null };
  await drafts.save(draftOf());
  await expect(drafts.save(draftOf(), elsewhere)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('/mnt/other'),
  });
  await expect(drafts.discard(ref, elsewhere)).rejects.toMatchObject({ code: 'conflict' });
  expect((await drafts.read(ref)).draft).not.toBeNull();
});

test('whoever closes can wait until all is on the disk', async () => {
  const { drafts, dataFolder } = await place();
  for (const title of ['one', 'two'])
    void drafts.save(draftOf(ref, { scene: { scene_id: 'BATCH_003', title, beats: [] } }));
  await drafts.settled();
  expect(await readFile(await onlyFile(dataFolder), 'utf8')).toContain('"title":"two"');
});

test('a draft that cannot be kept says where, and what was kept before stays', async () => {
  const { drafts, dataFolder } = await place();
  await writeFile(join(dataFolder, 'drafts'), 'in the way');
  await expect(drafts.save(draftOf())).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining(join(dataFolder, 'drafts')),
  });
  expect(await drafts.read(ref)).toEqual({ draft: null });
});

test('what is no scene is refused before anything is kept', async () => {
  const { drafts, dataFolder } = await place();
  const wrong = [{}, { scene_id: 'BATCH_003' }, { scene_id: 'BATCH_003', beats: [1] }, { scene_id: 1, beats: [] }];
  for (const scene of wrong) {
    await expect(drafts.save(draftOf(ref, { scene }))).rejects.toMatchObject({ code: 'invalid' });
  }
  expect(await readdir(dataFolder)).toEqual([]);
});
