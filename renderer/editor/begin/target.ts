/** The batch that a draft is begun for: what a person typed, what is likely meant, and why it cannot be. Pure. */
import type { BatchRow } from '../../../shared/contract.ts';
import { type BatchRef, isBatchId, isProjectName } from '../../../shared/ids.ts';

/** As it stands in the fields. */
export interface TypedTarget {
  readonly project: string;
  readonly episode: string;
  readonly batchId: string;
}

const numberOf = (batchId: string): number => Number(/\d+$/.exec(batchId)?.[0] ?? 0);

/** Above every batch of that episode. */
export function nextBatchId(rows: readonly BatchRow[], project: string, episode: number): string {
  const taken = rows
    .filter((row) => row.project === project && row.episode === episode)
    .map((row) => numberOf(row.batchId));
  return `BATCH_${String(Math.max(0, ...taken) + 1).padStart(3, '0')}`;
}

/** Beside the batch that is looked at, else at the end of the first project. */
export function suggestedTarget(
  rows: readonly BatchRow[],
  selected: BatchRef | null,
  projects: readonly string[],
): TypedTarget {
  const project = selected?.project ?? rows[0]?.project ?? projects[0] ?? '';
  const episodes = rows.filter((row) => row.project === project).map((row) => row.episode);
  const episode = selected?.episode ?? Math.max(1, ...episodes);
  return { project, episode: String(episode), batchId: nextBatchId(rows, project, episode) };
}

/** Where a body says that it belongs; what it leaves open is beside the batch that is looked at. */
export function bodyTarget(
  rows: readonly BatchRow[],
  selected: BatchRef | null,
  projects: readonly string[],
  body: { readonly sceneId: string; readonly episode: number | null },
): TypedTarget {
  const suggested = suggestedTarget(rows, selected, projects);
  const episode = body.episode === null ? suggested.episode : String(body.episode);
  return { ...suggested, episode, batchId: isBatchId(body.sceneId) ? body.sceneId : suggested.batchId };
}

export type ReadTarget =
  | { readonly kind: 'target'; readonly ref: BatchRef }
  | { readonly kind: 'wrong'; readonly field: keyof TypedTarget; readonly reason: string };

const largestEpisode = 999_999;

/** `projects`: null where they are not known. */
export function readTarget({ project, episode, batchId }: TypedTarget, projects: readonly string[] | null): ReadTarget {
  const name = project.trim();
  if (!isProjectName(name)) {
    return {
      kind: 'wrong',
      field: 'project',
      reason: 'The project is the name of a folder in this workspace, no path.',
    };
  }
  if (projects !== null && !projects.includes(name)) {
    return { kind: 'wrong', field: 'project', reason: `There is no folder ${name} in this workspace. Make it first.` };
  }
  const number = /^\d{1,6}$/.test(episode.trim()) ? Number(episode) : -1;
  if (number < 0 || number > largestEpisode) {
    return { kind: 'wrong', field: 'episode', reason: 'The episode is a number, such as 1 for ep_001.' };
  }
  const id = batchId.trim();
  if (!isBatchId(id)) {
    return { kind: 'wrong', field: 'batchId', reason: 'The batch is BATCH_ and three digits or more.' };
  }
  return { kind: 'target', ref: { project: name, episode: number, batchId: id } };
}
