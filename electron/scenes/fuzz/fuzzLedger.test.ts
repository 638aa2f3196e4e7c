/** Random damage to a ledger: it is read all the same, what is wrong is told, and decisions go on behind it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parseBatchId } from '../../../shared/ids.ts';
import { parseLedger, readLedger } from '../ledger/ledger.ts';
import { makeScene } from '../testing/testOrders.ts';
import { hashOfEnd, isSoundChain } from './chainOracle.ts';
import { batchId, prefix } from './fuzzedBatch.ts';
import { anyDamage, anyTree, type Damage, textOf } from './fuzzedJson.ts';
import { fuzzRuns, fuzzTimeout } from './fuzzRuns.ts';
import { storeOver, withWorld } from './fuzzWorld.ts';

const batch = parseBatchId(batchId);
const ledgerFile = `${prefix}.decisions.jsonl`;

/** A batch of three versions with a few decisions. */
let sound: ReadonlyMap<string, Buffer> = new Map();

beforeAll(async () => {
  await withWorld(new Map(), async (world) => {
    const store = storeOver(world);
    for (const version of [1, 2, 3]) await store.writeSceneCandidate(batch, makeScene(batch, version));
    await store.conform(batch, 2, { note: 'Zwei; 渡辺.' });
    await store.revert(batch, 1);
    await store.conform(batch, 3);
    await store.markDerived(batch, 3);
    await store.closing();
    sound = await world.files();
  });
});

const line = anyTree.map((tree) =>
  textOf(tree, { indent: null, newline: '\n', colon: ':', blank: '', isAscii: false, hasMark: false, end: '' }),
);

/** What is done to whole lines. */
const lineDamage: fc.Arbitrary<Damage> = fc
  .tuple(fc.constantFrom('drop', 'repeat', 'swap', 'insert', 'edit'), fc.nat(7), line)
  .map(([how, place, other]) => (bytes) => {
    const lines = bytes.toString('utf8').trimEnd().split('\n');
    const index = place % lines.length;
    const one = lines[index] ?? '';
    const next = lines[index + 1] ?? '';
    const made = {
      drop: [],
      repeat: [one, one],
      swap: [next, one],
      insert: [one, other],
      edit: [one.replace(/"note":(?:null|"[^"]*")/, '"note":"another"')],
    }[how];
    lines.splice(index, how === 'swap' ? 2 : 1, ...made);
    return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  });

const damages: fc.Arbitrary<readonly Damage[]> = fc.array(fc.oneof(anyDamage, lineDamage), {
  minLength: 1,
  maxLength: 3,
});

test(
  'a damaged ledger is read, its damage is told, and the next decision stands behind it in the chain',
  async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (all) => {
        const damaged = all.reduce((bytes, damage) => damage(bytes), sound.get(ledgerFile) ?? Buffer.alloc(0));
        await withWorld(new Map([...sound, [ledgerFile, damaged]]), async (world) => {
          const path = join(world.scenesFolder, ledgerFile);
          const read = await readLedger(path);
          const isTold = read.problems.some(({ code }) => code === 'ledger_torn' || code === 'ledger_broken');
          if (!isSoundChain(damaged)) expect(isTold, 'the damage is told').toBe(true);
          expect(read.problems.every(({ severity }) => severity === 'warning')).toBe(true);

          const store = storeOver(world);
          const { manifest } = await store.revert(batch, 1);
          await store.closing();
          expect(manifest.active_version).toBe(1);
          const after = (await world.files()).get(ledgerFile) ?? Buffer.alloc(0);
          expect(after.subarray(0, damaged.length)).toEqual(damaged);
          const added = after.subarray(damaged.length);
          expect(isSoundChain(after)).toBe(isSoundChain(damaged));
          const first: unknown = JSON.parse(added.toString('utf8').trim().split('\n')[0] ?? '');
          expect(first).toMatchObject({ prev: hashOfEnd(damaged) });
          expect((await readLedger(path)).lines.at(-1)).toMatchObject({ action: 'revert', from: 3, to: 1 });
        });
      }),
      fuzzRuns(60),
    );
  },
  fuzzTimeout(60),
);

test(
  'no bytes at all keep a ledger from being read',
  () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(line).map((lines) => Buffer.from(lines.join('\n'), 'utf8')),
    );
    fc.assert(
      fc.property(noise, (bytes) => {
        const { lines, problems } = parseLedger(bytes, ledgerFile);
        expect(lines).toEqual([]);
        if (bytes.length > 0) expect(problems.length).toBeGreaterThan(0);
      }),
      fuzzRuns(500),
    );
  },
  fuzzTimeout(500),
);
