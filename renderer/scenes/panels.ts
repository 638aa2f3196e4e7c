/** What stands open around the Scenes screen, and which pane a narrow window shows. Never fetched data. */
import { create } from 'zustand';

export type PaneName = 'list' | 'versions' | 'comparison';

interface Panels {
  /** Only where the window is too narrow for all three. */
  readonly pane: PaneName;
  readonly isFolderDialogOpen: boolean;
  /** The path whose sample banner was closed. */
  readonly closedBanner: string | null;
  readonly isWorkspaceOpening: boolean;
  showPane(pane: PaneName): void;
  setFolderDialog(isOpen: boolean): void;
  closeBanner(workspace: string): void;
  setOpening(isOpening: boolean): void;
}

export const usePanels = create<Panels>()((set) => ({
  pane: 'list',
  isFolderDialogOpen: false,
  closedBanner: null,
  isWorkspaceOpening: false,
  showPane: (pane) => set({ pane }),
  setFolderDialog: (isFolderDialogOpen) => set({ isFolderDialogOpen }),
  closeBanner: (closedBanner) => set({ closedBanner }),
  setOpening: (isWorkspaceOpening) => set({ isWorkspaceOpening }),
}));
