/** The comparison: what changed between two versions, said, drawn and listed, and what can be decided about it. */
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';

export function ComparePane({ batch, refOf }: { readonly batch: BatchView; readonly refOf: BatchRef }) {
  return (
    <section className="pane" aria-label="Comparison" data-pane="comparison">
      <div className="pane__head">
        <h2 className="pane__title">
          {refOf.batchId} {batch.activeVersion}
        </h2>
      </div>
    </section>
  );
}
