/** Handlers of scenes: what a request may hold, and which of the session's functions answers it. */
import { z } from 'zod';
import {
  type BatchId,
  isBatchId,
  isProjectName,
  isRevision,
  type ProjectName,
  type Revision,
} from '../../shared/ids.ts';
import type { WireObject, WireValue } from '../../shared/json.ts';
import { fromWire, toWire } from '../../shared/wire.ts';
import type { WorkspaceSession } from '../scenes/workspace/workspaceSession.ts';
import type { Handlers } from './handler.ts';

const project = z.custom<ProjectName>((value) => typeof value === 'string' && isProjectName(value), {
  error: 'must be the name of a project folder, no path',
});
const batchId = z.custom<BatchId>((value) => typeof value === 'string' && isBatchId(value), {
  error: 'must be BATCH_ and three digits or more',
});
const versionNumber = z.int().positive();
const batch = { project, episode: z.int().nonnegative(), batchId };
const nothing = z.strictObject({});

const expectedRevision = z
  .custom<Revision>((value) => typeof value === 'string' && isRevision(value), {
    error: 'must be the hex SHA-256 of the manifest, or "absent"',
  })
  .optional();
/** An empty note is none. */
const note = z
  .string()
  .trim()
  .max(4000)
  .transform((text) => (text === '' ? undefined : text))
  .optional();
const decision = z.strictObject({ ...batch, version: versionNumber, note, expectedRevision });

type SceneRequest =
  | 'listBatches'
  | 'getBatch'
  | 'readScene'
  | 'compareVersions'
  | 'writeCandidate'
  | 'conformVersion'
  | 'revertVersion'
  | 'markDerived'
  | 'stopWaiting'
  | 'verifyWorkspace';

export function sceneHandlers(session: WorkspaceSession): Pick<Handlers, SceneRequest> {
  return {
    listBatches: { input: nothing, run: async () => ({ batches: await session.listBatches() }) },
    getBatch: { input: z.strictObject(batch), run: (ref) => session.getBatch(ref) },
    readScene: {
      input: z.strictObject({ ...batch, version: versionNumber }),
      run: async ({ version, ...ref }) => asWireObject(toWire(await session.readScene(ref, version))),
    },
    compareVersions: {
      input: z.strictObject({ ...batch, from: versionNumber, to: versionNumber }),
      run: ({ from, to, ...ref }) => session.compareVersions(ref, from, to),
    },
    writeCandidate: {
      input: z.strictObject({
        ...batch,
        scene: z.unknown(),
        parentVersion: versionNumber.nullable().optional(),
        kind: z.enum(['pickup', 'reshoot']).optional(),
        source: z.string().trim().min(1).max(200).optional(),
        dedup: z.boolean().optional(),
        expectedRevision,
      }),
      run: ({ project, episode, batchId, scene, ...options }) =>
        session.writeCandidate({ project, episode, batchId }, fromWire(scene), options),
    },
    conformVersion: {
      input: decision,
      run: ({ project, episode, batchId, version, ...options }) =>
        session.conformVersion({ project, episode, batchId }, version, options),
    },
    revertVersion: {
      input: decision,
      run: ({ project, episode, batchId, version, ...options }) =>
        session.revertVersion({ project, episode, batchId }, version, options),
    },
    markDerived: {
      input: decision,
      run: ({ project, episode, batchId, version, ...options }) =>
        session.markDerived({ project, episode, batchId }, version, options),
    },
    stopWaiting: { input: z.strictObject(batch), run: async (ref) => ({ stopped: await session.stopWaiting(ref) }) },
    verifyWorkspace: { input: nothing, run: async () => ({ problems: await session.verifyWorkspace() }) },
  };
}

const isWireObject = (value: WireValue): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asWireObject(value: WireValue): WireObject {
  if (isWireObject(value)) return value;
  throw new TypeError('A scene is an object, on the wire too.');
}
