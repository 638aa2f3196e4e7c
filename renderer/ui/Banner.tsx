/** One line over the panes about the whole window: what holds, and the button that answers it. */
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Glyph, type GlyphName } from './Glyph.tsx';

interface BannerProps {
  readonly look?: 'info' | 'warn' | 'bad';
  readonly glyph: GlyphName;
  /** Said first, in bold. */
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly onClose?: () => void;
}

const inks = { info: undefined, warn: 's-warn', bad: 's-bad' };

export const Banner = ({ look = 'info', glyph, title, children, action, onClose }: BannerProps) => (
  <div className={look === 'info' ? 'banner' : `banner banner--${look}`} role={look === 'bad' ? 'alert' : 'status'}>
    <Glyph name={glyph} className={inks[look]} />
    <span>
      <b>{title}</b> {children}
    </span>
    {action && (
      <Button isSmall className="push" onClick={action.run}>
        {action.label}
      </Button>
    )}
    {onClose && (
      <Button look="quiet" isSmall isIcon aria-label="Close" onClick={onClose}>
        <Glyph name="close" />
      </Button>
    )}
  </div>
);
