/** Which suggestions a typed text leaves. Pure. */

/** Without case and accents. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those that begin with it first, then those that hold it; all of them for an empty text, none beside the text itself. */
export function suggestionsFor(suggestions: readonly string[], typed: string): readonly string[] {
  const text = folded(typed.trim());
  if (text === '') return suggestions;
  const found = suggestions.filter((each) => folded(each).includes(text));
  if (found.length === 1 && found[0] === typed) return [];
  return [...found].sort((one, other) => Number(folded(other).startsWith(text)) - Number(folded(one).startsWith(text)));
}
