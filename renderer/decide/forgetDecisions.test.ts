import { expect, test, vi } from 'vitest';
import { absentRevision, isProjectName, parseBatchId } from '../../shared/ids.ts';
import { useToasts } from '../ui/toasts.ts';
import { useUndoables } from './undoable.ts';

test('in another workspace nothing of the one before can be taken back, and no message offers it', async () => {
  const nothing = () => () => undefined;
  vi.stubGlobal('window', { pictureLock: { request: nothing, onNotice: nothing, onConnection: nothing } });
  const { forgetDecisions } = await import('./forgetDecisions.ts');
  const project = 'harbor';
  if (!isProjectName(project)) throw new Error('It is a name.');
  for (const id of ['BATCH_001', 'BATCH_002']) {
    const toast = useToasts.getState().show({ kind: 'done', title: `${id} is conformed.` });
    const ref = { project, episode: 1, batchId: parseBatchId(id) };
    const seen = { manifest: null, revision: absentRevision, ledger: [] };
    useUndoables.getState().offer({ ref, kind: 'conform', back: 1, decided: 2, seen, toast });
  }
  forgetDecisions();
  expect(useUndoables.getState().undoables).toEqual([]);
  expect(useToasts.getState().toasts).toEqual([]);
});
