/** Light or dark as the person chose; the system's choice where they did not. */
import type { Appearance } from '../../shared/contract.ts';

export const appearances: readonly { readonly value: Appearance; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** tokens.css reads `data-theme` on the root; without it the system decides. */
export function applyAppearance(appearance: Appearance): void {
  const { dataset } = document.documentElement;
  if (appearance === 'system') delete dataset.theme;
  else dataset.theme = appearance;
}
