/** How a batch is named in the input of every request that is about one. */
import { z } from 'zod';
import { type BatchId, isBatchId, isProjectName, type ProjectName } from '../../shared/ids.ts';

const projectInput = z.custom<ProjectName>((value) => typeof value === 'string' && isProjectName(value), {
  error: 'must be the name of a project folder, no path',
});

const batchIdInput = z.custom<BatchId>((value) => typeof value === 'string' && isBatchId(value), {
  error: 'must be BATCH_ and three digits or more',
});

/** Fields of a strict object. */
export const batchInput = { project: projectInput, episode: z.int().nonnegative(), batchId: batchIdInput };

/** Of the workspace that a write is meant for; `WorkspaceSession.requireOpen` judges it. */
export const workspaceInput = z.string().optional();

/** For the ledger; an empty note is none. */
export const noteInput = z
  .string()
  .trim()
  .max(4000)
  .transform((text) => (text === '' ? undefined : text))
  .optional();
