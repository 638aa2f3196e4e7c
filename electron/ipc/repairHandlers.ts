/** The handler of repairs: without a confirmation it shows what would be done, with one it is done. */
import { z } from 'zod';
import { repairs } from '../../shared/problem.ts';
import type { RepairRequest } from '../scenes/store/storeOptions.ts';
import type { WorkspaceSession } from '../scenes/workspace/workspaceSession.ts';
import { batchInput, noteInput, workspaceInput } from './batchInput.ts';
import type { Handlers } from './handler.ts';

const previewId = z.custom<string>((value) => typeof value === 'string' && previewIdPattern.test(value), {
  error: 'must be the previewId of the preview that is confirmed',
});
const previewIdPattern = /^(?:\d{8}T\d{6}Z-)?[0-9a-f]{64}$/;

const input = z
  .strictObject({
    ...batchInput,
    repair: z.enum(repairs),
    version: z.int().positive().optional(),
    note: noteInput,
    confirm: previewId.optional(),
    workspace: workspaceInput,
  })
  .superRefine(({ repair, version }, context) => {
    if ((repair === 'adoptOrphan') === (version !== undefined)) return;
    const message =
      repair === 'adoptOrphan' ? 'must be the number of the orphan' : `is for adoptOrphan alone, not for ${repair}`;
    context.addIssue({ code: 'custom', path: ['version'], input: version, message });
  });

/** The schema has seen to it that an orphan has a number. */
const requestOf = ({ repair, version = 0 }: z.infer<typeof input>): RepairRequest =>
  repair === 'adoptOrphan' ? { repair, version } : { repair };

export function repairHandlers(session: WorkspaceSession): Pick<Handlers, 'repairBatch'> {
  return {
    repairBatch: {
      input,
      run: async ({ project, episode, batchId, note, confirm, workspace, ...asked }) => {
        session.requireOpen(workspace);
        const ref = { project, episode, batchId };
        const request = requestOf({ ...ref, ...asked });
        return confirm === undefined
          ? await session.previewRepair(ref, request)
          : await session.repairBatch(ref, request, { note, confirm });
      },
    },
  };
}
