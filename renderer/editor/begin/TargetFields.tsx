/** Project, episode and batch, as fields; the first thing that is wrong is said under them. */
import { useId } from 'react';
import { Combobox } from '../form/Combobox.tsx';
import type { ReadTarget, TypedTarget } from './target.ts';

interface TargetFieldsProps {
  readonly typed: TypedTarget;
  readonly read: ReadTarget;
  readonly projects: readonly string[];
  /** What else is wrong with a target that can be read. */
  readonly refusal?: string | null;
  readonly onChange: (typed: TypedTarget) => void;
}

export function TargetFields({ typed, read, projects, refusal = null, onChange }: TargetFieldsProps) {
  const id = useId();
  const reason = read.kind === 'wrong' ? read.reason : refusal;
  const wrong = read.kind === 'wrong' ? read.field : refusal === null ? null : 'batchId';
  const invalid = (field: keyof TypedTarget) =>
    wrong === field ? { 'aria-invalid': true, 'aria-describedby': `${id}-reason` } : {};
  return (
    <div className="target">
      <span className="target__label" aria-hidden="true">
        Project
      </span>
      <Combobox
        label="Project"
        className="target__project"
        value={typed.project}
        suggestions={projects}
        describedBy={wrong === 'project' ? `${id}-reason` : undefined}
        onChange={(project) => onChange({ ...typed, project })}
      />
      <label className="target__label" htmlFor={`${id}-episode`}>
        Episode
      </label>
      <span className="target__pair">
        <input
          id={`${id}-episode`}
          className="field__input field__input--short"
          inputMode="numeric"
          autoComplete="off"
          value={typed.episode}
          onChange={(event) => onChange({ ...typed, episode: event.target.value })}
          {...invalid('episode')}
        />
        <label className="target__label" htmlFor={`${id}-batch`}>
          Batch
        </label>
        <input
          id={`${id}-batch`}
          className="field__input field__input--mono"
          autoComplete="off"
          spellCheck={false}
          value={typed.batchId}
          onChange={(event) => onChange({ ...typed, batchId: event.target.value })}
          {...invalid('batchId')}
        />
      </span>
      <p id={`${id}-reason`} className="target__reason s-bad" aria-live="polite">
        {reason}
      </p>
    </div>
  );
}
