/** The sentences after a decision: what is active now, the gate, and what could not be written down. */
import type { Decision } from '../../shared/contract.ts';
import type { DecisionKind } from './decisions.ts';
import { pointerFacts } from './manifestFacts.ts';

export interface Outcome {
  readonly title: string;
  readonly text: string;
}

const joined = (sentences: readonly (string | null)[]): string => sentences.filter((each) => each !== null).join(' ');

/** Only what the decision itself left undone; what else is wrong with the batch stands in its own place. */
const unwritten = (decision: Decision): string | null => {
  const messages = decision.problems.filter((problem) => problem.code === 'ledger_not_written');
  return messages.length === 0 ? null : messages.map((problem) => problem.message).join(' ');
};

export function outcomeOf(kind: DecisionKind, version: number, decision: Decision): Outcome {
  const gate = pointerFacts(decision.manifest)?.gate;
  const gateSentence = gate === undefined ? null : `The gate is ${gate}.`;
  const title = kind === 'markDerived' ? `v${version} is marked derived.` : `v${version} is the active version.`;
  return { title, text: joined([gateSentence, unwritten(decision)]) };
}

export function undoneOutcome(
  undone: { readonly kind: DecisionKind; readonly back: number; readonly decided: number },
  decision: Decision,
): Outcome {
  const stays = undone.kind === 'conform' ? `v${undone.decided} stays approved.` : null;
  return { title: `The pointer is back on v${undone.back}.`, text: joined([stays, unwritten(decision)]) };
}
