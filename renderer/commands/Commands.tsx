/** The keyboard: the keys that work everywhere, the command palette and the list of keys. */
import { useCommands } from './commandState.ts';

export function Commands() {
  useCommands((state) => state.open);
  return null;
}
