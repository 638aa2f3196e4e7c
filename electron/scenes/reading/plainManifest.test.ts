import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBatchId } from '../../../shared/ids.ts';
import { runUntil } from '../fuzz/fuzzRuns.ts';
import { parseManifest } from './manifest.ts';
import { soundManifest } from './plainManifest.ts';

const batchId = parseBatchId('BATCH_003');
const version = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 1, max: 4 }) },
  fc.constantFrom(0, -1, 1.5, 2 ** 53, '1', null),
);
const text = fc.oneof(
  { weight: 40, arbitrary: fc.string({ unit: 'grapheme' }) },
  fc.constantFrom(null, 7, '\ufffd', 'a": "b'),
);
const oneOf = (...words: readonly string[]) =>
  fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...words, null) }, fc.constantFrom('other', 3));

const entry = fc.record(
  {
    version,
    artifact: fc.oneof({ weight: 60, arbitrary: fc.constantFrom('a.json', '../b.json', '') }, fc.constantFrom(null, 3)),
    state: oneOf('candidate', 'approved'),
    downstream: oneOf('not_derived', 'derived'),
    kind: oneOf('pickup', 'reshoot'),
    source: text,
    parent_version: version,
    structure_fingerprint: text,
    shot_count: fc.oneof({ weight: 40, arbitrary: fc.nat(9) }, fc.constantFrom(-1, 0.5, '2', null)),
    created_at: text,
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ['version', 'artifact'] },
);
const manifest = fc.record(
  {
    schema_version: fc.oneof({ weight: 60, arbitrary: fc.constant(1) }, fc.constantFrom(2, 0, '1', null)),
    batch_id: fc.oneof({ weight: 60, arbitrary: fc.constant('BATCH_003') }, fc.constantFrom('BATCH_004', 3)),
    active_version: version,
    versions: fc.oneof(
      {
        weight: 60,
        arbitrary: fc.uniqueArray(entry, { maxLength: 4, minLength: 1, selector: (each) => each.version }),
      },
      fc.constantFrom(null, {}, 'v'),
    ),
    unknown: fc.jsonValue(),
    ['__proto__']: fc.jsonValue(),
  },
  { requiredKeys: ['versions'] },
);

const pipelineText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const judged = (json: string) => {
  const { manifest: found, problems, isWritable } = parseManifest(Buffer.from(json), batchId, 'x.versions.json');
  return { found, problems, isWritable };
};

test('without a schema nothing is called sound that the schema would not call so', async () => {
  let sound = 0;
  const judge = fc.property(manifest, (value) => {
    const json = pipelineText(value);
    if (soundManifest(json, batchId) !== null) sound += 1;
    // A space at the end is nothing to the schema's way, and takes the text off the other one.
    expect(judged(json)).toEqual(judged(`${json} `));
  });
  await runUntil(
    () => sound > 20,
    async () => fc.assert(judge, { numRuns: 800 }),
  );
  expect(sound).toBeGreaterThan(20);
});

test('a key that stands twice, a rounded number and text that is not UTF-8 are left to the schema', () => {
  const json = pipelineText({
    schema_version: 1,
    batch_id: 'BATCH_003',
    active_version: 1,
    versions: [{ version: 1, artifact: 'a.json' }],
  });
  expect(soundManifest(json, batchId)).not.toBeNull();
  expect(
    soundManifest(json.replace('"active_version": 1', '"active_version": 2,\n  "active_version": 1'), batchId),
  ).toBeNull();
  expect(soundManifest(json.replace('"version": 1', '"version": 1.0'), batchId)).toBeNull();
  expect(soundManifest(json.replace('a.json', '\ufffd.json'), batchId)).toBeNull();
  expect(soundManifest(json.replace('BATCH_003', 'BATCH_004'), batchId)).toBeNull();
});
