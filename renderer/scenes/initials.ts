/** The one or two letters that stand for a person. */

/** `Ana Ruiz`, `ana.ruiz` → AR; `render` → R; `渡辺` → 渡. */
export function initials(name: string): string {
  const words = name.split(/[\s._\-@]+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
