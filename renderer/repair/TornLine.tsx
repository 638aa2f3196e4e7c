/** The torn line that a ledger ends in, as far as it reads. */
import type { RepairPreview } from '../../shared/repair.ts';
import { Fact, Facts } from '../decide/parts.tsx';
import { Glyph } from '../ui/Glyph.tsx';

export const TornLine = ({ preview }: { readonly preview: Extract<RepairPreview, { repair: 'closeLedger' }> }) => (
  <Facts>
    <Fact label="Line">
      <Glyph name="chain" className="s-warn" />
      <b>{preview.line}</b>
    </Fact>
    <Fact label="Its text">
      <span className="mono wrap">{preview.text === '' ? 'nothing but blanks' : preview.text}</span>
    </Fact>
  </Facts>
);
