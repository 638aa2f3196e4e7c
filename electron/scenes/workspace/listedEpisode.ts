/** One episode as a listing of its folder gave it, and its batches in parts of which a reading thread takes one at a time. */
import { listedNames } from '../sceneFiles.ts';
import { type EpisodeFolder, type LocatedBatch, listScenes } from './workspace.ts';

export interface ListedEpisode extends EpisodeFolder {
  /** What the rows' `begin` gave before the listing: whatever is read by it is of then, however late. */
  readonly begun: number;
  /** Every name in the folder. */
  readonly names: () => ReadonlySet<string>;
  readonly batches: readonly LocatedBatch[];
}

export interface EpisodePart {
  readonly listed: ListedEpisode;
  readonly batches: readonly LocatedBatch[];
}

export const listEpisode = async (
  episode: EpisodeFolder,
  begun: number,
  onUnreadable: (path: string, reason: string) => void,
): Promise<ListedEpisode> => ({ ...episode, begun, ...(await listScenes(episode, onUnreadable)) });

export function partsOf(listed: ListedEpisode, size: number, from = 0): readonly EpisodePart[] {
  const parts: EpisodePart[] = [];
  for (let at = from; at < listed.batches.length; at += size) {
    parts.push({ listed, batches: listed.batches.slice(at, at + size) });
  }
  return parts;
}

/** What an order to a reading thread says of the part: the thread finds the same batches in the same names. */
export const partOfOrder = ({ listed: { project, episode, scenesFolder }, batches }: EpisodePart) => ({
  project,
  episode,
  scenesFolder,
  names: batches.reduce((names, { listing }) => names + listedNames(episode, listing), ''),
});
