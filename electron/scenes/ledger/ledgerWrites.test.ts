/** The ledger as the store writes it: one line per change, chained, and nothing of what happened beside it is left untold. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';
import { diskError, filesWith } from '../testing/testFaults.ts';
import { makeScene } from '../testing/testOrders.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';
import { parseLedger, readLedger } from './ledger.ts';

async function withVersions(count: number) {
  const made = await makeStore();
  for (let version = 1; version <= count; version += 1) {
    await made.store.writeSceneCandidate(batch, makeScene(batch, version), {
      parentVersion: version > 1 ? version - 1 : null,
    });
  }
  return made;
}

type Made = Awaited<ReturnType<typeof withVersions>>;

/** What the pipeline does to a manifest, without a line in the ledger. */
const editManifest = async ({ files }: Made, edit: (text: string) => string): Promise<void> =>
  writeFile(files.manifest, edit(await readFile(files.manifest, 'utf8')));

const faultyStore = ({ scenesFolder, dataFolder, author }: Made, faults: Parameters<typeof filesWith>[0]) =>
  new SceneVersionStore({ scenesFolder, episode: 1, dataFolder, author, durableFiles: filesWith(faults) });

const onLedger = (act: () => number) => (name: string, wanted: number) => (name.endsWith('.jsonl') ? act() : wanted);

describe('a line', () => {
  it('tells who did what, with the revision after it, chained by the SHA-256 of the line before', async () => {
    const { store, files } = await withVersions(2);
    const { revision } = await store.conform(batch, 2, { note: 'the "better" light\n日本' });
    await store.revert(batch, 1);
    await store.markDerived(batch, 1).catch(() => undefined);
    const texts = (await readFile(files.ledger, 'utf8')).split('\n');
    expect(texts.at(-1)).toBe('');
    const { lines, problems } = await readLedger(files.ledger);
    expect(problems).toEqual([]);
    expect(lines.map(({ seq, action, from, to }) => [seq, action, from, to])).toEqual([
      [1, 'append', null, 1],
      [2, 'register', null, 1],
      [3, 'append', 1, 2],
      [4, 'conform', 1, 2],
      [5, 'revert', 2, 1],
    ]);
    expect(lines[3]).toMatchObject({ by: { user: 'anna', host: 'ws-12' }, revision, note: 'the "better" light\n日本' });
    expect(lines[3]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(lines.map(({ prev }) => prev)).toEqual([
      null,
      ...texts.slice(0, 4).map((text) => createHash('sha256').update(text).digest('hex')),
    ]);
    expect(lines.map(({ entries }) => entries?.map(({ version }) => version))).toEqual([
      undefined,
      [1],
      [2],
      undefined,
      undefined,
    ]);
    expect(Object.keys(JSON.parse(texts[3] ?? ''))).toEqual([
      'seq',
      'at',
      'by',
      'action',
      'from',
      'to',
      'fingerprint',
      'revision',
      'note',
      'prev',
    ]);
  });

  it('is told as broken where the past was changed', async () => {
    const { store, files } = await withVersions(2);
    await store.conform(batch, 2, { note: 'good' });
    await store.revert(batch, 1);
    const text = await readFile(files.ledger, 'utf8');
    await writeFile(files.ledger, text.replace('"good"', '"evil"'));
    expect((await readLedger(files.ledger)).problems.map(({ code }) => code)).toEqual(['ledger_broken']);
    const [first, , ...rest] = text.split('\n');
    expect(parseLedger(Buffer.from([first, ...rest].join('\n')), 'l').problems.map(({ code }) => code)).toEqual([
      'ledger_broken',
    ]);
    // It blocks no decision.
    expect((await store.conform(batch, 2)).problems).toEqual([]);
  });

  it.each(['{"seq": 9, "at"', '\ud800é half', '{"foo": 1}'])(
    'goes on after a torn end (%s), which stays and counts as a line',
    async (torn) => {
      const { store, files } = await withVersions(2);
      await appendFile(files.ledger, torn);
      await store.conform(batch, 2);
      const texts = (await readFile(files.ledger, 'utf8')).split('\n');
      expect(texts[3]).toBe(Buffer.from(torn).toString());
      const { lines, problems } = await readLedger(files.ledger);
      expect(lines.at(-1)).toMatchObject({
        seq: 5,
        action: 'conform',
        prev: createHash('sha256').update(torn).digest('hex'),
      });
      expect(problems.map(({ code }) => code)).toEqual([torn.endsWith('}') ? 'ledger_broken' : 'ledger_torn']);
    },
  );

  it('follows one that is longer than what is read of the end at once', async () => {
    const { store, files } = await withVersions(2);
    await store.conform(batch, 2, { note: 'long '.repeat(20_000) });
    await store.revert(batch, 1);
    const { lines, problems } = await readLedger(files.ledger);
    expect(problems).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ seq: 5, action: 'revert' });
  });
});

describe('observed', () => {
  it('begins a ledger on a manifest that exists, with every entry as written', async () => {
    const made = await withVersions(2);
    await rm(made.files.ledger);
    await editManifest(made, (text) =>
      text.replace('"shot_count": 1', '"shot_count": 1,\n      "odd": [1.0, 12345678901234567890]'),
    );
    await made.store.conform(batch, 2);
    const text = await readFile(made.files.ledger, 'utf8');
    expect(text.split('\n')[0]).toContain('"odd":[1.0,12345678901234567890]');
    const { lines } = await readLedger(made.files.ledger);
    expect(lines.map(({ seq, action, from, to }) => [seq, action, from, to])).toEqual([
      [1, 'observed', null, 1],
      [2, 'conform', 1, 2],
    ]);
    expect(lines[0]?.entries?.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('tells what the pipeline did in between: the entries that it brought or changed, and the pointer', async () => {
    const made = await withVersions(3);
    await made.store.conform(batch, 2);
    await editManifest(made, (text) =>
      text
        .replace('"active_version": 2', '"active_version": 3')
        .replace(/"state": "candidate"/g, '"state": "approved"'),
    );
    await made.store.writeSceneCandidate(batch, makeScene(batch, 9));
    const { lines } = await readLedger(made.files.ledger);
    expect(lines.slice(-2).map(({ action, from, to }) => [action, from, to])).toEqual([
      ['observed', 2, 3],
      ['append', null, 4],
    ]);
    expect(lines.at(-2)?.entries?.map(({ version }) => version)).toEqual([3]);
    expect(lines.at(-2)?.note).toBeNull();
  });

  it('is not written where nothing moved, and not for a batch that begins with us', async () => {
    const { store, files } = await withVersions(3);
    await store.conform(batch, 2);
    await store.revert(batch, 1);
    const { lines } = await readLedger(files.ledger);
    expect(lines.filter(({ action }) => action === 'observed')).toEqual([]);
  });
});

describe('a ledger that takes no line', () => {
  it('that cannot be opened refuses the change as io, and nothing is changed', async () => {
    const { store, files } = await withVersions(2);
    await rm(files.ledger);
    await mkdir(files.ledger);
    const before = await readFile(files.manifest, 'utf8');
    expect((await failureOf(store.conform(batch, 2))).code).toBe('io');
    expect((await failureOf(store.writeSceneCandidate(batch, makeScene(batch, 3)))).code).toBe('io');
    expect(await readFile(files.manifest, 'utf8')).toBe(before);
    expect(await readdir(files.scenesFolder)).not.toContain('ep_001_BATCH_001.v003.json');
    expect((await readdir(files.scenesFolder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('after the manifest is a problem of a change that stands; its line goes in first next time, once', async () => {
    const made = await withVersions(2);
    const before = await readFile(made.files.ledger, 'utf8');
    let takes = 40;
    const full = faultyStore(made, {
      write: onLedger(() => {
        if (takes === 0) throw diskError('ENOSPC');
        takes = 0;
        return 40;
      }),
    });
    const { manifest, problems } = await full.conform(batch, 2, { note: 'while the disk was full' });
    expect(manifest.active_version).toBe(2);
    expect(problems.map(({ code }) => code)).toEqual(['ledger_not_written']);
    expect(await readFile(made.files.ledger, 'utf8')).toBe(before);
    // A second one keeps both.
    expect((await full.revert(batch, 1, { note: 'still full' })).problems).toHaveLength(1);

    expect((await made.store.conform(batch, 2, { note: 'room again' })).problems).toEqual([]);
    await made.store.revert(batch, 1);
    const ledger = await readLedger(made.files.ledger);
    expect(ledger.problems).toEqual([]);
    expect(ledger.lines.slice(3).map(({ seq, action, note }) => [seq, action, note])).toEqual([
      [4, 'conform', 'while the disk was full'],
      [5, 'revert', 'still full'],
      [6, 'conform', 'room again'],
      [7, 'revert', null],
    ]);
    expect(await readdir(join(made.dataFolder, 'ledger-lines'))).toEqual([]);
  });

  it('tells in between what the pipeline did after the change whose line waits', async () => {
    const made = await withVersions(3);
    const full = faultyStore(made, {
      write: onLedger(() => {
        throw diskError('EDQUOT');
      }),
    });
    await full.conform(batch, 2);
    await editManifest(made, (text) => text.replace('"active_version": 2', '"active_version": 3'));
    await made.store.revert(batch, 1);
    const { lines, problems } = await readLedger(made.files.ledger);
    expect(problems).toEqual([]);
    expect(lines.slice(-3).map(({ action, from, to }) => [action, from, to])).toEqual([
      ['conform', 1, 2],
      ['observed', 2, 3],
      ['revert', 3, 1],
    ]);
  });
});

it('tells a waiting line once, although a writer died before it could forget that it waits', async () => {
  const made = await withVersions(2);
  const full = faultyStore(made, {
    write: onLedger(() => {
      throw diskError('ENOSPC');
    }),
  });
  await full.conform(batch, 2, { note: 'while the disk was full' });
  const folder = join(made.dataFolder, 'ledger-lines');
  const file = join(folder, (await readdir(folder))[0] ?? '');
  const kept = await readFile(file);
  await made.store.revert(batch, 1);
  await writeFile(file, kept);
  await made.store.conform(batch, 2, { note: 'room again' });
  const { lines, problems } = await readLedger(made.files.ledger);
  expect(problems).toEqual([]);
  expect(lines.slice(3).map(({ action, note }) => [action, note])).toEqual([
    ['conform', 'while the disk was full'],
    ['revert', null],
    ['conform', 'room again'],
  ]);
  expect(await readdir(folder)).toEqual([]);
});

it('tells io with the outcome unknown, and the batch as read again, where only the fsync of the folder fails', async () => {
  const made = await withVersions(2);
  const store = faultyStore(made, {
    sync: (name) => {
      if (name === 'scenes') throw diskError('EIO');
    },
  });
  const failure = await failureOf(store.conform(batch, 2));
  expect(failure).toMatchObject({ code: 'io', details: { isOutcomeUnknown: true, manifest: { active_version: 2 } } });
  expect((await readLedger(made.files.ledger)).lines.at(-1)).toMatchObject({ action: 'conform' });
});

it('keeps a file of waiting lines that it does not understand, and decides all the same', async () => {
  const made = await withVersions(2);
  const full = faultyStore(made, {
    write: onLedger(() => {
      throw diskError('ENOSPC');
    }),
  });
  await full.conform(batch, 2);
  const folder = join(made.dataFolder, 'ledger-lines');
  const file = join(folder, (await readdir(folder))[0] ?? '');
  await writeFile(file, '{"ledger": "half');
  const { problems } = await made.store.revert(batch, 1);
  expect(problems.map(({ code }) => code)).toEqual(['ledger_not_written']);
  expect(await readFile(file, 'utf8')).toBe('{"ledger": "half');
  expect((await readLedger(made.files.ledger)).lines.slice(-2).map(({ action }) => action)).toEqual([
    'observed',
    'revert',
  ]);
});
