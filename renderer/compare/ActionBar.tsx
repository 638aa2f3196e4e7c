/** What can be decided about the selected version: one primary button that names its result, and a sentence about it. */
import { useQuery } from '@tanstack/react-query';
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { type Availability, availableDecisions } from '../decide/availability.ts';
import { useDecisions } from '../decide/decisions.ts';
import { hostQuery } from '../scenes/queries.ts';
import { Button } from '../ui/Button.tsx';
import { Toolbar, ToolbarItem } from '../ui/Toolbar.tsx';
import { useOutsideMarks, writingInto } from '../watching/outsideMarks.ts';

const keys = { conform: 'C', revert: 'R', markDerived: 'D' } as const;

interface ActionBarProps {
  readonly refOf: BatchRef;
  readonly batch: BatchView;
  readonly to: VersionSummary | null;
}

export function ActionBar({ refOf, batch, to }: ActionBarProps) {
  const { data: host } = useQuery(hostQuery());
  // Read anew when the batch goes or comes back.
  useOutsideMarks((state) => state.gone);
  const decisions = availableDecisions(batch, to, writingInto(refOf, host));
  const shown = [decisions.conform, decisions.revert, decisions.markDerived].filter((each) => each !== null);
  const primary = shown.find((each) => each.kind === decisions.primary);
  const hint = primary?.hint ?? shown[0]?.disabledReason ?? '';
  return (
    <div className="actionbar">
      <Toolbar label="Decisions">
        {shown.map((decision) => (
          <DecisionButton key={decision.kind} decision={decision} isPrimary={decision === primary} />
        ))}
      </Toolbar>
      <p className="actionbar__hint">{hint}</p>
    </div>
  );
}

function DecisionButton({ decision, isPrimary }: { readonly decision: Availability; readonly isPrimary: boolean }) {
  const { kind, version, label, disabledReason } = decision;
  return (
    <ToolbarItem disabled={disabledReason !== null}>
      <Button
        look={isPrimary ? 'primary' : 'plain'}
        disabled={disabledReason !== null}
        title={disabledReason ?? undefined}
        aria-keyshortcuts={keys[kind]}
        onClick={() => useDecisions.getState().ask({ kind, version })}
      >
        {label}
      </Button>
    </ToolbarItem>
  );
}
