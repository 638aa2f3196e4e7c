/** The three baselines of the comparison, which of them is on, and why one cannot be chosen. */
import type { ChosenVersions } from '../scenes/chosenVersions.ts';
import type { From } from '../scenes/selection.ts';

export interface BaselineOption {
  readonly kind: 'active' | 'parent' | 'lastApproved';
  /** "active v3", or the bare word where there is none. */
  readonly label: string;
  readonly version: number | null;
  readonly key: '1' | '2' | '3';
  readonly isPressed: boolean;
  readonly disabledReason: string | null;
}

const kinds = [
  { kind: 'active', word: 'active', key: '1', missing: 'No version is known to be active.' },
  { kind: 'parent', word: 'parent', key: '2', missing: 'No parent version is recorded.' },
  { kind: 'lastApproved', word: 'last approved', key: '3', missing: 'No version has been approved.' },
] as const;

export function baselineOptions(chosen: ChosenVersions, from: From): readonly BaselineOption[] {
  const { to, baselines } = chosen;
  const shown = chosen.from?.version ?? null;
  const fits = (kind: BaselineOption['kind']): boolean => shown !== null && baselines[kind] === shown;
  // A baseline that is the selected version itself gives way to another: what is pressed is what is shown.
  const pressed = from.kind !== 'version' && fits(from.kind) ? from.kind : kinds.find(({ kind }) => fits(kind))?.kind;
  return kinds.map(({ kind, word, key, missing }) => {
    const version = baselines[kind];
    const isItself = version !== null && version === to?.version;
    return {
      kind,
      version,
      key,
      label: version === null ? word : `${word} v${version}`,
      isPressed: !isItself && pressed === kind,
      disabledReason: version === null ? missing : isItself ? `v${version} is the version that is compared.` : null,
    };
  });
}
