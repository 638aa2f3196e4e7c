/** What the palette shows for a text: commands whose words begin or hold it, the best first. */
import type { Command } from './command.ts';

/** Without case and accents, as the list of batches searches too. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Null: a word of the search is nowhere. Less is better: the title's start, the start of a word, anywhere, the hint. */
function distance(command: Command, words: readonly string[]): number | null {
  const title = folded(command.title);
  const all = `${title} ${folded(command.hint ?? '')}`;
  let sum = 0;
  for (const word of words) {
    if (title.startsWith(word)) continue;
    if (title.includes(` ${word}`)) sum += 1;
    else if (title.includes(word)) sum += 2;
    else if (all.includes(word)) sum += 3;
    else return null;
  }
  return sum;
}

/** Without a text, what can run now; with one, also what cannot, behind the rest. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = folded(text).split(/\s+/u).filter(Boolean);
  const offered = commands.filter((command) => command.isInPalette);
  if (words.length === 0) return offered.filter((command) => command.disabledReason === null);
  return offered
    .flatMap((command) => {
      const far = distance(command, words);
      return far === null ? [] : [{ command, far: far + (command.disabledReason === null ? 0 : 100) }];
    })
    .sort((one, other) => one.far - other.far)
    .map(({ command }) => command);
}
