/** The sentences that the comparison adds to the host's own. */
import type { Comparison } from '../../shared/comparison.ts';
import { counted } from '../scenes/counted.ts';
import type { ComparisonView } from './useComparisonView.ts';

export const singleSentence = (version: number, shots: number, seconds: number): string =>
  `v${version}: ${counted(shots, 'shot')}, ${seconds.toFixed(1)} s.`;

function listed(words: readonly string[], most = 5): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** Null: no beat_id stands twice in either body. */
export function duplicatesSentence({ from, to, duplicateBeatIds }: Comparison): string | null {
  const parts = [
    { version: from, ids: duplicateBeatIds.from },
    { version: to, ids: duplicateBeatIds.to },
  ]
    .filter(({ ids, version }, index) => ids.length > 0 && (index === 0 || version !== from))
    .map(({ version, ids }) => `${listed(ids)} ${ids.length === 1 ? 'stands' : 'stand'} more than once in v${version}`);
  return parts.length === 0 ? null : `${parts.join('; ')}. Such beats are paired in the order in which they stand.`;
}

export function footSentences({ comparison, isSingle }: ComparisonView): readonly string[] {
  if (isSingle) return [];
  const own =
    comparison.scene.length === 0
      ? 'Title and unknown fields are equal.'
      : `${counted(comparison.scene.length, 'field')} of the scene itself ${comparison.scene.length === 1 ? 'differs' : 'differ'}, above the beats.`;
  // "Neither v1 nor v3 …" goes on in the middle of a sentence here.
  const runtime = comparison.runtime.sentence.replace(/^N/, 'n');
  return [own, `Boards and takes, compared apart: ${runtime}`];
}
