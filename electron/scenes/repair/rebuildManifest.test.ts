/** Rebuilding a manifest: what comes back from the ledger, what only bodies tell, and where the pointer goes. */
import { readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLedger } from '../ledger/ledger.ts';
import { listBatchesIn } from '../sceneFiles.ts';
import { filesWith } from '../testing/testFaults.ts';
import { makeScene } from '../testing/testOrders.ts';
import { damage, previewOf, readManifest, shortly, withHistory } from '../testing/testRebuilds.ts';
import { testBatch as batch, failureOf } from '../testing/testStores.ts';
import { snapshot } from '../testing/testWorkspaces.ts';

describe('what it makes', () => {
  it('brings a manifest that the ledger knows whole back as it was, byte for byte', async () => {
    const made = await withHistory();
    const before = await readFile(made.files.manifest, 'utf8');
    await damage(made);
    const { preview, previewId } = await previewOf(made);
    expect(shortly(preview)).toEqual([
      '5 approved not_derived 1 9',
      '4 approved derived 1 8',
      '3 candidate not_derived 1 4',
      '2 candidate not_derived 1 3',
      '1 approved derived 1 2',
    ]);
    expect(preview).toMatchObject({
      activeVersion: 4,
      decidedLast: 4,
      pointerFrom: { seq: 10, action: 'revert', user: 'anna' },
      ledgerLines: 10,
      leftOut: [],
    });
    expect(preview.reason).toMatch(/^ep_001_BATCH_001\.versions\.json cannot be read: .*line 1/);
    expect(preview.reason).not.toContain('Restore it');
    const done = await made.store.rebuildManifest(batch, { confirm: previewId, note: 'rebuilt' });
    expect(await readFile(made.files.manifest, 'utf8')).toBe(before);
    expect(done.problems).toEqual([]);
    expect(done.manifest).toEqual(JSON.parse(before));
  });

  it('takes the place of a text that nests beyond all bounds', async () => {
    const made = await withHistory();
    const before = await readFile(made.files.manifest, 'utf8');
    await damage(made, '[{"versions":'.repeat(20_000));
    expect((await made.store.rebuildManifest(batch)).problems).toEqual([]);
    expect(await readFile(made.files.manifest, 'utf8')).toBe(before);
    expect((await readLedger(made.files.ledger)).lines.at(-2)).toMatchObject({ action: 'observed', entries: [] });
  });

  it('keeps the damaged one beside it under the name that was shown, and says so in the ledger', async () => {
    const made = await withHistory();
    await damage(made, 'half a manif');
    const { preview, previewId } = await previewOf(made);
    expect(preview.keptAs).toMatch(/^ep_001_BATCH_001\.versions\.json\.damaged-\d{8}T\d{6}Z$/);
    const done = await made.store.rebuildManifest(batch, { confirm: previewId });
    expect(await readFile(join(made.scenesFolder, preview.keptAs), 'utf8')).toBe('half a manif');
    const { lines, problems } = await readLedger(made.files.ledger);
    expect(problems).toEqual([]);
    expect(lines.slice(-2)).toMatchObject([
      { action: 'observed', from: 4, to: null },
      { action: 'repair', from: 4, to: 4, revision: done.revision, entries: done.manifest?.versions },
    ]);
    // No temp file, and nothing that a listing takes for a body.
    expect((await readdir(made.scenesFolder)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await made.store.writeSceneCandidate(batch, makeScene(batch, 6))).version).toBe(6);
    expect((await readLedger(made.files.ledger)).lines.at(-1)).toMatchObject({ action: 'append' });
  });

  it('makes candidates of what the ledger does not know, and an approved, derived v1 of the flat body', async () => {
    const made = await withHistory();
    await rm(made.files.ledger);
    await damage(made);
    const { preview } = await previewOf(made);
    expect(shortly(preview)).toEqual([
      '5 candidate not_derived 1 nothing',
      '4 candidate not_derived 1 nothing',
      '3 candidate not_derived 1 nothing',
      '2 candidate not_derived 1 nothing',
      '1 approved derived 1 flat',
    ]);
    expect(preview).toMatchObject({ activeVersion: 1, pointerFrom: null, ledgerLines: 0 });
    await made.store.rebuildManifest(batch);
    expect((await readManifest(made)).versions[0]).toMatchObject({ source: 'legacy_flat', kind: 'reshoot' });
    expect((await readManifest(made)).versions[4]).toMatchObject({
      artifact: 'ep_001_BATCH_001.v005.json',
      source: 'rebuilt_manifest',
      parent_version: null,
      shot_count: 1,
    });
  });

  it('tells the decisions of a version whose own line is torn', async () => {
    const made = await withHistory();
    const text = await readFile(made.files.ledger, 'utf8');
    // The line that brought v4.
    const lines = text.split('\n').map((line) => (line.includes('"seq":5,') ? line.slice(0, 40) : line));
    await writeFile(made.files.ledger, lines.join('\n'));
    await damage(made);
    expect(shortly((await previewOf(made)).preview)[1]).toBe('4 approved derived 1 8');
  });

  it('counts the decisions whose lines still wait in the data folder', async () => {
    let isFull = false;
    const made = await withHistory({
      durableFiles: filesWith({ write: (name, wanted) => (isFull && name.endsWith('.jsonl') ? 0 : wanted) }),
    });
    isFull = true;
    expect((await made.store.conform(batch, 3)).problems).toMatchObject([{ code: 'ledger_not_written' }]);
    isFull = false;
    await damage(made);
    const { preview } = await previewOf(made);
    expect(preview).toMatchObject({ activeVersion: 3, pointerFrom: { seq: 11, action: 'conform' }, ledgerLines: 11 });
    await made.store.rebuildManifest(batch);
    const { lines } = await readLedger(made.files.ledger);
    expect(lines.slice(10).map(({ action }) => action)).toEqual(['conform', 'observed', 'repair']);
  });

  it('keeps numbers and unknown fields of the entries and of the manifest itself as they were written', async () => {
    const made = await withHistory();
    const text = await readFile(made.files.manifest, 'utf8');
    const odd = text
      .replace(
        '"shot_count": 1,',
        '"shot_count": 1,\n      "weight": 0.12345678901234567890,\n      "__proto__": {\n        "odd": 0.10000000000000000000001\n      },',
      )
      .replace('"active_version"', '"title": "Möwe 🕊",\n  "big": 12345678901234567890,\n  "active_version"');
    await writeFile(made.files.manifest, odd);
    // A decision lets the ledger observe it.
    await made.store.revert(batch, 2);
    const before = await readFile(made.files.manifest, 'utf8');
    const twice = before.replace('"versions": [', '"versions": [\n    {"version": 2, "artifact": "x.json"},');
    await damage(made, twice);
    await made.store.rebuildManifest(batch);
    const now = await readFile(made.files.manifest, 'utf8');
    expect(now).toBe(before);
  });

  it('takes nothing from the manifest of another batch', async () => {
    const made = await withHistory();
    const text = await readFile(made.files.manifest, 'utf8');
    await damage(made, text.replace('"batch_id": "BATCH_001"', '"batch_id": "BATCH_009",\n  "owner": "somebody"'));
    await made.store.rebuildManifest(batch);
    expect(await readFile(made.files.manifest, 'utf8')).toBe(text);
  });

  it.each([
    ['an empty file', ''],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x00])],
    ['a list', '["not", "a", "manifest"]'],
    [
      'a field of the wrong kind',
      '{"schema_version": 1, "batch_id": "BATCH_001", "active_version": "2", "versions": []}',
    ],
    [
      'a key that stands twice',
      '{"schema_version": 1, "batch_id": "BATCH_001", "batch_id": "BATCH_001", "active_version": 2, "versions": []}',
    ],
  ])('rebuilds over %s', async (_, text) => {
    const made = await withHistory();
    const before = await readFile(made.files.manifest, 'utf8');
    await writeFile(made.files.manifest, text);
    await made.store.rebuildManifest(batch);
    expect(JSON.parse(await readFile(made.files.manifest, 'utf8'))).toEqual(JSON.parse(before));
  });
});

describe('bodies that are not sound', () => {
  it('stay registered where the ledger knows them, but the pointer goes to no such version', async () => {
    const made = await withHistory();
    await unlink(join(made.scenesFolder, 'ep_001_BATCH_001.v004.json'));
    await writeFile(join(made.scenesFolder, 'ep_001_BATCH_001.v003.json'), 'torn');
    await damage(made);
    const { preview } = await previewOf(made);
    expect(shortly(preview).slice(1, 3)).toEqual(['4 approved derived - 8', '3 candidate not_derived - 4']);
    // Not v4, which was decided last: the decision before it.
    expect(preview).toMatchObject({
      activeVersion: 5,
      decidedLast: 4,
      pointerFrom: { seq: 9, action: 'conform' },
      leftOut: [],
    });
    await made.store.rebuildManifest(batch);
    expect((await readManifest(made)).versions.map(({ version }: { version: number }) => version)).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it('are left out with a reason where the ledger does not know them, and stay where they are', async () => {
    const made = await withHistory();
    await rm(made.files.ledger);
    const at = (name: string) => join(made.scenesFolder, `ep_001_BATCH_001.${name}.json`);
    await writeFile(at('v003'), 'torn');
    await writeFile(at('v004'), JSON.stringify(makeScene('BATCH_009', 4)));
    await writeFile(at('v5'), JSON.stringify(makeScene(batch, 55)));
    await writeFile(at('v001'), JSON.stringify(makeScene(batch, 11)));
    await damage(made);
    const before = await snapshot(made.scenesFolder);
    const { preview } = await previewOf(made);
    expect(preview.leftOut).toEqual([
      { artifact: 'ep_001_BATCH_001.v001.json', reason: 'v1 is ep_001_BATCH_001.json already' },
      { artifact: 'ep_001_BATCH_001.v003.json', reason: expect.stringContaining('no valid JSON') },
      { artifact: 'ep_001_BATCH_001.v004.json', reason: 'it is the body of scene "BATCH_009"' },
      { artifact: 'ep_001_BATCH_001.v5.json', reason: 'v5 is ep_001_BATCH_001.v005.json already' },
    ]);
    expect(preview.versions.map(({ version }) => version)).toEqual([5, 2, 1]);
    await made.store.rebuildManifest(batch);
    for (const [path, bytes] of before) {
      if (path !== made.files.manifest) expect((await readFile(path)).toString('base64'), path).toBe(bytes);
    }
  });

  it('refuse it where there is no other', async () => {
    const made = await withHistory();
    for (const name of await readdir(made.scenesFolder)) {
      if (/\.v\d+\.json$/.test(name)) await unlink(join(made.scenesFolder, name));
    }
    await writeFile(made.files.flat, 'torn');
    await damage(made);
    const before = await snapshot(made.scenesFolder);
    const failure = await failureOf(made.store.rebuildManifest(batch));
    expect(failure.code).toBe('damaged');
    expect(failure.message).toContain('no body that can be read');
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it('never make an unapproved version active while an approved one can be read', async () => {
    const made = await withHistory();
    await rm(made.files.ledger);
    await unlink(made.files.flat);
    await damage(made);
    // Nothing is known to be approved: the oldest, whose gate is closed.
    expect((await previewOf(made)).preview).toMatchObject({ activeVersion: 2, pointerFrom: null });
    await writeFile(made.files.flat, JSON.stringify(makeScene(batch, 1)));
    expect((await previewOf(made)).preview).toMatchObject({ activeVersion: 1, pointerFrom: null });
  });
});

it('names no kept manifest when it lists a batch', async () => {
  const made = await withHistory();
  await damage(made);
  await made.store.rebuildManifest(batch);
  const [listing] = listBatchesIn(await readdir(made.scenesFolder), 1);
  expect(listing).toMatchObject({ batchId: 'BATCH_001', hasManifest: true });
  expect(listing?.bodies.map(({ name }) => name)).not.toContain(basename(made.files.manifest));
  expect(listing?.bodies).toHaveLength(4);
});
