/** One episode as a listing of its folder gave it, and its batches in parts of which a reading thread takes one at a time. */
import { flatName } from '../sceneFiles.ts';
import { type EpisodeFolder, type LocatedBatch, listScenes } from './workspace.ts';

export interface ListedEpisode extends EpisodeFolder {
  readonly names: ReadonlySet<string>;
  readonly batches: readonly LocatedBatch[];
}

export interface EpisodePart {
  readonly listed: ListedEpisode;
  /** The place of its first batch in the episode. */
  readonly from: number;
  readonly batches: readonly LocatedBatch[];
}

export const listEpisode = async (
  episode: EpisodeFolder,
  onUnreadable: (path: string, reason: string) => void,
): Promise<ListedEpisode> => ({ ...episode, ...(await listScenes(episode, onUnreadable)) });

export function partsOf(listed: ListedEpisode, size: number, from = 0): readonly EpisodePart[] {
  const parts: EpisodePart[] = [];
  for (let at = from; at < listed.batches.length; at += size) {
    parts.push({ listed, from: at, batches: listed.batches.slice(at, at + size) });
  }
  return parts;
}

/** What an order to a reading thread says of the part: the thread finds the same batches in the same names. */
export function partOfOrder({ listed: { project, episode, scenesFolder, names }, from }: EpisodePart) {
  return { project, episode, scenesFolder, names: joined(names), from };
}

const joinedNames = new WeakMap<ReadonlySet<string>, string>();

function joined(names: ReadonlySet<string>): string {
  const known = joinedNames.get(names);
  if (known !== undefined) return known;
  const text = [...names].join('/');
  joinedNames.set(names, text);
  return text;
}

/** The names of a batch's bodies, as far as the listing of its folder tells them. */
export const bodyNames = ({ ref, listing }: LocatedBatch): readonly string[] => [
  ...(listing.hasFlat ? [flatName(ref.episode, ref.batchId)] : []),
  ...listing.bodies.map(({ name }) => name),
];
