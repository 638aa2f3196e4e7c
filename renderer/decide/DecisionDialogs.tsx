/** The one decision dialog that is open, if any. */
import { useDecisions } from './decisions.ts';

export function DecisionDialogs() {
  const open = useDecisions((state) => state.open);
  if (!open) return null;
  return null;
}
