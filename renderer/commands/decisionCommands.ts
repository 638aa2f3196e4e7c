/** Commands that decide, each through its preview; for the selected version by key, for every version in the palette. */
import type { VersionSummary } from '../../shared/manifest.ts';
import { type Availability, availableDecisions } from '../decide/availability.ts';
import { type DecisionKind, useDecisions } from '../decide/decisions.ts';
import { useSelection } from '../scenes/selection.ts';
import type { GlyphName } from '../ui/Glyph.tsx';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

interface Look {
  readonly key: string;
  readonly glyph: GlyphName;
  readonly row: string;
  readonly hint: string;
  /** Where no version can be named. */
  readonly bare: string;
  readonly none: string;
}

const looks: Readonly<Record<DecisionKind, Look>> = {
  conform: {
    key: 'c',
    glyph: 'approved',
    row: 'Conform the selected version',
    hint: 'make it active and approved',
    bare: 'Conform the selected version',
    none: 'No version is selected.',
  },
  revert: {
    key: 'r',
    glyph: 'undo',
    row: 'Revert to the selected version',
    hint: 'move the pointer back',
    bare: 'Revert to an earlier version',
    none: 'There is no version to go back to.',
  },
  markDerived: {
    key: 'd',
    glyph: 'gate-open',
    row: 'Mark the active version derived',
    hint: 'open the gate',
    bare: 'Mark the active version derived',
    none: 'No version is known to be active.',
  },
};

const scenes = { group: 'Scenes', isInPalette: true } as const;

function keyed(kind: DecisionKind, decision: Availability | null): Command {
  const look = looks[kind];
  return {
    ...scenes,
    id: kind,
    title: decision?.label ?? look.bare,
    hint: look.hint,
    glyph: look.glyph,
    chord: { key: look.key },
    keysRow: look.row,
    disabledReason: decision ? decision.disabledReason : look.none,
    run: () => decision && useDecisions.getState().ask({ kind: decision.kind, version: decision.version }),
  };
}

const asked = (decision: Availability): Command => ({
  ...scenes,
  id: `${decision.kind}-${decision.version}`,
  title: decision.label,
  glyph: looks[decision.kind].glyph,
  disabledReason: decision.disabledReason,
  run: () => useDecisions.getState().ask({ kind: decision.kind, version: decision.version }),
});

const shown = ({ version, state }: VersionSummary): Command => ({
  ...scenes,
  id: `show-${version}`,
  title: `Show v${version}`,
  hint: state,
  glyph: state,
  disabledReason: null,
  run: () => useSelection.getState().selectVersion(version),
});

/** What the keys do first, then the same for the other versions. */
export function decisionCommands({ batch, chosen, decisions, writing }: CommandContext): readonly Command[] {
  const byKey = (['conform', 'revert', 'markDerived'] as const).map((kind) => keyed(kind, decisions?.[kind] ?? null));
  if (!batch) return byKey;
  const named = new Set(byKey.map((command) => command.title));
  const others = batch.versions.filter((version) => version.isRegistered && version !== chosen?.to);
  const forOthers = others.flatMap((version) => {
    const { conform, revert } = availableDecisions(batch, version, writing);
    const own = [conform, revert?.version === version.version ? revert : null];
    return own.filter((each) => each !== null && each.disabledReason === null).map((each) => each && asked(each));
  });
  return [
    ...byKey,
    ...forOthers.filter((command) => command !== null && !named.has(command.title)).flatMap((command) => command ?? []),
    ...others.map(shown),
  ];
}
