/** Drafts of batches that no list shows: new ones that were not written yet, and those whose batch is gone. */
import { useMemo } from 'react';
import type { BatchRow } from '../../shared/contract.ts';
import { batchKey, episodeName } from '../../shared/ids.ts';
import { fullTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useKeptDrafts } from './keptDrafts.ts';
import { continueDraft } from './openEditor.ts';
import './lostDrafts.css';

/** `rows` must be the whole list. */
export function DraftsWithoutBatch({ rows }: { readonly rows: readonly BatchRow[] }) {
  const drafts = useKeptDrafts((state) => state.drafts);
  const lost = useMemo(() => {
    if (drafts.size === 0) return [];
    const known = new Set(rows.map(batchKey));
    return [...drafts].filter(([key]) => !known.has(key));
  }, [drafts, rows]);
  if (lost.length === 0) return null;
  return (
    <ul className="lost-drafts" aria-label="Drafts of batches that are not in the list">
      {lost.map(([key, { batch, title, keptAt, baseVersion }]) => (
        <li key={key} className="lost-drafts__row" title={`${batch.project} / ${episodeName(batch.episode)}`}>
          <Glyph name="draft" size={12} className="s-draft" />
          <span className="clip" dir="auto">
            {batch.batchId}
            {baseVersion === null ? ', not written yet' : ', no longer there'}
            {title === null || title === '' ? '' : `: ${title}`}
          </span>
          <Button
            look="quiet"
            isSmall
            className="push"
            aria-label={`Continue, the draft of ${batch.batchId}`}
            title={`Kept on ${fullTime(keptAt)}`}
            onClick={() => void continueDraft(batch)}
          >
            Continue
          </Button>
        </li>
      ))}
    </ul>
  );
}
