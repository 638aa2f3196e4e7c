/** What adopting an orphan registers: its body, its place in the history, and the pointer that stays. */
import { useQuery } from '@tanstack/react-query';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { RepairPreview } from '../../shared/repair.ts';
import { Fact, Facts, Pointer } from '../decide/parts.tsx';
import { counted } from '../scenes/counted.ts';
import { batchesQuery } from '../scenes/queries.ts';
import { shortFingerprint } from '../scenes/versionText.ts';
import { Glyph } from '../ui/Glyph.tsx';

interface AdoptFactsProps {
  readonly batch: BatchRef;
  readonly preview: Extract<RepairPreview, { repair: 'adoptOrphan' }>;
}

export function AdoptFacts({ batch, preview }: AdoptFactsProps) {
  const rows = useQuery({ ...batchesQuery(), enabled: false }).data;
  const active = rows?.find((row) => batchKey(row) === batchKey(batch))?.activeVersion ?? null;
  return (
    <Facts>
      <Fact label="Body">
        <Glyph name="orphan" className="s-warn" />
        <span className="mono wrap">{preview.artifact}</span>
      </Fact>
      <Fact label="Scene">
        <span dir="auto">{preview.title ?? 'untitled'}</span>
        <span className="dim">{counted(preview.shotCount, 'shot')}</span>
        <span className="mono faint" title={preview.fingerprint}>
          {shortFingerprint(preview.fingerprint)}
        </span>
      </Fact>
      <Fact label="Becomes">
        <Glyph name="candidate" size={12} className="faint" />
        <b>v{preview.version}</b> <span className="dim">candidate, not derived</span>
      </Fact>
      <Fact label="Pointer">
        <Pointer version={active} word="stays the active version" />
      </Fact>
    </Facts>
  );
}
