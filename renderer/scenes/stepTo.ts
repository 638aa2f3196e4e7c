/** Where an arrow key leads in a list of rows. Pure. */

/** A window's worth of rows, for Page Up and Page Down. */
const page = 12;

/** The new index, held inside the list; null where the key is none that moves. */
export function stepTo(key: string, index: number, length: number): number | null {
  if (length === 0) return null;
  const held = (next: number) => Math.min(length - 1, Math.max(0, next));
  switch (key) {
    case 'ArrowDown':
      return held(index + 1);
    case 'ArrowUp':
      return held(index - 1);
    case 'PageDown':
      return held(index + page);
    case 'PageUp':
      return held(index - page);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
