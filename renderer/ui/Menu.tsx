/** A menu under a button: rows with their keys, closed by Escape or a choice. */
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Glyph } from './Glyph.tsx';
import { Keys } from './Kbd.tsx';
import type { MenuEntry } from './menuEntry.ts';
import './menu.css';

interface MenuProps {
  /** The button; it gets the menu's ARIA. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export const Menu = ({ trigger, children, align = 'start', isOpen, onOpenChange }: MenuProps) => (
  // Not modal: what is behind stays readable, and nothing focusable is hidden from a screen reader.
  <DropdownMenu.Root
    modal={false}
    {...(isOpen === undefined ? {} : { open: isOpen })}
    {...(onOpenChange === undefined ? {} : { onOpenChange })}
  >
    <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly keys?: readonly string[] | undefined;
  readonly isDisabled?: boolean;
  /** Whole text where the row is cut. */
  readonly title?: string;
  readonly children: ReactNode;
}

export const MenuItem = ({ onSelect, keys, isDisabled = false, title, children }: MenuItemProps) => (
  <DropdownMenu.Item className="row" onSelect={onSelect} disabled={isDisabled} title={title}>
    <span className="clip">{children}</span>
    {keys && (
      <span className="push" aria-hidden="true">
        <Keys of={keys} />
      </span>
    )}
  </DropdownMenu.Item>
);

interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

/** One of several, under its label. */
export function MenuChoice<Value extends string>({ label, value, choices, onChoose }: MenuChoiceProps<Value>) {
  const choose = (next: string) => {
    const choice = choices.find((each) => each.value === next);
    if (choice) onChoose(choice.value);
  };
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={choose} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map((each) => (
        <DropdownMenu.RadioItem key={each.value} value={each.value} className="row">
          <span className="clip">{each.label}</span>
          <DropdownMenu.ItemIndicator className="push">
            <Glyph name="check" size={12} />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export const MenuLabel = ({ children }: { readonly children: ReactNode }) => (
  <DropdownMenu.Label className="section-title">{children}</DropdownMenu.Label>
);

export const MenuSeparator = () => <DropdownMenu.Separator className="menu__sep" />;

export const MenuEntries = ({ entries }: { readonly entries: readonly MenuEntry[] }) =>
  entries.map((entry) =>
    entry.kind === 'separator' ? (
      <MenuSeparator key={entry.label} />
    ) : (
      <MenuItem key={entry.label} onSelect={entry.onSelect} keys={entry.keys} isDisabled={entry.isDisabled ?? false}>
        {entry.label}
      </MenuItem>
    ),
  );
