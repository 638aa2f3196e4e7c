/** The base of every dialog: title, lead, body, foot; Escape is the way back and the focus returns to where it came from. */
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Glyph, type GlyphName } from './Glyph.tsx';
import './dialog.css';

interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, or a click beside the dialog. */
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly glyph?: { readonly name: GlyphName; readonly ink: string };
  /** One sentence: what will happen. */
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
  /** Hint and buttons; the button with `isFirstFocus` gets the focus. */
  readonly foot?: ReactNode;
  readonly className?: string;
}

/** An item of a menu is gone when the dialog closes; the button of that menu is not. */
function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = button ? document.getElementById(button) : focused;
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}

export function Dialog({ isOpen, onClose, title, glyph, lead, children, foot, className = '' }: DialogProps) {
  const opener = useRef<HTMLElement | null>(null);
  const content = useRef<HTMLDivElement>(null);

  const startFocus = (event: Event) => {
    opener.current = openerOf(document.activeElement);
    const first = content.current?.querySelector<HTMLElement>('[data-first-focus]');
    if (!first) return;
    event.preventDefault();
    first.focus();
  };
  // Radix gives the focus back to a trigger; ours are opened by keys and menus too, whose item is gone by then.
  const returnFocus = (event: Event) => {
    event.preventDefault();
    const back = opener.current?.isConnected
      ? opener.current
      : document.querySelector<HTMLElement>('[data-focus-home]');
    back?.focus();
  };

  return (
    <Radix.Root open={isOpen} onOpenChange={(next) => next || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content
            ref={content}
            className={`dialog ${className}`.trim()}
            onOpenAutoFocus={startFocus}
            onCloseAutoFocus={returnFocus}
            {...(lead === undefined ? { 'aria-describedby': undefined } : {})}
          >
            <header className="dialog__head">
              <Radix.Title className="dialog__title">
                {glyph && <Glyph name={glyph.name} className={glyph.ink} />}
                {title}
              </Radix.Title>
              {lead !== undefined && <Radix.Description className="dialog__lead">{lead}</Radix.Description>}
            </header>
            {children !== undefined && <div className="dialog__body">{children}</div>}
            {foot !== undefined && <footer className="dialog__foot">{foot}</footer>}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
