/** The stack of toasts: said once to a screen reader, and away by themselves only where nothing is asked and nothing failed. */
import { useEffect } from 'react';
import type { BatchRef } from '../../shared/ids.ts';
import { Button } from './Button.tsx';
import { Glyph, type GlyphName } from './Glyph.tsx';
import { type Toast, useToasts } from './toasts.ts';

const signs: Readonly<Record<Toast['kind'], { readonly name: GlyphName; readonly ink: string }>> = {
  done: { name: 'approved', ink: 's-ok' },
  undone: { name: 'undo', ink: 'dim' },
  failed: { name: 'problem', ink: 's-bad' },
  note: { name: 'problem', ink: 's-warn' },
};

export interface ToastPlace {
  readonly name: string;
  /** Not what is on the screen now. On its own screen the name is only spoken, so that going on says nothing twice. */
  readonly isElsewhere: boolean;
}

/** Long enough to read twice; only for toasts that carry nothing to act on. */
const readingTime = 8000;

interface ToastViewProps {
  readonly toast: Toast;
  /** Null where the toast speaks of no batch. */
  readonly place: ToastPlace | null;
}

function ToastView({ toast, place }: ToastViewProps) {
  const dismiss = useToasts((state) => state.dismiss);
  const { id, kind, title, text, action } = toast;
  const staysOpen = action !== undefined || kind === 'failed' || kind === 'note';
  useEffect(() => {
    if (staysOpen) return;
    const timer = setTimeout(() => dismiss(id), readingTime);
    return () => clearTimeout(timer);
  }, [staysOpen, dismiss, id]);
  const sign = signs[kind];
  return (
    <div className="toast" role={kind === 'failed' ? 'alert' : 'status'}>
      <Glyph name={sign.name} className={sign.ink} />
      <span className="toast__text">
        {place && <span className={place.isElsewhere ? 'toast__place' : 'u-hidden'}>{place.name}: </span>}
        <b>{title}</b>
        {text !== undefined && ` ${text}`}
      </span>
      {action && (
        <Button isSmall onClick={action.run}>
          {action.label}
        </Button>
      )}
      <Button look="quiet" isSmall isIcon aria-label="Close" onClick={() => dismiss(id)}>
        <Glyph name="close" />
      </Button>
    </div>
  );
}

interface ToasterProps {
  readonly placeOf: (batch: BatchRef) => ToastPlace;
}

export function Toaster({ placeOf }: ToasterProps) {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toaster" aria-label="Messages">
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} place={toast.batch ? placeOf(toast.batch) : null} />
      ))}
    </section>
  );
}
