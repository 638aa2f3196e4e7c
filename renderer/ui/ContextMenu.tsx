/** The same rows as a menu's, opened at the pointer or by the menu key over what it wraps. */
import { ContextMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Keys } from './Kbd.tsx';
import type { MenuEntry } from './menuEntry.ts';
import './menu.css';

interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** One element that takes a ref. */
  readonly children: ReactNode;
}

export const ContextMenu = ({ entries, children }: ContextMenuProps) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className="menu" collisionPadding={8}>
        {entries.map((entry) =>
          entry.kind === 'separator' ? (
            <Radix.Separator key={entry.label} className="menu__sep" />
          ) : (
            <Radix.Item
              key={entry.label}
              className="row"
              disabled={entry.isDisabled ?? false}
              onSelect={entry.onSelect}
            >
              <span className="clip">{entry.label}</span>
              {entry.keys && (
                <span className="push" aria-hidden="true">
                  <Keys of={entry.keys} />
                </span>
              )}
            </Radix.Item>
          ),
        )}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
