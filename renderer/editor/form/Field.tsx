/** One row of the form: label, control, and below what the base has in its place. */
import type { ReactNode } from 'react';

interface FieldProps {
  readonly label: ReactNode;
  /** The control's id; left out where the label is a control itself, or there is none. */
  readonly htmlFor?: string;
  /** Null: as in the base. */
  readonly was: string | null;
  readonly noteId: string;
  /** Said in any case, before what was. */
  readonly note?: string | null;
  readonly isBad?: boolean;
  /** The label stands at the top of a control of several lines. */
  readonly isTop?: boolean;
  readonly children: ReactNode;
}

export function Field({
  label,
  htmlFor,
  was,
  noteId,
  note = null,
  isBad = false,
  isTop = false,
  children,
}: FieldProps) {
  const classes = ['field', isTop ? 'field--top' : '', was === null ? '' : 'is-draft'];
  return (
    <div className={classes.filter((each) => each !== '').join(' ')}>
      {htmlFor === undefined ? (
        <span className="field__label">{label}</span>
      ) : (
        <label className="field__label" htmlFor={htmlFor}>
          {label}
        </label>
      )}
      <div className="field__control">{children}</div>
      {(note !== null || was !== null) && (
        <div id={noteId} className="field__notes">
          {note !== null && <p className={isBad ? 'field__note s-bad' : 'field__note'}>{note}</p>}
          {was !== null && (
            <p className="field__note" dir="auto">
              {was}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
