/** A few words beside a control after 400 ms; never the only place where something stands. */
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import './menu.css';

interface TooltipProps {
  readonly text: ReactNode;
  /** One element that takes a ref and a focus. */
  readonly children: ReactNode;
}

export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={400}>{children}</Radix.Provider>
);

export const Tooltip = ({ text, children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className="tooltip" sideOffset={6} collisionPadding={8}>
        {text}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
