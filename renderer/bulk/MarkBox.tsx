/** The little box at the left of a row: empty under the pointer, checked where the row is marked. The row itself says so to a screen reader. */
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { Glyph } from '../ui/Glyph.tsx';
import './marks.css';

export const MarkBox = ({ state }: { readonly state: 'none' | 'some' | 'all' }) => (
  <span className={state === 'none' ? 'mark' : 'mark is-on'} data-mark="" aria-hidden="true">
    <span className="mark__box">
      {state === 'all' && <Glyph name="check" size={12} />}
      {state === 'some' && <Glyph name="removed" size={12} />}
    </span>
  </span>
);

export function countMarked(batches: readonly BatchRef[], marked: ReadonlySet<string>): number {
  if (marked.size === 0) return 0;
  return batches.reduce((count, ref) => (marked.has(batchKey(ref)) ? count + 1 : count), 0);
}
