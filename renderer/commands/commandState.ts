/** Which of the two sheets of the keyboard is open: the command palette or the list of keys. */
import { create } from 'zustand';

interface CommandState {
  readonly open: 'palette' | 'keys' | null;
  openPalette(): void;
  openKeys(): void;
  close(): void;
}

export const useCommands = create<CommandState>()((set) => ({
  open: null,
  openPalette: () => set({ open: 'palette' }),
  openKeys: () => set({ open: 'keys' }),
  close: () => set({ open: null }),
}));
