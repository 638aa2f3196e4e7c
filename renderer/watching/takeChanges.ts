/** Takes changes by others into the cache in place, and keeps under the person's eyes what stood there. */
import type { QueryClient } from '@tanstack/react-query';
import type { BatchRow, BatchView, OutsideChange } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { takeGone, takeTold } from '../scenes/batchRows.ts';
import { chosenVersions } from '../scenes/chosenVersions.ts';
import { batchesQuery, batchQuery } from '../scenes/queries.ts';
import { type From, useSelection } from '../scenes/selection.ts';
import { type OutsideMark, useOutsideMarks } from './outsideMarks.ts';

/** Changes that come so close on one another are told together. */
const togetherMs = 2_000;

export function takeChanges(client: QueryClient, changes: readonly OutsideChange[]): void {
  const listKey = batchesQuery().queryKey;
  const known = new Map((client.getQueryData(listKey) ?? []).map((row) => [batchKey(row), row]));
  const selected = useSelection.getState().batch;
  const shown = selected && batchKey(selected);
  const seenAt = Date.now();
  const { marks: marked, gone, mark, setGone } = useOutsideMarks.getState();
  const marks = new Map(marked);

  for (const change of changes) {
    const key = batchKey(change.batch);
    const viewKey = batchQuery(change.batch).queryKey;
    const view = client.getQueryData(viewKey) ?? null;
    const before = known.get(key) ?? null;
    if (key === shown && change.row === null && before !== null) setGone({ key, row: before });
    if (gone?.key === key && change.row !== null) setGone(null);
    if (change.row !== null || key === shown) marks.set(key, markOf(marks.get(key), { before, view, change, seenAt }));
    else marks.delete(key);
    if (change.row === null) {
      // What was read of it last stays on the screen; asked for anew it would only fail.
      if (key !== shown) client.removeQueries({ queryKey: viewKey });
      continue;
    }
    if (key === shown && view !== null) pinShown(view, change, change.row);
    void client.invalidateQueries({ queryKey: viewKey });
  }
  mark(marks);
  takeTold(
    client,
    listKey,
    changes.flatMap(({ row }) => row ?? []),
  );
  takeGone(client, listKey, new Set(changes.filter(({ row }) => row === null).map(({ batch }) => batchKey(batch))));
  noteLatest(changes, known, seenAt);
}

interface Seen {
  readonly before: BatchRow | null;
  readonly view: BatchView | null;
  readonly change: OutsideChange;
  readonly seenAt: number;
}

/** What stood there when the person looked last stays what it is held against. */
function markOf(earlier: OutsideMark | undefined, { before, view, change, seenAt }: Seen): OutsideMark {
  if (!earlier) return { seenAt, before, seen: view, change };
  const lines = [...earlier.change.lines, ...change.lines];
  return { seenAt, before: earlier.before, seen: earlier.seen ?? view, change: { ...change, lines } };
}

/** The two versions that are compared stay, though the default or the baseline would be another one now. */
function pinShown(view: BatchView, { lines }: OutsideChange, row: BatchRow): void {
  const selection = useSelection.getState();
  const { to, from } = chosenVersions(view, selection);
  if (to === null) return;
  const isPointerMoved = row.activeVersion !== view.activeVersion;
  const isBaselineMoved =
    (selection.from.kind === 'active' && isPointerMoved) ||
    (selection.from.kind === 'lastApproved' && (isPointerMoved || lines.some(({ action }) => action === 'conform')));
  const pinned: From =
    isBaselineMoved && from !== null && from.version !== to.version
      ? { kind: 'version', version: from.version }
      : selection.from;
  selection.pin({ to: to.version, from: pinned });
}

function noteLatest(changes: readonly OutsideChange[], known: ReadonlyMap<string, BatchRow>, seenAt: number): void {
  const { latest, setLatest } = useOutsideMarks.getState();
  const isTogether = latest !== null && seenAt - latest.seenAt < togetherMs;
  const all = new Map((isTogether ? latest.changes : []).map((change) => [batchKey(change.batch), change]));
  for (const change of changes) all.set(batchKey(change.batch), change);
  const [first] = all.keys();
  const before = first === undefined ? null : (known.get(first) ?? null);
  setLatest({ changes: [...all.values()], before: isTogether ? latest.before : before, seenAt });
}
