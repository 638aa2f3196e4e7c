/** Random batches under every operation of the store: what is refused stays as it is to the byte, and of what is changed everything else survives. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonTextError, parseExact } from '../../../shared/exactJson.ts';
import { FailureError } from '../../../shared/failure.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import type { SceneVersionStore } from '../store/sceneVersionStore.ts';
import { isSoundChain } from './chainOracle.ts';
import { batchId, type FuzzedFiles, fuzzedFiles, prefix, sceneTree } from './fuzzedBatch.ts';
import { anyLayout, textOf } from './fuzzedJson.ts';
import { fuzzRuns, fuzzTimeout } from './fuzzRuns.ts';
import { changedNames, storeOver, withWorld } from './fuzzWorld.ts';
import { bareValue, itemsOf, memberOf, membersOf, startOracle, type Tree } from './jsonOracle.ts';

const oracle = startOracle();
const manifestFile = `${prefix}.versions.json`;
const ledgerFile = `${prefix}.decisions.jsonl`;
const batch = parseBatchId(batchId);

type Operation =
  | { readonly kind: 'conform' | 'revert' | 'markDerived' | 'adoptOrphan'; readonly version: number }
  | { readonly kind: 'rebuildManifest' | 'closeLedger' }
  | { readonly kind: 'write'; readonly text: string; readonly dedup: boolean };

const version = fc.oneof(
  { arbitrary: fc.constantFrom(1, 2, 3), weight: 6 },
  { arbitrary: fc.constantFrom(4, 7, 8, 42, 1000, 0, -1), weight: 1 },
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constantFrom('conform', 'revert', 'markDerived'), version }), weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant('adoptOrphan'), version: fc.constantFrom(7, 7, 3, 2) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constantFrom('rebuildManifest', 'closeLedger') }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('write'),
      text: fc.tuple(sceneTree, anyLayout).map(([tree, layout]) => textOf(tree, layout)),
      dedup: fc.boolean(),
    }),
    weight: 3,
  },
);

/** What a person or a script may be told of a batch; a fault of ours or of the disk is none of it. */
const expectedCodes: readonly string[] = ['invalid', 'notFound', 'conflict', 'damaged'];

async function carryOut(store: SceneVersionStore, asked: Operation): Promise<unknown> {
  switch (asked.kind) {
    case 'conform':
      return await store.conform(batch, asked.version, { note: 'A note; 渡辺.' });
    case 'revert':
      return await store.revert(batch, asked.version);
    case 'markDerived':
      return await store.markDerived(batch, asked.version);
    case 'adoptOrphan':
      return await store.adoptOrphan(batch, asked.version);
    case 'rebuildManifest':
      return await store.rebuildManifest(batch);
    case 'closeLedger':
      return await store.closeLedger(batch);
    case 'write':
      return await store.writeSceneCandidate(batch, parseExact(asked.text), { dedup: asked.dedup });
  }
}

/** Null where it was done; else the failure. A text that is no JSON is none of the store's. */
async function refusal(work: Promise<unknown>): Promise<FailureError | JsonTextError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof FailureError || error instanceof JsonTextError) return error;
    throw error;
  }
}

type Files = ReadonlyMap<string, Buffer>;

const withMember = (tree: Tree, key: string, value: Tree): Tree => {
  if (tree.kind !== 'object') throw new Error('no object');
  const stands = tree.members.some(([name]) => name === key);
  return {
    kind: 'object',
    members: stands
      ? tree.members.map(([name, old]) => [name, name === key ? value : old] as const)
      : [...tree.members, [key, value]],
  };
};

const text = (value: string): Tree => ({ kind: 'string', text: value });
const numberText = (tree: Tree | undefined): number => (tree?.kind === 'number' ? Number(tree.text) : Number.NaN);

/** The manifest as it must be after a decision, from what it was: nothing else of it may differ, not the text of a number and not the order of a key. */
function decided(before: Tree, asked: Operation & { readonly version: number }): Tree {
  let next = before;
  if (asked.kind !== 'markDerived' && numberText(memberOf(before, 'active_version')) !== asked.version) {
    next = withMember(next, 'active_version', { kind: 'number', text: String(asked.version) });
  }
  const [key, value] =
    asked.kind === 'conform' ? ['state', 'approved'] : asked.kind === 'markDerived' ? ['downstream', 'derived'] : [];
  if (key === undefined || value === undefined) return next;
  const entries = itemsOf(memberOf(before, 'versions')).map((entry) =>
    numberText(memberOf(entry, 'version')) === asked.version ? withMember(entry, key, text(value)) : entry,
  );
  return withMember(next, 'versions', { kind: 'array', items: entries });
}

/** The entries that were added behind those that stand; everything else must be as it was. */
function addedEntries(before: Tree, after: Tree): readonly Tree[] {
  const old = itemsOf(memberOf(before, 'versions'));
  const now = itemsOf(memberOf(after, 'versions'));
  expect(withMember(after, 'versions', { kind: 'array', items: now.slice(0, old.length) })).toEqual(before);
  return now.slice(old.length);
}

const readTree = async (files: Files, name: string): Promise<Tree> => {
  const bytes = files.get(name);
  const tree = bytes === undefined ? null : await oracle.read(bytes);
  if (tree === null) throw new Error(`${name} is no JSON to Python`);
  return tree;
};

const artifactOf = (entry: Tree | undefined): string => {
  const name = memberOf(entry, 'artifact');
  return name?.kind === 'string' ? name.text : '';
};

async function checkWritten(asked: Operation & { readonly kind: 'write' }, before: Files, after: Files): Promise<void> {
  const changed = changedNames(before, after).filter((name) => name !== ledgerFile);
  const bodies = changed.filter((name) => name !== manifestFile);
  expect(bodies.length).toBeLessThanOrEqual(1);
  for (const name of bodies) {
    expect(before.has(name), `${name} was there before`).toBe(false);
    const given = await oracle.read(Buffer.from(asked.text, 'utf8'));
    if (given === null) throw new Error('what was written is no JSON to Python');
    expect(bareValue(await readTree(after, name))).toEqual(bareValue(given));
  }
  if (!changed.includes(manifestFile)) {
    // A first body stands alone; a repeated one changes nothing.
    expect(bodies.every((name) => name === `${prefix}.json`)).toBe(true);
    return;
  }
  const manifest = await readTree(after, manifestFile);
  if (!before.has(manifestFile)) {
    expect(numberText(memberOf(manifest, 'active_version'))).toBe(1);
    expect(itemsOf(memberOf(manifest, 'versions')).map(artifactOf)).toEqual([`${prefix}.json`, ...bodies]);
    return;
  }
  const added = addedEntries(await readTree(before, manifestFile), manifest);
  expect(added.map(artifactOf)).toEqual(bodies);
  expect(bodies).toHaveLength(1);
}

async function checkRebuilt(before: Files, after: Files): Promise<void> {
  const changed = changedNames(before, after).filter((name) => name !== ledgerFile);
  const kept = changed.filter((name) => name !== manifestFile);
  expect(kept).toHaveLength(1);
  expect(after.get(kept[0] ?? '')).toEqual(before.get(manifestFile));
  const manifest = await readTree(after, manifestFile);
  const pointer = numberText(memberOf(manifest, 'active_version'));
  const versions = itemsOf(memberOf(manifest, 'versions')).map((entry) => numberText(memberOf(entry, 'version')));
  expect(versions).toContain(pointer);
  expect(new Set(versions).size).toBe(versions.length);
  const damaged = await oracle.read(before.get(manifestFile) ?? Buffer.alloc(0));
  const id = memberOf(damaged, 'batch_id');
  if (damaged === null || (id !== undefined && !(id.kind === 'string' && id.text === batchId))) return;
  for (const [key, value] of membersOf(damaged)) {
    if (['schema_version', 'batch_id', 'active_version', 'versions'].includes(key)) continue;
    const survived = memberOf(manifest, key);
    expect(survived && bareValue(survived), `the unknown field ${JSON.stringify(key)}`).toEqual(bareValue(value));
  }
}

async function checkDone(asked: Operation, before: Files, after: Files): Promise<void> {
  const changed = changedNames(before, after);
  const besideLedger = changed.filter((name) => name !== ledgerFile);
  switch (asked.kind) {
    case 'conform':
    case 'revert':
    case 'markDerived': {
      if (!before.has(manifestFile)) {
        expect(changed).toEqual([]);
        return;
      }
      const old = await readTree(before, manifestFile);
      const expected = decided(old, asked);
      expect(await readTree(after, manifestFile)).toEqual(expected);
      expect(besideLedger.filter((name) => name !== manifestFile)).toEqual([]);
      if (besideLedger.length === 0) expect(changed).toEqual([]);
      return;
    }
    case 'write':
      return await checkWritten(asked, before, after);
    case 'adoptOrphan': {
      expect(besideLedger).toEqual([manifestFile]);
      const manifest = await readTree(after, manifestFile);
      const added = before.has(manifestFile)
        ? addedEntries(await readTree(before, manifestFile), manifest)
        : itemsOf(memberOf(manifest, 'versions')).slice(1);
      expect(added.map((entry) => numberText(memberOf(entry, 'version')))).toEqual([asked.version]);
      return;
    }
    case 'rebuildManifest':
      return await checkRebuilt(before, after);
    case 'closeLedger':
      expect(besideLedger).toEqual([]);
  }
}

function checkLedger(before: Files, after: Files): void {
  const old = before.get(ledgerFile) ?? Buffer.alloc(0);
  const now = after.get(ledgerFile);
  if (now === undefined) return;
  // What was said stays said.
  expect(now.subarray(0, old.length)).toEqual(old);
  if (isSoundChain(old)) expect(isSoundChain(now), 'the chain goes on').toBe(true);
  const manifest = after.get(manifestFile);
  if (now.length === old.length || manifest === undefined) return;
  const last: unknown = JSON.parse(now.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ revision: createHash('sha256').update(manifest).digest('hex') });
}

async function runAll(files: FuzzedFiles, operations: readonly Operation[]): Promise<void> {
  await withWorld(files, async (world) => {
    const store = storeOver(world);
    for (const asked of operations) {
      const before = await world.files();
      const refused = await refusal(carryOut(store, asked));
      const after = await world.files();
      if (refused === null) {
        await checkDone(asked, before, after);
        checkLedger(before, after);
        continue;
      }
      if (refused instanceof FailureError) {
        expect(expectedCodes, `${asked.kind}: ${refused.message}`).toContain(refused.code);
        expect(refused.message).toMatch(/\S.*[.…]$/s);
      }
      expect(changedNames(before, after), `${asked.kind} was refused`).toEqual([]);
    }
    await store.closing();
  });
}

test(
  'whatever is refused is not touched, and of whatever is changed the rest survives',
  async () => {
    await fc.assert(
      fc.asyncProperty(fuzzedFiles, fc.array(operation, { minLength: 1, maxLength: 5 }), runAll),
      fuzzRuns(120),
    );
  },
  fuzzTimeout(120),
);
