/** For fuzz tests: a batch as anything might have left it, its manifest, bodies and ledger more or less sound. */
import fc from 'fast-check';
import {
  anyKey,
  anyLayout,
  anyText,
  anyTree,
  fitTree,
  numberOf,
  numberTree,
  rareDamage,
  textOf,
  textTree,
  unknownMembersOf,
} from './fuzzedJson.ts';
import type { Tree } from './jsonOracle.ts';

export const batchId = 'BATCH_001';
export const prefix = `ep_001_${batchId}`;
const bodyFile = (version: number): string => `${prefix}.v${String(version).padStart(3, '0')}.json`;

type Members = readonly (readonly [string, Tree])[];

const object = (members: Members): Tree => ({ kind: 'object', members });
const array = (items: readonly Tree[]): Tree => ({ kind: 'array', items });

/** Members of both, in any order. */
const mixed = (known: Members, unknown: Members): fc.Arbitrary<Members> =>
  fc.shuffledSubarray([...known, ...unknown], { minLength: known.length + unknown.length });

/** One thing wrong: a member is another value, gone, twice, or the whole is something else. */
const spoiled = (tree: Tree): fc.Arbitrary<Tree> =>
  fc
    .tuple(fc.constantFrom('value', 'gone', 'twice', 'whole', 'inside'), fc.nat(), anyTree, anyKey)
    .map(([how, place, other, key]) => {
      if (tree.kind !== 'object' || how === 'whole') return other;
      const index = place % Math.max(1, tree.members.length);
      const chosen = tree.members[index];
      if (chosen === undefined) return object([[key, other]]);
      const [name, value] = chosen;
      const put = (...members: Members): Tree =>
        object([...tree.members.slice(0, index), ...members, ...tree.members.slice(index + 1)]);
      if (how === 'gone') return put();
      if (how === 'twice') return put([name, value], [name, other]);
      if (how === 'inside' && value.kind === 'array') return put([name, array([...value.items, other])]);
      return put([name, other]);
    });

const rarelySpoiled = (tree: Tree, soundness: number): fc.Arbitrary<Tree> =>
  fc.oneof({ arbitrary: fc.constant(tree), weight: soundness }, { arbitrary: spoiled(tree), weight: 1 });

const word = (text: string): Tree => ({ kind: 'word', text });
const rarely = (usual: fc.Arbitrary<Tree>, other: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.oneof({ arbitrary: usual, weight: 40 }, { arbitrary: other, weight: 1 });

const artifact = (version: number): fc.Arbitrary<Tree> =>
  rarely(
    fc.constant(textTree(version === 1 ? `${prefix}.json` : bodyFile(version))),
    fc
      .oneof(
        fc.constantFrom(
          '../../../outside.json',
          '',
          '.',
          '..',
          'a/b.json',
          'a\\b.json',
          'x\u0000.json',
          '/etc/hostname',
        ),
        fc.constantFrom(
          bodyFile(2),
          `${prefix}.versions.json`,
          bodyFile(1).toLowerCase(),
          'n'.repeat(300),
          '渡辺.json',
        ),
        anyText,
      )
      .map(textTree),
  );

const optional = (key: string, value: fc.Arbitrary<Tree>): fc.Arbitrary<Members> =>
  fc.option(
    value.map((tree): Members => [[key, tree]]),
    { nil: [], freq: 6 },
  );

const oneOf = (...texts: readonly string[]): fc.Arbitrary<Tree> => fc.constantFrom(...texts).map(textTree);

const entryTree = (version: number): fc.Arbitrary<Tree> =>
  fc
    .tuple(
      fc.tuple(
        fc.constantFrom<Members>(
          [['version', numberOf(version)]],
          [['version', numberOf(version)]],
          [['version', numberOf(version)]],
          [['version', { kind: 'number', text: `${version}.0` }]],
          [['version', { kind: 'number', text: `${version}e0` }]],
        ),
        artifact(version).map((tree): Members => [['artifact', tree]]),
        optional('state', rarely(oneOf('candidate', 'approved'), fc.constant(word('null')))),
        optional('downstream', rarely(oneOf('not_derived', 'derived'), fc.constant(word('null')))),
        optional('kind', oneOf('pickup', 'reshoot')),
        optional('source', oneOf('rederive', 'legacy_flat', 'director_note')),
        optional('parent_version', fc.constantFrom(word('null'), numberOf(1))),
        optional('structure_fingerprint', oneOf('sf1:00', 'sf0:abc', 'sf1:ff')),
        optional('shot_count', fc.constantFrom(numberOf(2), numberOf(0))),
      ),
      unknownMembersOf(anyTree),
    )
    .chain(([known, unknown]) => mixed(known.flat(), unknown))
    .chain((members) => rarelySpoiled(object(members), 60));

const versionNumbers: fc.Arbitrary<readonly number[]> = fc.oneof(
  { arbitrary: fc.constantFrom([1], [1, 2], [1, 2, 3], [3, 1, 2], [2, 3]), weight: 6 },
  {
    arbitrary: fc.array(fc.constantFrom(1, 2, 3, 7, 42, 999, 1000, 100000, -1, 0, 2 ** 53 - 1), { maxLength: 5 }),
    weight: 1,
  },
);

const manifestTree: fc.Arbitrary<Tree> = versionNumbers
  .chain((versions) =>
    fc.tuple(
      fc.tuple(...versions.map(entryTree)),
      rarely(
        fc.constantFrom(...versions, 1).map(numberOf),
        fc.oneof(fc.constantFrom(42, 0, -3).map(numberOf), numberTree),
      ),
      unknownMembersOf(anyTree),
      rarely(fc.constant(textTree(batchId)), fc.constantFrom(textTree('BATCH_002'), textTree(''))),
      rarely(fc.constant(numberOf(1)), fc.constantFrom(numberOf(2), { kind: 'number', text: '1.0' } as const)),
    ),
  )
  .chain(([entries, active, unknown, id, schema]) =>
    mixed(
      [
        ['schema_version', schema],
        ['batch_id', id],
        ['active_version', active],
        ['versions', array(entries)],
      ],
      unknown,
    ),
  )
  .chain((members) => rarelySpoiled(object(members), 20));

const inBodies = fc.oneof(
  { arbitrary: unknownMembersOf(fitTree), weight: 20 },
  { arbitrary: unknownMembersOf(anyTree), weight: 1 },
);
const fitText = fitTree.filter((tree) => tree.kind === 'string');

const beatTree = (index: number): fc.Arbitrary<Tree> =>
  fc
    .tuple(
      fc.constant<Members>([['beat_id', textTree(`B${index}`)]]),
      optional('summary', fitText),
      optional(
        'shot',
        inBodies.map((unknown) =>
          object([['shot_id', textTree(`S${index}`)], ['duration_s', { kind: 'number', text: '2.50' }], ...unknown]),
        ),
      ),
      optional('boards', anyTree),
      optional('takes', anyTree),
    )
    .chain((known) => inBodies.chain((unknown) => mixed(known.flat(), unknown)))
    .chain((members) => rarelySpoiled(object(members), 30));

/** A scene's tree, mostly sound and of this batch. */
export const sceneTree: fc.Arbitrary<Tree> = fc
  .tuple(
    fc.nat(3).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => beatTree(index)))),
    rarely(fc.constant(textTree(batchId)), anyTree),
    optional('title', anyText.map(textTree)),
    inBodies,
  )
  .chain(([beats, id, title, unknown]) =>
    mixed([['scene_id', id], ['beats', array(beats)], ['schema_version', numberOf(1)], ...title], unknown),
  )
  .chain((members) => rarelySpoiled(object(members), 30));

/** Told as text where a case fails. */
const readable = (bytes: Buffer): Buffer =>
  Object.assign(bytes, { [fc.toStringMethod]: () => JSON.stringify(bytes.toString('latin1').slice(0, 3000)) });

export const bytesOf = (tree: fc.Arbitrary<Tree>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(tree, anyLayout, rareDamage)
    .map(([made, layout, damage]) => readable(damage(Buffer.from(textOf(made, layout), 'utf8'))));

const ledgerBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(fc.oneof(anyTree, fc.constant(object([]))), { maxLength: 4 })
    .map((trees) => Buffer.from(trees.map((tree) => textOf(tree, { ...oneLine })).join(''), 'utf8')),
);

const oneLine = {
  indent: null,
  newline: '\n',
  colon: ':',
  blank: '',
  isAscii: false,
  hasMark: false,
  end: '\n',
} as const;

/** Names in the scenes folder, and what stands under them. */
export type FuzzedFiles = ReadonlyMap<string, Buffer>;

/** There in so many of ten cases. */
const maybe = (
  name: string,
  bytes: fc.Arbitrary<Buffer>,
  often: number,
): fc.Arbitrary<readonly (readonly [string, Buffer])[]> =>
  fc.oneof(
    { arbitrary: bytes.map((made) => [[name, made] as const]), weight: often },
    { arbitrary: fc.constant([]), weight: 10 - often },
  );

export const fuzzedFiles: fc.Arbitrary<FuzzedFiles> = fc
  .tuple(
    maybe(`${prefix}.versions.json`, bytesOf(manifestTree), 9),
    maybe(`${prefix}.json`, bytesOf(sceneTree), 9),
    maybe(bodyFile(2), bytesOf(sceneTree), 8),
    maybe(bodyFile(3), bytesOf(sceneTree), 8),
    maybe(bodyFile(7), bytesOf(sceneTree), 4),
    maybe(`${prefix}.v0003.json`, bytesOf(sceneTree), 1),
    maybe(`${prefix}.decisions.jsonl`, ledgerBytes, 2),
  )
  .map((files) => new Map(files.flat()));
