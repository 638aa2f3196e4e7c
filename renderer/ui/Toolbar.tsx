/** Buttons that are one stop of the Tab key together, with arrow keys from one to the next. */
import { Toolbar as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

interface ToolbarProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export const Toolbar = ({ label, className = '', children }: ToolbarProps) => (
  <Radix.Root className={`toolbar ${className}`.trim()} aria-label={label}>
    {children}
  </Radix.Root>
);

/** Around one button. `disabled` is told here too, so that the arrow keys pass it by. */
export const ToolbarItem = (props: ComponentProps<typeof Radix.Button>) => <Radix.Button asChild {...props} />;
