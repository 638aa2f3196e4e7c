/** The one sentence that says what a comparison found: "v4 against v3: 1 added, 2 edited; 42.6 s → 44.1 s." */
import type { ChangeCounts, ChangeKind, Comparison } from './comparison.ts';

const kindsInSentence: readonly ChangeKind[] = ['added', 'removed', 'edited', 'moved', 'retimed'];

/** Tenths, or as many places more as it takes to tell the two apart. */
function secondsOf({ from, to }: Comparison['durations']): readonly [string, string] {
  let places = 1;
  while (places < 6 && from !== to && from.toFixed(places) === to.toFixed(places)) places += 1;
  return [`${from.toFixed(places)} s`, `${to.toFixed(places)} s`];
}

export function changeSentence(
  versions: { readonly from: number; readonly to: number },
  counts: ChangeCounts,
  sceneChanges: number,
  durations: Comparison['durations'],
): string {
  const [before, after] = secondsOf(durations);
  const start = `v${versions.to} against v${versions.from}:`;
  const found = kindsInSentence.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  if (found.length > 0) return `${start} ${found.join(', ')}; ${before} → ${after}.`;
  if (sceneChanges === 0) return `${start} nothing differs; ${after}.`;
  const fields = sceneChanges === 1 ? '1 field of the scene does' : `${sceneChanges} fields of the scene do`;
  return `${start} no shot differs, ${fields}; ${after}.`;
}
