import { expect, test } from 'vitest';
import { parseBatchId } from '../../../shared/ids.ts';
import { parseManifest } from './manifest.ts';

const batch = parseBatchId('BATCH_003');
const file = 'ep_001_BATCH_003.versions.json';
const read = (text: string | Uint8Array) =>
  parseManifest(typeof text === 'string' ? new TextEncoder().encode(text) : text, batch, file);

const entry = (version: number, more: object = {}) => ({
  version,
  artifact: `ep_001_BATCH_003.v00${version}.json`,
  ...more,
});
const manifest = (more: object = {}) =>
  JSON.stringify({
    schema_version: 1,
    batch_id: 'BATCH_003',
    active_version: 1,
    versions: [entry(1), entry(2)],
    ...more,
  });

const problemOf = (text: string | Uint8Array) => {
  const parsed = read(text);
  const first = parsed.problems[0];
  return { code: first?.code, jsonPath: first?.jsonPath, version: first?.version, isWritable: parsed.isWritable };
};

test('a manifest with only the fields that are sure is read and writable, and unknown fields stay', () => {
  const parsed = read(manifest({ pipeline: { build: 7 } }));
  expect(parsed.problems).toEqual([]);
  expect(parsed.isWritable).toBe(true);
  expect(parsed.manifest?.pipeline).toEqual({ build: 7 });
});

test('the revision is the SHA-256 of the bytes, the byte-order mark included', () => {
  expect(read('').revision).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const marked = read(`\uFEFF${manifest()}`);
  expect(marked.problems).toEqual([]);
  expect(marked.hasByteOrderMark).toBe(true);
  expect(marked.text).toBe(manifest());
  expect(marked.revision).not.toBe(read(manifest()).revision);
});

test('what is not UTF-8 JSON is unreadable, with the line where it stops', () => {
  expect(problemOf(Buffer.from(`\uFEFF${manifest()}`, 'utf16le')).code).toBe('manifest_unreadable');
  expect(problemOf(Uint8Array.from([0x7b, 0xff, 0x7d])).code).toBe('manifest_unreadable');
  expect(problemOf('').code).toBe('manifest_unreadable');
  expect(problemOf('{"schema_version": NaN}').code).toBe('manifest_unreadable');
  expect(problemOf(`${'['.repeat(100_000)}`).code).toBe('manifest_unreadable');
  const torn = read('{\n  "schema_version": 1,\n  "batch_');
  expect(torn.problems[0]?.message).toMatch(
    /^ep_001_BATCH_003.versions.json cannot be read: A string is not closed.*\(line 3, column 3\)/,
  );
  const comma = read('{\n  "schema_version": 1,\n  "batch_id": ,\n  "versions": []}');
  expect(comma.problems[0]?.message).toContain('line 3');
});

test('a wrong shape is invalid, and the field is named', () => {
  expect(problemOf('["not"]')).toMatchObject({ code: 'manifest_invalid', jsonPath: '$', isWritable: false });
  expect(problemOf('null').code).toBe('manifest_invalid');
  expect(problemOf(manifest({ versions: [entry(1), entry(2, { state: 'final' })] })).jsonPath).toBe(
    '$.versions[1].state',
  );
  expect(problemOf(manifest({ versions: [{ version: 1 }] })).jsonPath).toBe('$.versions[0].artifact');
  expect(problemOf(manifest({ active_version: '1' })).jsonPath).toBe('$.active_version');
  expect(problemOf(manifest({ versions: [entry(1, { version: 1.5 })] })).jsonPath).toBe('$.versions[0].version');
});

test('a key that stands twice in the manifest or an entry is invalid, deeper down it is not', () => {
  const twice = '{"schema_version":1,"batch_id":"BATCH_003","active_version":1,"active_version":2,"versions":[]}';
  expect(problemOf(twice)).toMatchObject({ code: 'manifest_invalid', jsonPath: '$.active_version', isWritable: false });
  const escaped = manifest().replace('"version":2', '"version":1,"\\u0076ersion":2');
  expect(problemOf(escaped)).toMatchObject({ code: 'manifest_invalid', jsonPath: '$.versions[1].version' });
  const inside = manifest().replace('"version":2', '"version":2,"x":{"a":1,"a":2},"colon":"a:b\\":"');
  expect(read(inside).problems).toEqual([]);
});

test("another batch's manifest is no manifest of this one", () => {
  expect(problemOf(manifest({ batch_id: 'BATCH_004' }))).toMatchObject({
    code: 'manifest_batch_mismatch',
    isWritable: false,
  });
});

test('a newer schema is read as far as it goes and never written', () => {
  const newer = read(manifest({ schema_version: 2 }));
  expect(newer.manifest?.versions).toHaveLength(2);
  expect(newer.problems.map(({ code }) => code)).toEqual(['schema_version_unsupported']);
  expect(newer.isWritable).toBe(false);
  const strange = read(manifest({ schema_version: 2, versions: { 1: {} } }));
  expect(strange.manifest).toBeNull();
  expect(strange.problems.map(({ code }) => code)).toEqual(['schema_version_unsupported']);
});

test('a lost pointer is writable, a version registered twice is not', () => {
  expect(problemOf(manifest({ active_version: 42 }))).toEqual({
    code: 'active_version_unregistered',
    jsonPath: '$.active_version',
    version: 42,
    isWritable: true,
  });
  expect(problemOf(manifest({ versions: [entry(1), entry(2), entry(2)] }))).toEqual({
    code: 'version_registered_twice',
    jsonPath: '$.versions[2].version',
    version: 2,
    isWritable: false,
  });
});

test('a key named __proto__ is data', () => {
  const parsed = read(manifest().replace('"version":2', '"version":2,"__proto__":{"state":"approved"}'));
  expect(parsed.problems).toEqual([]);
  expect(parsed.manifest?.versions[1]?.state).toBeUndefined();
});

test('one byte-order mark is accepted, a second one is no JSON', () => {
  expect(problemOf(`\ufeff${manifest()}`)).toEqual({ isWritable: true });
  expect(problemOf(`\ufeff\ufeff${manifest()}`)).toMatchObject({ code: 'manifest_unreadable', isWritable: false });
});

test('a text of megabytes in a field that is not known is read, colons and quotes in it too', () => {
  const note = ':"\\'.repeat(3_000_000);
  expect(problemOf(manifest({ note }))).toEqual({ isWritable: true });
});
