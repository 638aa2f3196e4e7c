/** What a candidate's source may be called: as the batch's own versions name theirs, and what people usually make by hand. */
import type { BatchView } from '../../../shared/contract.ts';

/** Until the person says what moved them. */
export const handSource = 'manual_edit';

const usualSources = [handSource, 'rederive', 'director_note', 'script_change'];

/** Without the word of the store itself for a flat body that was registered. */
export function sourcesOf(batch: BatchView | null | undefined): readonly string[] {
  const own = (batch?.versions ?? []).flatMap(({ source }) => source ?? []);
  return [...new Set([...own, ...usualSources])].filter((source) => source !== 'legacy_flat').sort();
}
