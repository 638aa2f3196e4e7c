/** A menu's rows as data, for menus that open both under a button and at the pointer. */

export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly keys?: readonly string[];
      readonly isDisabled?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'separator'; readonly label: string };
