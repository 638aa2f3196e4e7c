/** Rebuilding a manifest: what is refused, what is asked again, and a disk that does not play along. */
import * as nodeFiles from 'node:fs/promises';
import { mkdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLedger } from '../ledger/ledger.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { diskError, filesWith } from '../testing/testFaults.ts';
import { makeScene } from '../testing/testOrders.ts';
import { damage, type Made, previewOf, readManifest, withHistory } from '../testing/testRebuilds.ts';
import { testBatch as batch, failureOf } from '../testing/testStores.ts';
import { snapshot } from '../testing/testWorkspaces.ts';

describe('what it refuses', () => {
  it('writes nothing for a preview, no lock file either', async () => {
    const made = await withHistory();
    await rm(made.files.lock);
    await damage(made);
    const before = await snapshot(made.scenesFolder);
    await previewOf(made);
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it.each([
    ['there is none', null, 'notFound', 'has no manifest'],
    ['it is sound', undefined, 'notFound', 'nothing to rebuild'],
    ['only its pointer is lost', '42', 'notFound', 'nothing to rebuild'],
    ['it is newer', 'newer', 'damaged', 'newer pipeline'],
    ['it is newer and of another batch', 'newer of another', 'damaged', 'cannot be rebuilt'],
    ['a folder stands in its place', 'folder', 'damaged', 'a folder stands in its place'],
  ])('refuses where %s', async (_, state, code, said) => {
    const made = await withHistory();
    const text = await readFile(made.files.manifest, 'utf8');
    if (state === null || state === 'folder') await unlink(made.files.manifest);
    if (state === 'folder') await mkdir(made.files.manifest);
    if (state === '42') await damage(made, text.replace('"active_version": 4', '"active_version": 42'));
    const newer = text.replace('"schema_version": 1', '"schema_version": 2');
    if (state === 'newer') await damage(made, newer);
    if (state === 'newer of another') await damage(made, newer.replace('"BATCH_001"', '"BATCH_002"'));
    const before = await snapshot(made.scenesFolder);
    const failure = await failureOf(made.store.rebuildManifest(batch));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(said);
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it('refuses where the ledger cannot be read, since what was decided would be lost', async () => {
    const made = await withHistory();
    await rm(made.files.ledger);
    await mkdir(made.files.ledger);
    await damage(made);
    expect(await failureOf(made.store.rebuildManifest(batch))).toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('nobody knows what was decided'),
    });
  });

  it.each<[string, (made: Made) => Promise<void>]>([
    ['the manifest', async (made) => await damage(made, 'damaged in another way')],
    ['a body', async ({ files }) => await writeFile(files.flat, JSON.stringify(makeScene(batch, 100)))],
    [
      'the list of bodies',
      async ({ scenesFolder }) =>
        await writeFile(join(scenesFolder, 'ep_001_BATCH_001.v009.json'), JSON.stringify(makeScene(batch, 9))),
    ],
    [
      'the ledger',
      async ({ files }) =>
        await writeFile(files.ledger, await readFile(files.ledger, 'utf8').then((text) => text.slice(0, -9))),
    ],
  ])('asks again, with a new preview, where %s is another one than was shown', async (_, change) => {
    const made = await withHistory();
    await damage(made);
    const { previewId } = await previewOf(made);
    await change(made);
    const before = await snapshot(made.scenesFolder);
    const failure = await failureOf(made.store.rebuildManifest(batch, { confirm: previewId }));
    expect(failure.code).toBe('conflict');
    expect(failure.details).toMatchObject({ preview: { repair: 'rebuildManifest' }, previewId: expect.any(String) });
    expect(await snapshot(made.scenesFolder)).toEqual(before);
    const next = failure.details?.previewId;
    expect(next).not.toBe(previewId);
    if (typeof next !== 'string') throw new Error('a preview has an id');
    await made.store.rebuildManifest(batch, { confirm: next });
    expect((await readManifest(made)).batch_id).toBe('BATCH_001');
  });

  it('asks again where a body that was shown cannot be read for a moment: it would be left out', async () => {
    const bodies = new BodyCache();
    const look = bodies.look.bind(bodies);
    const made = await withHistory({ bodies });
    await damage(made);
    const { previewId } = await previewOf(made);
    bodies.look = async (folder, artifact) =>
      artifact.includes('.v003.')
        ? { kind: 'unreadable', reason: 'the disk reports a read error', changedAt: null }
        : await look(folder, artifact);
    const before = await snapshot(made.scenesFolder);
    const failure = await failureOf(made.store.rebuildManifest(batch, { confirm: previewId }));
    expect(failure.code).toBe('conflict');
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it('looks again under the lock, and at what the person was looking at', async () => {
    const made = await withHistory();
    await damage(made);
    const { previewId } = await previewOf(made);
    // Two confirm the same at once: the second finds nothing left to rebuild.
    const both = await Promise.allSettled([
      made.store.rebuildManifest(batch, { confirm: previewId }),
      made.store.rebuildManifest(batch, { confirm: previewId }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { lines } = await readLedger(made.files.ledger);
    expect(lines.filter(({ action }) => action === 'repair')).toHaveLength(1);
  });
});

describe('a disk that does not play along', () => {
  it('copies the damaged one where the file system has no links', async () => {
    const made = await withHistory({
      durableFiles: filesWith({
        link: () => {
          throw diskError('EPERM');
        },
      }),
    });
    await damage(made, 'damaged');
    const { preview, previewId } = await previewOf(made);
    await made.store.rebuildManifest(batch, { confirm: previewId });
    const kept = join(made.scenesFolder, preview.keptAs);
    expect(await readFile(kept, 'utf8')).toBe('damaged');
    expect((await stat(kept)).nlink).toBe(1);
  });

  it('never writes over what was kept before', async () => {
    const made = await withHistory();
    await damage(made, 'damaged');
    const { preview, previewId } = await previewOf(made);
    await writeFile(join(made.scenesFolder, preview.keptAs), 'kept by somebody who crashed');
    await made.store.rebuildManifest(batch, { confirm: previewId });
    expect(await readFile(join(made.scenesFolder, preview.keptAs), 'utf8')).toBe('kept by somebody who crashed');
    expect(await readFile(join(made.scenesFolder, `${preview.keptAs}-2`), 'utf8')).toBe('damaged');
  });

  it.each(['manifest', 'folder'])('leaves everything as it was where the %s cannot be saved', async (what) => {
    let isBroken = false;
    const made = await withHistory({
      durableFiles: filesWith({
        write: (name, wanted) => {
          if (isBroken && what === 'manifest' && name.includes('.versions.json.')) throw diskError('ENOSPC');
          return wanted;
        },
        sync: (name) => {
          if (isBroken && what === 'folder' && name === 'scenes') throw diskError('EIO');
        },
      }),
    });
    await damage(made);
    isBroken = true;
    const before = await snapshot(made.scenesFolder);
    expect((await failureOf(made.store.rebuildManifest(batch))).code).toBe('io');
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it('leaves no copy of the manifest where the folder cannot be opened to save its name', async () => {
    let isBroken = false;
    const made = await withHistory({
      durableFiles: {
        ...nodeFiles,
        link: async (from, to) => {
          await nodeFiles.link(from, to);
          isBroken = String(to).includes('.damaged-');
        },
        open: async (path, flags, mode) => {
          if (isBroken && basename(String(path)) === 'scenes') throw diskError('EIO');
          return await nodeFiles.open(path, flags, mode);
        },
      },
    });
    await damage(made);
    const before = await snapshot(made.scenesFolder);
    expect((await failureOf(made.store.rebuildManifest(batch))).code).toBe('io');
    expect(await snapshot(made.scenesFolder)).toEqual(before);
  });

  it('keeps the damaged one where a rename is answered with an error and was made all the same', async () => {
    let isBroken = false;
    const made = await withHistory({
      durableFiles: {
        ...nodeFiles,
        rename: async (from, to) => {
          await nodeFiles.rename(from, to);
          if (isBroken) throw diskError('EIO');
        },
      },
    });
    await damage(made, 'damaged');
    isBroken = true;
    const { preview, previewId } = await previewOf(made);
    expect((await failureOf(made.store.rebuildManifest(batch, { confirm: previewId }))).code).toBe('io');
    expect(await readManifest(made)).toMatchObject({ active_version: 4 });
    expect(await readFile(join(made.scenesFolder, preview.keptAs), 'utf8')).toBe('damaged');
  });

  it('keeps the line for later where only the ledger takes none', async () => {
    let isFull = false;
    const made = await withHistory({
      durableFiles: filesWith({ write: (name, wanted) => (isFull && name.endsWith('.jsonl') ? 0 : wanted) }),
    });
    await damage(made);
    isFull = true;
    expect((await made.store.rebuildManifest(batch)).problems).toMatchObject([{ code: 'ledger_not_written' }]);
    isFull = false;
    await made.store.conform(batch, 3);
    const { lines } = await readLedger(made.files.ledger);
    expect(lines.slice(-3).map(({ action }) => action)).toEqual(['observed', 'repair', 'conform']);
  });
});
