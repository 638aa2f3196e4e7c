/** The stack of toasts: said once to a screen reader, and away by themselves only where nothing is asked and nothing failed. */
import { useEffect } from 'react';
import { Button } from './Button.tsx';
import { Glyph, type GlyphName } from './Glyph.tsx';
import { type Toast, useToasts } from './toasts.ts';

const signs: Readonly<Record<Toast['kind'], { readonly name: GlyphName; readonly ink: string }>> = {
  done: { name: 'approved', ink: 's-ok' },
  undone: { name: 'undo', ink: 'dim' },
  failed: { name: 'problem', ink: 's-bad' },
};

/** Long enough to read twice; only for toasts that carry nothing to act on. */
const readingTime = 8000;

function ToastView({ toast }: { readonly toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  const { id, kind, title, text, action } = toast;
  const staysOpen = action !== undefined || kind === 'failed';
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

export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toaster" aria-label="Messages">
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
