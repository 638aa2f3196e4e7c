/** Whether a decision that met a conflict can still be made, and over what. */
import type { ConflictDetails } from '../../shared/contract.ts';
import type { Question } from './decisions.ts';
import { entryOf, gateOf, pointerFacts, stateOf } from './manifestFacts.ts';

export type Overruling =
  | { readonly kind: 'possible'; readonly label: string }
  | { readonly kind: 'impossible'; readonly reason: string };

const possible = (label: string): Overruling => ({ kind: 'possible', label });
const impossible = (reason: string): Overruling => ({ kind: 'impossible', reason });

/** The button names what it overrules, but only where the pointer stands elsewhere now. */
export function overruling({ kind, version }: Question, seen: ConflictDetails, now: ConflictDetails): Overruling {
  if (!now.manifest) return impossible('The manifest cannot be read now, so nothing can be decided.');
  const entry = entryOf(now.manifest, version);
  if (!entry) return impossible(`v${version} is in the manifest no longer, so it cannot be decided on.`);
  const active = now.manifest.active_version;
  const hasMoved = pointerFacts(seen.manifest)?.version !== active;
  const over = hasMoved && active !== version ? ` over v${active}` : '';
  switch (kind) {
    case 'conform':
      return active === version && stateOf(entry) === 'approved'
        ? impossible(`v${version} is active and approved now: what you wanted is done.`)
        : possible(`Conform v${version}${over}`);
    case 'revert':
      return active === version
        ? impossible(`v${version} is the active version now: what you wanted is done.`)
        : possible(`Revert to v${version}${over}`);
    case 'markDerived':
      if (active !== version)
        return impossible(`v${version} is not active any more; only the active version can be marked.`);
      return gateOf(entry) === 'open'
        ? impossible(`v${version} is marked derived now: what you wanted is done.`)
        : possible(`Mark v${version} derived`);
  }
}
