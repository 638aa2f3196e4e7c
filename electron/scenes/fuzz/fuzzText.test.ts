/** Random text and bytes as JSON: what we take is what Python takes, and no value is lost on any way through the program. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonTextError, parseUnmarked, stringifyExact } from '../../../shared/exactJson.ts';
import type { JsonValue } from '../../../shared/json.ts';
import { fromWire, toWire } from '../../../shared/wire.ts';
import { inspectBytes } from '../../drafts/bodyFile.ts';
import { openDrafts } from '../../drafts/draftStore.ts';
import { decodeUtf8 } from '../reading/manifest.ts';
import { parseBody } from '../reading/sceneBody.ts';
import { refOf } from '../testing/testWorkspaces.ts';
import { batchId, bytesOf, sceneTree } from './fuzzedBatch.ts';
import { anyDamage, anyTree, textOf } from './fuzzedJson.ts';
import { fuzzRuns, fuzzTimeout } from './fuzzRuns.ts';
import { bareValue, startOracle } from './jsonOracle.ts';

const oracle = startOracle();

/** Null where it is refused. */
function parsed(bytes: Uint8Array): { readonly value: JsonValue } | null {
  const text = decodeUtf8(bytes);
  if (text === null) return null;
  try {
    return { value: parseUnmarked(text) };
  } catch (error) {
    if (error instanceof JsonTextError) return null;
    throw error;
  }
}

test(
  'what Python reads is read with the same values, through memory, wire and file; what it refuses is refused',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytesOf(anyTree), bytesOf(sceneTree)), async (bytes) => {
        const tree = await oracle.read(bytes);
        const own = parsed(bytes);
        if (tree === null) {
          expect(own).toBeNull();
          return;
        }
        if (own === null) throw new Error('Python reads it, and we do not.');
        const crossed = fromWire(JSON.parse(JSON.stringify(toWire(own.value))));
        for (const indent of [0, 2]) {
          const back = await oracle.read(Buffer.from(stringifyExact(crossed, indent), 'utf8'));
          expect(back && bareValue(back)).toEqual(bareValue(tree));
        }
      }),
      fuzzRuns(400),
    );
  },
  fuzzTimeout(400),
);

test(
  'the bytes of a body, and of one that a person brings in, never throw',
  () => {
    const bytes = fc.oneof(
      bytesOf(sceneTree),
      bytesOf(anyTree),
      anyDamage.map((damage) => damage(Buffer.from('{"scene_id": "B"}'))),
    );
    fc.assert(
      fc.property(bytes, (made) => {
        const body = parseBody(made);
        const brought = inspectBytes('body.json', made);
        expect(brought.errors.every(({ message }) => /^\S.*[.…]$/s.test(message))).toBe(true);
        if (brought.scene === null) expect(brought.errors.length).toBeGreaterThan(0);
        // What may be written as a candidate is a body that can be read and fingerprinted.
        if (brought.errors.length === 0) expect(body).toMatchObject({ ok: true, facts: { unfit: null } });
      }),
      fuzzRuns(400),
    );
  },
  fuzzTimeout(400),
);

test(
  'a draft comes back as it was kept, and one that was damaged is told and put aside, never thrown',
  async () => {
    const ref = refOf('harbor', 1, batchId);
    const dataFolder = await mkdtemp(join(tmpdir(), 'picture-lock-fuzz-'));
    const drafts = openDrafts({ dataFolder, workspace: () => '/mnt/prod', log: { warn: () => undefined } });
    const filesIn = async () =>
      (await readdir(join(dataFolder, 'drafts'), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
    try {
      await fc.assert(
        fc.asyncProperty(sceneTree, fc.option(anyDamage), async (tree, damage) => {
          const text = textOf(tree, {
            indent: null,
            newline: '\n',
            colon: ':',
            blank: '',
            isAscii: false,
            hasMark: false,
            end: '',
          });
          const { scene, errors } = inspectBytes('body.json', Buffer.from(text, 'utf8'));
          if (scene === null || errors.length > 0) return;
          await drafts.save({ batch: ref, baseVersion: 1, scene, kind: 'pickup', source: 's', pending: null });
          const kept = await drafts.read(ref);
          // Through JSON, to which 0 has no sign.
          expect(JSON.stringify(kept.draft?.scene)).toBe(JSON.stringify(scene));
          const back = await oracle.read(Buffer.from(stringifyExact(fromWire(kept.draft?.scene)), 'utf8'));
          const given = await oracle.read(Buffer.from(text, 'utf8'));
          expect(back && bareValue(back)).toEqual(given && bareValue(given));
          if (damage === null) return;
          const [file = ''] = await filesIn();
          const damaged = damage(await readFile(file));
          await writeFile(file, damaged);
          const heads = await drafts.list();
          const { draft, note } = await drafts.read(ref);
          expect(draft !== null || note !== undefined || heads.notes !== undefined || heads.drafts.length > 0).toBe(
            true,
          );
          for (const left of await filesIn()) await rm(left);
        }),
        fuzzRuns(60),
      );
    } finally {
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
  fuzzTimeout(60),
);
