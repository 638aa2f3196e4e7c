/** What reading threads find in random batches is what the way over the schema finds, in rows and in checks. */
import { appendFile, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchRow } from '../../../shared/contract.ts';
import { readBatch } from '../reading/batchReader.ts';
import { assemble } from '../reading/batchView.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { plainChecks } from '../reading/plainChecks.ts';
import { plainRows } from '../reading/plainRows.ts';
import { ReadingThreads } from '../reading/readingThreads.ts';
import { manifestName } from '../sceneFiles.ts';
import { copyWorkspaces, refOf } from '../testing/testWorkspaces.ts';
import { listEpisode, partOfOrder, partsOf } from '../workspace/listedEpisode.ts';
import { readRows } from '../workspace/rowReading.ts';
import { batchId, fuzzedFiles } from './fuzzedBatch.ts';
import { rareDamage } from './fuzzedJson.ts';
import { fuzzRuns, fuzzTimeout, runUntil } from './fuzzRuns.ts';
import { type FuzzWorld, withWorld } from './fuzzWorld.ts';

type Files = ReadonlyMap<string, Buffer>;

const { project } = refOf('harbor', 1, batchId);

/** The files of each batch that the tests' workspaces have a manifest of, in episode 1. */
async function readFixtures(): Promise<readonly Files[]> {
  const workspaces = await copyWorkspaces();
  const found: Files[] = [];
  for (const name of ['harbor-lights', 'damaged']) {
    const folder = join(workspaces, name, 'ep_001/scenes');
    const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { name: manifest } of entries.filter((entry) => entry.name.endsWith('.versions.json'))) {
      const prefix = manifest.slice(0, -'versions.json'.length);
      const own = entries.filter((entry) => entry.name.startsWith(prefix));
      const read = own.map(async (entry) => [entry.name, await readFile(join(folder, entry.name))] as const);
      found.push(new Map(await Promise.all(read)));
    }
  }
  return found;
}

async function rowByOurselves({ scenesFolder }: FuzzWorld): Promise<BatchRow | null> {
  let found: BatchRow | null = null;
  const threads = new ReadingThreads(() => undefined);
  await readRows({
    episodes: [{ project, episode: 1, scenesFolder }],
    threads,
    begun: 1,
    knownSignature: () => null,
    onRow: (_, { row }) => {
      found = row;
    },
    warn: (message) => expect.fail(message),
  });
  threads.close();
  return found;
}

/** How many of each a thread answered, so that a test that compares nothing shows. */
const compared = { rows: 0, checks: 0 };

async function compare(files: Files): Promise<void> {
  await withWorld(files, async (world) => {
    const listed = await listEpisode({ project, episode: 1, scenesFolder: world.scenesFolder }, 1, expect.fail);
    const [part] = partsOf(listed, 10);
    const [located] = listed.batches;
    if (part === undefined || located === undefined) return;
    const manifest = located.listing.hasManifest
      ? join(world.scenesFolder, manifestName(1, located.ref.batchId))
      : null;
    // It may be named as a body too, whose time of change is told.
    const stamp = () => manifest !== null && utimes(manifest, 1_790_000_000, 1_790_000_000);
    await stamp();
    const order = partOfOrder(part);
    const [plainRow = null] = plainRows({ kind: 'rows', ...order, known: [null] });
    const [plainCheck = null] = plainChecks({ kind: 'checks', ...order, known: [{}] });
    // A blank at its end is nothing to the schema's way, and takes a manifest off the other one.
    if (manifest !== null) await appendFile(manifest, ' ');
    await stamp();
    if (plainRow !== null) {
      compared.rows += 1;
      expect(plainRow.row).toEqual(await rowByOurselves(world));
    }
    // What is judged by the schema there too tells where the text ends, which moved.
    if (plainCheck === null || plainCheck.manifest?.isWritable === false) return;
    compared.checks += 1;
    const bodies = new BodyCache();
    const looks = new Map(plainCheck.looks.map((each) => [each.version, bodies.take(world.scenesFolder, each)]));
    const whole = new Map([...looks].flatMap(([version, look]) => (look === null ? [] : [[version, look] as const])));
    const source = { ref: located.ref, listing: located.listing, manifest: plainCheck.manifest };
    const { versions, problems, characters } = await readBatch(located, new BodyCache());
    expect(assemble(source, plainCheck.ledger, whole)).toEqual({ versions, problems, characters });
  });
}

test(
  'whatever stands in a batch, a thread finds what the schema finds',
  async () => {
    const fewest = () => Math.min(compared.rows, compared.checks);
    await runUntil(
      () => fewest() > 20,
      () => fc.assert(fc.asyncProperty(fuzzedFiles, compare), fuzzRuns(250)),
    );
    expect(fewest()).toBeGreaterThan(20);
  },
  fuzzTimeout(250),
);

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1, 2, 3, 999, 1.5, 1e21, 2 ** 53, 2 ** 53 - 1, '', '1', [], {}, [null]),
  fc.constantFrom(
    'candidate',
    'approved',
    'derived',
    'not_derived',
    'pickup',
    'reshoot',
    'Approved',
    'sf1:00',
    'sf0:x',
  ),
  fc.constantFrom(
    '../x.json',
    'a/b.json',
    '\u0000',
    '\ud800',
    '\ufffd',
    '\ufeff',
    '🎬',
    'ep_001_BATCH_002.json',
    '__proto__',
  ),
  fc.jsonValue(),
);
const oddKey = fc.constantFrom('title', '__proto__', 'constructor', '1', 'version', 'state', 'active_version', 'x');

type Mutation = (value: Record<string, unknown>) => void;

/** One field of the manifest or of one of its entries becomes another value, goes, comes, or takes another's place. */
const anyMutation: fc.Arbitrary<Mutation> = fc
  .tuple(fc.constantFrom('set', 'drop', 'add', 'entry', 'swap'), fc.nat(20), fc.nat(20), oddKey, oddValue)
  .map(([how, where, place, key, value]) => (manifest) => {
    const entries: unknown[] = Array.isArray(manifest.versions) ? manifest.versions : [];
    const places = [manifest, ...entries].filter(
      (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
    );
    const target = places[where % places.length] ?? manifest;
    const keys = Object.keys(target);
    const known = keys[place % Math.max(1, keys.length)] ?? key;
    const put = (name: string) =>
      Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
    if (how === 'set') put(known);
    if (how === 'add') put(key);
    if (how === 'drop') delete target[known];
    if (how === 'entry') entries.splice(place % (entries.length + 1), 0, structuredClone(entries[0]));
    if (how === 'swap') entries.reverse();
  });

type Spelling = (text: string) => Buffer;
const spelled =
  (respell: (text: string) => string): Spelling =>
  (text) =>
    Buffer.from(respell(text), 'utf8');

/** The same fields in another layout, a key that stands twice, and bytes that are no text. */
const anySpelling: fc.Arbitrary<Spelling> = fc.oneof(
  { arbitrary: fc.constant(spelled((text) => text)), weight: 2 },
  fc.constantFrom(
    spelled((text) => text.trimEnd()),
    spelled((text) => `\ufeff${text}`),
    spelled((text) => text.replace(/: (\d+),/, ': $1.0,')),
    spelled((text) => text.replace(/: (\d+),/, ': $1e0,')),
    spelled((text) => text.replace(/"versions"/, '"active_version": 1,\n  "versions"')),
    spelled((text) => text.replace(/"artifact"/, '"state": "approved",\n      "artifact"')),
    spelled((text) => text.replaceAll('\n', '\r\n')),
    spelled((text) => text.replaceAll('a', '\\u0061')),
    spelled((text) => text.replace('"BATCH', '"\\ud800BATCH')),
    (text: string) => Buffer.from(text.replace(/"created_at": "2/, '"created_at": "\xff'), 'latin1'),
  ),
);

test(
  'a manifest of the fixtures with a few fields changed is the same to a thread and to the schema',
  async () => {
    compared.rows = 0;
    const fixtures = await readFixtures();
    const cases = fc.tuple(fc.nat(1000), fc.array(anyMutation, { maxLength: 3 }), anySpelling, rareDamage);
    const check = () =>
      fc.assert(
        fc.asyncProperty(cases, async ([which, mutations, spelling, damage]) => {
          const files = fixtures[which % fixtures.length] ?? new Map<string, Buffer>();
          const [name = ''] = [...files.keys()].filter((each) => each.endsWith('.versions.json'));
          let text = files.get(name)?.toString('utf8') ?? '';
          try {
            const manifest: Record<string, unknown> = JSON.parse(text);
            for (const mutate of mutations) mutate(manifest);
            text = `${JSON.stringify(manifest, null, 2)}\n`;
          } catch {
            // One of the damaged: it stays as it is.
          }
          await compare(new Map([...files, [name, damage(spelling(text))]]));
        }),
        fuzzRuns(500),
      );
    await runUntil(() => compared.rows > 60, check);
    expect(compared.rows).toBeGreaterThan(60);
  },
  fuzzTimeout(500),
);
