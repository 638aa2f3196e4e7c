/** Buttons: one primary in a pane, it names its result; the danger red only where something recorded is overruled. */
import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly isSmall?: boolean;
  /** Square, for a glyph alone; needs an `aria-label`. */
  readonly isIcon?: boolean;
  /** In a dialog: the focus starts here. */
  readonly isFirstFocus?: boolean;
}

export function Button({
  look = 'plain',
  isSmall = false,
  isIcon = false,
  isFirstFocus = false,
  className = '',
  ...rest
}: ButtonProps) {
  const classes = [
    'btn',
    look === 'plain' ? '' : `btn--${look}`,
    isSmall ? 'btn--small' : '',
    isIcon ? 'btn--icon' : '',
    className,
  ];
  return (
    <button
      type="button"
      className={classes.filter((each) => each !== '').join(' ')}
      data-first-focus={isFirstFocus ? '' : undefined}
      {...rest}
    />
  );
}
