/** That a manifest of any layout keeps every character that a change does not mean. */
import { describe, expect, it } from 'vitest';
import { parseBatchId } from '../../../shared/ids.ts';
import { parseManifest } from '../reading/manifest.ts';
import { type EditableManifest, editable, type NewEntry, withChange, withEntry } from './manifestEdits.ts';

const two = `{
  "schema_version": 1,
  "batch_id": "BATCH_003",
  "unit": {"versions": [], "big": 12345678901234567890},
  "active_version": 1,
  "versions": [
    {
      "version": 1,
      "artifact": "a.json"
    },
    {
      "version": 2,
      "artifact": "b.json",
      "x": [1.0, 2e0]
    }
  ]
}
`;
const tight =
  '{"schema_version":1,"batch_id":"BATCH_003","active_version":1,"versions":[{"version":1,"artifact":"a.json"}]}';
const layouts: readonly (readonly [string, string])[] = [
  ['two spaces', two],
  ['four spaces', two.replace(/^ +/gm, (blanks) => blanks + blanks)],
  ['tabs', two.replace(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / 2))],
  ['lines that end as on Windows', two.replaceAll('\n', '\r\n')],
  ['no newline at the end', two.trimEnd()],
  ['one line as Python writes it', tight.replaceAll(',', ', ').replaceAll(':', ': ')],
  ['one line without blanks', tight],
  [
    'one line for each entry',
    '{"schema_version": 1, "batch_id": "BATCH_003",\n "active_version": 1,\n "versions": [\n  {"version": 1, "artifact": "a.json"},\n  { "version": 2, "artifact": "b.json" }\n ]}\n',
  ],
  [
    'an empty list',
    '{\n\t"schema_version": 1,\n\t"batch_id": "BATCH_003",\n\t"active_version": 1,\n\t"versions": []\n}\n',
  ],
  ['an empty list in one line', '{"schema_version": 1, "batch_id": "BATCH_003", "active_version": 1, "versions": []}'],
];

const entry: NewEntry = {
  version: 3,
  artifact: 'c.json',
  state: 'candidate',
  downstream: 'not_derived',
  kind: 'pickup',
  source: 'rederive',
  parent_version: null,
  structure_fingerprint: 'sf1:0',
  shot_count: 8,
  created_at: '2026-11-21T00:00:00.000Z',
};

function open(text: string): EditableManifest {
  const source = editable(parseManifest(Buffer.from(text), parseBatchId('BATCH_003'), 'manifest'));
  if (source === null) throw new Error('This manifest may not be written.');
  return source;
}

/** What stands in `after` and not in `before`, which is all there but for it. */
function inserted(before: string, after: string): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  const end = before.length - start;
  expect(after.slice(after.length - end)).toBe(before.slice(start));
  return after.slice(start, after.length - end);
}

describe('an entry that is added', () => {
  it.each(layouts)('leaves every character as it was in a manifest with %s', (_, text) => {
    const after = withEntry(open(text), entry).toString();
    inserted(text, after);
    const parsed = open(after).manifest;
    expect(parsed.versions.at(-1)).toEqual(entry);
    expect(parsed.versions.slice(0, -1)).toEqual(open(text).manifest.versions);
  });

  it('is laid out as the entry before it', () => {
    const added = (text: string): string => inserted(text, withEntry(open(text), entry).toString());
    expect(added(two)).toContain(',\n    {\n      "version": 3,\n      "artifact": "c.json",\n');
    expect(added(tight)).toMatch(/^,\{"version":3,"artifact":"c\.json",.*\}$/);
    const tabs = layouts.find(([name]) => name === 'an empty list')?.[1] ?? '';
    expect(withEntry(open(tabs), entry).toString()).toContain('"versions": [\n\t\t{\n\t\t\t"version": 3,\n');
    const windows = layouts.find(([name]) => name.includes('Windows'))?.[1] ?? '';
    expect(withEntry(open(windows), entry).toString()).not.toMatch(/[^\r]\n/);
  });
});

describe('a change of an entry', () => {
  it.each(layouts.filter(([name]) => !name.includes('empty')))(
    'adds the fields that an older pipeline left out and nothing else, in a manifest with %s',
    (_, text) => {
      const source = open(text);
      const after = withChange(source, { entry: { version: 1, state: 'approved', downstream: 'derived' } })?.toString();
      expect(inserted(text, after ?? '').replace(/\s/g, '')).toBe(',"state":"approved","downstream":"derived"');
      const moved = withChange(source, { activeVersion: 17 })?.toString();
      expect(moved).toBe(text.replace(/("active_version": ?)1/, (_whole, key: string) => `${key}17`));
    },
  );
});
