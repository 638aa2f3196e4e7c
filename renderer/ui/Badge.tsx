/** A state as its sign and its word, in the state's ink. */
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './Glyph.tsx';

interface BadgeProps {
  readonly glyph: GlyphName;
  /** Ink: `k-added`, `s-ok`, `s-warn` … */
  readonly ink: string;
  readonly children: ReactNode;
}

export const Badge = ({ glyph, ink, children }: BadgeProps) => (
  <span className={`badge ${ink}`}>
    <Glyph name={glyph} size={12} />
    {children}
  </span>
);
