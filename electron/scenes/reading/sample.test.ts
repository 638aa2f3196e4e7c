/** The shipped sample holds what the first start promises: true fingerprints, unbroken ledgers, and only the damage that is meant. */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseExact } from '../../../shared/exactJson.ts';
import { fingerprintScene } from '../../../shared/fingerprint.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../shared/json.ts';
import type { Scene } from '../../../shared/scene.ts';
import { makeFolder, openSession, refOf } from '../testing/testWorkspaces.ts';

const sample = path.join(import.meta.dirname, '../../../assets/sample');
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const manifestShape = z.object({
  batch_id: z.string(),
  active_version: z.number(),
  versions: z.array(
    z.object({
      version: z.number(),
      artifact: z.string(),
      source: z.string(),
      structure_fingerprint: z.string(),
      shot_count: z.number(),
    }),
  ),
});
const ledgerShape = z.object({ seq: z.number(), at: z.string(), revision: z.string(), prev: z.string().nullable() });

const scenesFolders = readdirSync(sample, { recursive: true, encoding: 'utf8' })
  .filter((name) => path.basename(name) === 'scenes')
  .map((name) => path.join(sample, name))
  .sort();

const filesEnding = (ending: RegExp): string[] =>
  scenesFolders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => ending.test(name))
      .sort()
      .map((name) => path.join(folder, name)),
  );

function isScene(value: JsonValue): value is Scene {
  return isJsonObject(value) && typeof value.scene_id === 'string' && Array.isArray(value.beats);
}

function readBody(file: string): Scene {
  const value = parseExact(readFileSync(file, 'utf8'));
  if (!isScene(value)) throw new Error(`${file} is no scene`);
  return value;
}

const manifests = filesEnding(/\.versions\.json$/);
const bodies = filesEnding(/BATCH_\d+(\.v\d+)?\.json$/);

/** As the pipeline writes it: two spaces, nothing escaped that need not be, a newline at the end. */
const pipelineText = (value: JsonValue | JsonObject): string => `${JSON.stringify(value, null, 2)}\n`;

/** Opened as the first start does: a copy that may be changed. */
async function openCopy() {
  const copy = path.join(await makeFolder(), 'sample');
  cpSync(sample, copy, { recursive: true });
  return openSession(copy);
}

describe('the sample workspace', () => {
  it('shows two problems and no more: an orphan, and a body that was changed after it was written', async () => {
    const { session, batches } = await openCopy();
    const found = (await session.verifyWorkspace()).problems.map(
      ({ project, episode, batchId, code, severity, version }) =>
        [project, episode, batchId, code, severity, version].join(' '),
    );
    expect(found.sort()).toEqual([
      'night-ferry 1 BATCH_006 orphan_body warning 4',
      'night-ferry 2 BATCH_001 fingerprint_mismatch error 2',
    ]);
    expect(batches.filter(({ gate }) => gate === 'closed').length).toBeGreaterThan(0);
    expect(batches.filter(({ needsReview }) => needsReview).length).toBeGreaterThan(5);
  });

  it('opens on a comparison that shows every kind of change', async () => {
    const { session, batches } = await openCopy();
    const [first] = batches;
    expect(first).toMatchObject({ batchId: 'BATCH_001', needsReview: true, activeVersion: 3, newestCandidate: 5 });
    const { summary, counts } = await session.compareVersions(refOf('night-ferry', 1, 'BATCH_001'), 3, 5);
    expect(summary).toBe('v5 against v3: 1 added, 1 removed, 3 edited, 1 moved, 1 retimed; 41.9 s → 44.4 s.');
    expect(Object.values(counts).every((count) => count > 0)).toBe(true);
  });

  it('has about twenty batches in two projects, flat ones among them', () => {
    const batches = new Set(bodies.map((file) => file.replace(/(\.v\d+)?\.json$/, '')));
    expect(batches.size).toBeGreaterThanOrEqual(20);
    expect(new Set(scenesFolders.map((folder) => path.relative(sample, folder).split(path.sep)[0])).size).toBe(2);
    expect(batches.size).toBeGreaterThan(manifests.length);
  });

  it('records the fingerprint and the shots that each body has, but for the one body that was changed afterwards', () => {
    const wrong: string[] = [];
    for (const file of manifests) {
      for (const entry of manifestShape.parse(JSON.parse(readFileSync(file, 'utf8'))).versions) {
        const body = readBody(path.join(path.dirname(file), entry.artifact));
        expect(body.beats.length).toBe(entry.shot_count);
        if (fingerprintScene(body, sha256) !== entry.structure_fingerprint) {
          wrong.push(`${entry.artifact} (${entry.source})`);
        }
      }
    }
    expect(wrong).toEqual(['ep_002_BATCH_001.v002.json (rederive)']);
  });

  it('leaves exactly one body that no manifest names', () => {
    const named = new Set(
      manifests.flatMap((file) =>
        manifestShape
          .parse(JSON.parse(readFileSync(file, 'utf8')))
          .versions.map((entry) => path.join(path.dirname(file), entry.artifact)),
      ),
    );
    const orphans = bodies.filter((file) => /\.v\d+\.json$/.test(file) && !named.has(file));
    expect(orphans.map((file) => path.basename(file))).toEqual(['ep_001_BATCH_006.v004.json']);
  });

  it('is written byte for byte as the pipeline writes', () => {
    for (const file of [...bodies, ...manifests]) {
      const text = readFileSync(file, 'utf8');
      expect(text, file).toBe(pipelineText(parseExact(text)));
    }
  });

  it('has ledgers whose chain is unbroken and whose last line knows the manifest as it stands', () => {
    const ledgers = filesEnding(/\.decisions\.jsonl$/);
    expect(ledgers.length).toBeGreaterThan(5);
    for (const file of ledgers) {
      const text = readFileSync(file, 'utf8');
      expect(text.endsWith('\n'), file).toBe(true);
      const lines = text.slice(0, -1).split('\n');
      const parsed = lines.map((line) => ledgerShape.parse(JSON.parse(line)));
      parsed.forEach((line, index) => {
        const before = lines[index - 1];
        expect(line.seq).toBe(index + 1);
        expect(line.prev).toBe(before === undefined ? null : sha256(before));
        expect(line.at >= (parsed[index - 1]?.at ?? '')).toBe(true);
      });
      const manifest = readFileSync(file.replace('.decisions.jsonl', '.versions.json'));
      expect(parsed.at(-1)?.revision, file).toBe(sha256(manifest));
    }
  });

  it('shows a scene of sixty beats', () => {
    expect(bodies.some((file) => readBody(file).beats.length === 60)).toBe(true);
  });
});
