/** A decision on many batches while it is previewed, carried out and told of: its state, and the steps that a person takes in it. */
import { create } from 'zustand';
import type { BatchRow, WorkspaceInfo } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { type Undoable, useUndoables } from '../decide/undoable.ts';
import { queryClient } from '../queryClient.ts';
import { refOfRow } from '../scenes/batchList.ts';
import { openWorkspacePath } from '../scenes/openWorkspacePath.ts';
import { batchesQuery, hostQuery } from '../scenes/queries.ts';
import type { BulkItem, BulkKind, ItemState } from './bulkItem.ts';
import { useMarks } from './marks.ts';

export interface BulkJob {
  readonly id: number;
  readonly kind: BulkKind;
  /** Path of the workspace that the preview looked at. */
  readonly workspace: string | null;
  /** Reading: the preview looks at each batch. Nothing is written before `running`. */
  readonly stage: 'reading' | 'preview' | 'running' | 'done';
  readonly items: readonly BulkItem[];
  readonly note: string;
  /** What is under way ends, nothing more is begun. */
  readonly isStopping: boolean;
  /** A sentence, where it stopped by itself. */
  readonly stoppedBecause: string | null;
}

interface Bulk {
  readonly job: BulkJob | null;
  readonly isOpen: boolean;
}

export const useBulk = create<Bulk>()(() => ({ job: null, isOpen: false }));

let lastId = 0;

export type BulkSubject = Pick<BulkItem, 'key' | 'ref' | 'title'>;

export const jobOf = (id: number): BulkJob | null => {
  const { job } = useBulk.getState();
  return job?.id === id ? job : null;
};

export function changeJob(id: number, change: Partial<BulkJob>): void {
  useBulk.setState(({ job }) => (job?.id === id ? { job: { ...job, ...change } } : {}));
}

/** How often the screen hears of what was read and done: thousands of batches are not told one by one. */
const tellEveryMs = 120;

/** Collects what became of items and tells it in one go; `flush` tells the rest. */
export function itemChanges(id: number): { tell(key: string, state: ItemState): void; flush(): void } {
  const changed = new Map<string, ItemState>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const job = jobOf(id);
    if (!job || changed.size === 0) return;
    const items = job.items.map((item) => {
      const state = changed.get(item.key);
      return state ? { ...item, state } : item;
    });
    changed.clear();
    changeJob(id, { items });
  };
  return {
    tell: (key, state) => {
      changed.set(key, state);
      timer ??= setTimeout(flush, tellEveryMs);
    },
    flush,
  };
}

export function startJob(kind: BulkKind, subjects: readonly BulkSubject[]): number {
  lastId += 1;
  const items = subjects.map((subject): BulkItem => ({ ...subject, state: { kind: 'unread' } }));
  const job: BulkJob = {
    id: lastId,
    kind,
    workspace: openWorkspacePath(),
    stage: 'reading',
    items,
    note: '',
    isStopping: false,
    stoppedBecause: null,
  };
  useBulk.setState({ job, isOpen: true });
  return lastId;
}

export const openWorkspaceInfo = (): WorkspaceInfo | null =>
  queryClient.getQueryData(hostQuery().queryKey)?.workspace ?? null;

/** Of these keys the batches that are there, in the order of the list. */
export function rowsOf(keys: { readonly size: number; has(key: string): boolean }): readonly BatchRow[] {
  const rows = queryClient.getQueryData(batchesQuery().queryKey) ?? [];
  return keys.size === 0 ? [] : rows.filter((row) => keys.has(batchKey(row)));
}

export const subjectOf = (row: BatchRow): BulkSubject => ({
  key: batchKey(row),
  ref: refOfRow(row),
  title: row.title,
});

/** What of that job can still be taken back: nobody here has decided on those batches since. */
export const undoablesOf = (id: number): readonly Undoable[] =>
  useUndoables.getState().undoables.filter((each) => each.bulk === id);

export const setBulkNote = (id: number, note: string): void => changeJob(id, { note });

/** Those under way finish, the rest stays untouched. */
export function stopBulk(because: string | null = null): void {
  const { job } = useBulk.getState();
  if (job?.stage === 'running') changeJob(job.id, { isStopping: true, stoppedBecause: job.stoppedBecause ?? because });
}

/** What was carried out stays to be looked at again; a preview that is left is given up. */
export function closeBulk(): void {
  useBulk.setState(({ job }) => ({ isOpen: false, job: job?.stage === 'done' ? job : null }));
}

export const showResultAgain = (): void => useBulk.setState(({ job }) => ({ isOpen: job?.stage === 'done' }));

/** For another workspace: nothing more is begun, no mark and no result stays. */
export function forgetBulk(): void {
  stopBulk();
  useBulk.setState({ job: null, isOpen: false });
  useMarks.getState().clear();
}
