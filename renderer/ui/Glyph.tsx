/** One drawn sign of the house; without a label it is decoration, since a word stands beside it. */

export type GlyphName =
  | 'mark'
  | 'added'
  | 'removed'
  | 'edited'
  | 'moved'
  | 'retimed'
  | 'shifted'
  | 'same'
  | 'approved'
  | 'candidate'
  | 'pointer'
  | 'gate-open'
  | 'gate-closed'
  | 'problem'
  | 'lock'
  | 'orphan'
  | 'branch'
  | 'undo'
  | 'chain'
  | 'search'
  | 'right'
  | 'down'
  | 'to'
  | 'close'
  | 'more'
  | 'list'
  | 'check'
  | 'stop'
  | 'observed'
  | 'live'
  | 'draft';

interface GlyphProps {
  readonly name: GlyphName;
  readonly size?: 12 | 16 | 20;
  /** Inks, from base.css: `s-ok`, `k-moved`, `faint`. */
  readonly className?: string | undefined;
  /** Only where the sign stands alone. */
  readonly label?: string | undefined;
}

export function Glyph({ name, size = 16, className, label }: GlyphProps) {
  const classes = ['g', size === 16 ? '' : `g--${size}`, className ?? ''].filter((each) => each !== '').join(' ');
  const drawing = <use href={`#g-${name}`} />;
  if (label === undefined) {
    return (
      <svg className={classes} aria-hidden="true">
        {drawing}
      </svg>
    );
  }
  return (
    <svg className={classes} role="img" aria-label={label}>
      {drawing}
    </svg>
  );
}
