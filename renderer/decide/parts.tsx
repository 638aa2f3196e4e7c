/** The rows of a decision's preview: pointer, gate, diff, and the note for the ledger. */
import type { KeyboardEvent, ReactNode } from 'react';
import type { Comparison } from '../../shared/comparison.ts';
import { hasChanges, kindsInOrder } from '../compare/kinds.ts';
import { Badge } from '../ui/Badge.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import type { Gate } from './manifestFacts.ts';

export const Facts = ({ children }: { readonly children: ReactNode }) => <dl className="before-after">{children}</dl>;

export const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

export const Arrow = () => <Glyph name="to" size={12} className="faint" label="becomes" />;

/** Null: no version is known to be active. */
export const Pointer = ({ version, word }: { readonly version: number | null; readonly word: string }) =>
  version === null ? (
    <span className="dim">not known</span>
  ) : (
    <>
      <Glyph name="pointer" size={12} className="s-pointer" />
      <b>v{version}</b> <span className="dim">{word}</span>
    </>
  );

export const GateSign = ({ gate }: { readonly gate: Gate }) => (
  <Glyph name={gate === 'open' ? 'gate-open' : 'gate-closed'} className={gate === 'open' ? 's-ok' : 's-warn'} />
);

export const GateChange = ({ before, after }: { readonly before: Gate | null; readonly after: Gate }) => (
  <>
    {before === null ? (
      <span className="dim">not known</span>
    ) : (
      <>
        <GateSign gate={before} />
        {before}
      </>
    )}
    <Arrow />
    <GateSign gate={after} />
    <b>{before === after ? `stays ${after}` : after}</b>
  </>
);

type CountedChanges = Pick<Comparison, 'counts' | 'scene' | 'durations' | 'from'>;

export const Kinds = ({ comparison }: { readonly comparison: CountedChanges }) => (
  <>
    {hasChanges(comparison.counts) ? (
      <div className="kinds">
        {kindsInOrder
          .filter((kind) => comparison.counts[kind] > 0)
          .map((kind) => (
            <Badge key={kind} glyph={kind} ink={`k-${kind}`}>
              {comparison.counts[kind]} {kind}
            </Badge>
          ))}
      </div>
    ) : (
      <span>{comparison.scene.length > 0 ? 'only the scene’s own fields' : 'no change'}</span>
    )}
    <span className="dim">
      {comparison.durations.from.toFixed(1)} s → {comparison.durations.to.toFixed(1)} s, against v{comparison.from}
    </span>
  </>
);

interface NoteProps {
  readonly note: string;
  readonly placeholder: string;
  readonly onChange: (note: string) => void;
  /** Ctrl Enter. */
  readonly onSubmit: () => void;
}

export function Note({ note, placeholder, onChange, onSubmit }: NoteProps) {
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <label className="note">
      <span className="note__label">
        Note, for the ledger <span className="faint">optional</span>
      </span>
      <textarea
        className="field__input"
        rows={2}
        dir="auto"
        placeholder={placeholder}
        value={note}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={submitByKey}
        aria-keyshortcuts="Control+Enter"
      />
    </label>
  );
}
