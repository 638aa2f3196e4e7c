/** Handlers of scenes: what a request may hold, and which of the session's functions answers it. */
import { z } from 'zod';
import { isRevision, type Revision } from '../../shared/ids.ts';
import { fromWire, objectToWire } from '../../shared/wire.ts';
import type { WorkspaceSession } from '../scenes/workspace/workspaceSession.ts';
import { batchInput, noteInput, workspaceInput } from './batchInput.ts';
import type { Handlers } from './handler.ts';

const versionNumber = z.int().positive();
const nothing = z.strictObject({});

const expectedRevision = z
  .custom<Revision>((value) => typeof value === 'string' && isRevision(value), {
    error: 'must be the hex SHA-256 of the manifest, or "absent"',
  })
  .optional();
const decision = z.strictObject({
  ...batchInput,
  version: versionNumber,
  note: noteInput,
  expectedRevision,
  workspace: workspaceInput,
});

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
  | 'verifyWorkspace'
  | 'stopVerifying';

export function sceneHandlers(session: WorkspaceSession): Pick<Handlers, SceneRequest> {
  return {
    listBatches: { input: nothing, run: async () => ({ batches: await session.listBatches() }) },
    getBatch: { input: z.strictObject(batchInput), run: (ref) => session.getBatch(ref) },
    readScene: {
      input: z.strictObject({ ...batchInput, version: versionNumber }),
      run: async ({ version, ...ref }) => objectToWire(await session.readScene(ref, version)),
    },
    compareVersions: {
      input: z.strictObject({ ...batchInput, from: versionNumber, to: versionNumber }),
      run: ({ from, to, ...ref }) => session.compareVersions(ref, from, to),
    },
    writeCandidate: {
      input: z.strictObject({
        ...batchInput,
        scene: z.unknown(),
        parentVersion: versionNumber.nullable().optional(),
        kind: z.enum(['pickup', 'reshoot']).optional(),
        source: z.string().trim().min(1).max(200).optional(),
        dedup: z.boolean().optional(),
        expectedRevision,
        workspace: workspaceInput,
      }),
      run: async ({ project, episode, batchId, scene, workspace, ...options }) => {
        session.requireOpen(workspace);
        return await session.writeCandidate({ project, episode, batchId }, fromWire(scene), options);
      },
    },
    conformVersion: {
      input: decision,
      run: async ({ project, episode, batchId, version, workspace, ...options }) => {
        session.requireOpen(workspace);
        return await session.conformVersion({ project, episode, batchId }, version, options);
      },
    },
    revertVersion: {
      input: decision,
      run: async ({ project, episode, batchId, version, workspace, ...options }) => {
        session.requireOpen(workspace);
        return await session.revertVersion({ project, episode, batchId }, version, options);
      },
    },
    markDerived: {
      input: decision,
      run: async ({ project, episode, batchId, version, workspace, ...options }) => {
        session.requireOpen(workspace);
        return await session.markDerived({ project, episode, batchId }, version, options);
      },
    },
    stopWaiting: {
      input: z.strictObject(batchInput),
      run: async (ref) => ({ stopped: await session.stopWaiting(ref) }),
    },
    verifyWorkspace: { input: nothing, run: () => session.verifyWorkspace() },
    stopVerifying: {
      input: nothing,
      run: async () => {
        session.stopVerifying();
        return {};
      },
    },
  };
}
