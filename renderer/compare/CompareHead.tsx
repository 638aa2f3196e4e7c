/** The head of the comparison: which versions, against which baseline, flip, and the menu. */
import type { ChosenVersions } from '../scenes/chosenVersions.ts';
import { useSelection } from '../scenes/selection.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Keys } from '../ui/Kbd.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Toolbar, ToolbarItem } from '../ui/Toolbar.tsx';
import { baselineOptions } from './baselineOptions.ts';
import { copyChangeList } from './copyChangeList.ts';
import { isChange } from './kinds.ts';
import type { ComparisonView } from './useComparisonView.ts';

interface CompareHeadProps {
  readonly chosen: ChosenVersions;
  readonly view: ComparisonView | null;
}

export function CompareHead({ chosen, view }: CompareHeadProps) {
  const { from, to } = chosen;
  const isPair = from !== null && to !== null && from.version !== to.version;
  return (
    <div className="pane__head">
      <h2 className="pane__title">
        {isPair ? `v${from.version} → v${to.version}` : to ? `v${to.version}` : 'Comparison'}
      </h2>
      <Toolbar label="Baseline" className="push">
        {to && <Baselines chosen={chosen} version={to.version} />}
        <ToolbarItem disabled={!isPair}>
          <Button
            look="quiet"
            isSmall
            className="hide-narrow"
            disabled={!isPair}
            onClick={() => isPair && useSelection.getState().flip({ from: from.version, to: to.version })}
            aria-keyshortcuts="F"
          >
            Flip <Keys of={['F']} />
          </Button>
        </ToolbarItem>
        <CompareMenu view={view} isPair={isPair} chosen={chosen} />
      </Toolbar>
    </div>
  );
}

function Baselines({ chosen, version }: { readonly chosen: ChosenVersions; readonly version: number }) {
  const from = useSelection((state) => state.from);
  const setFrom = useSelection((state) => state.setFrom);
  return (
    <span className="baselines">
      <span className="faint hide-narrow">v{version} against</span>
      <fieldset className="seg-control">
        <legend className="u-hidden">Baseline</legend>
        {baselineOptions(chosen, from).map((option) => (
          <ToolbarItem key={option.kind} disabled={option.disabledReason !== null}>
            <button
              type="button"
              className={option.isPressed ? 'is-on' : undefined}
              aria-pressed={option.isPressed}
              aria-keyshortcuts={option.key}
              disabled={option.disabledReason !== null}
              title={option.disabledReason ?? undefined}
              onClick={() => setFrom({ kind: option.kind })}
            >
              {option.label} <kbd>{option.key}</kbd>
            </button>
          </ToolbarItem>
        ))}
      </fieldset>
    </span>
  );
}

interface CompareMenuProps {
  readonly view: ComparisonView | null;
  readonly isPair: boolean;
  readonly chosen: ChosenVersions;
}

function CompareMenu({ view, isPair, chosen }: CompareMenuProps) {
  const rows = view?.comparison.beats ?? [];
  const changed = rows.flatMap((row, index) => (isChange(row) ? [index] : []));
  const { from, to } = chosen;
  const flip = () => {
    if (from && to) useSelection.getState().flip({ from: from.version, to: to.version });
  };
  return (
    <Menu
      align="end"
      trigger={
        <ToolbarItem>
          <Button look="quiet" isSmall isIcon aria-label="More about the comparison">
            <Glyph name="more" />
          </Button>
        </ToolbarItem>
      }
    >
      <MenuItem
        keys={['Ctrl', 'Shift', 'C']}
        isDisabled={!view || view.isSingle}
        onSelect={() => view && void copyChangeList(view)}
      >
        Copy the change list
      </MenuItem>
      <MenuItem keys={['F']} isDisabled={!isPair} onSelect={flip}>
        Flip between the two
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        isDisabled={changed.length === 0}
        onSelect={() => useSelection.getState().setOpenBeats(new Set(changed))}
      >
        Open all changes
      </MenuItem>
      <MenuItem isDisabled={changed.length === 0} onSelect={() => useSelection.getState().setOpenBeats(new Set())}>
        Close all
      </MenuItem>
    </Menu>
  );
}
