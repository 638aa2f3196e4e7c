/** What a screen or a pane says when it has nothing to show: why, and what to do next. */
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './Glyph.tsx';

interface EmptyStateProps {
  readonly title: string;
  readonly glyph?: GlyphName;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly note?: string;
}

/** For a whole screen: its title is the document's first heading. */
export const EmptyState = ({ title, glyph, children, actions, note }: EmptyStateProps) => (
  <div className="empty">
    {glyph && <Glyph name={glyph} size={20} />}
    <h1 className="empty__title">{title}</h1>
    {children}
    {actions && <div className="empty__actions">{actions}</div>}
    {note !== undefined && <p className="empty__text faint">{note}</p>}
  </div>
);

/** For a pane of a screen. */
export const EmptyPane = ({ title, children, actions }: Omit<EmptyStateProps, 'glyph' | 'note'>) => (
  <div className="empty empty--small">
    <h2 className="strong">{title}</h2>
    {children}
    {actions && <div className="empty__actions">{actions}</div>}
  </div>
);
