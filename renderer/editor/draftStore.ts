/** The draft that is open in the editor, its undo and its redo. Scenes are immutable; a change makes a new one that shares what is equal. */
import { type TemporalState, temporal } from 'zundo';
import { create, useStore } from 'zustand';
import type { PendingJson } from '../../shared/draft.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { VersionKind } from '../../shared/manifest.ts';
import type { Scene } from '../../shared/scene.ts';

/** `beat` of an OpenDraft where the row of the scene's own fields is selected. */
export const sceneRow = -1;

export interface OpenDraft {
  readonly batch: BatchRef;
  /** As it was read, runtime keys too; null for a new batch and for an imported body. */
  readonly base: { readonly version: number; readonly scene: Scene } | null;
  readonly scene: Scene;
  readonly kind: VersionKind;
  readonly source: string;
  readonly pending: PendingJson | null;
  /** Index of the selected beat, or `sceneRow`. */
  readonly beat: number;
}

/** By what is kept of a draft; which row is selected is not. */
export const isSameBody = (one: OpenDraft, other: OpenDraft): boolean =>
  one.scene === other.scene && one.kind === other.kind && one.source === other.source && one.pending === other.pending;

/** What a change does beside the scene itself. */
export interface AlongWithChange {
  /** The beat that is selected after it; left out: the one before, or the last that there is. */
  readonly beat?: number;
  readonly pending?: PendingJson | null;
}

/** What one step of undo brings back. */
interface Undoable {
  readonly draft: OpenDraft | null;
  /** Where the latest change was made: there undo and redo lead. */
  readonly changedBeat: number;
}

export interface DraftState extends Undoable {
  /** Forgets all steps. */
  open(draft: OpenDraft): void;
  close(): void;
  /** Changes of one label within a second are one step of undo. An edit that gives back its scene is no change. */
  change(label: string, edit: (scene: Scene) => Scene, along?: AlongWithChange): void;
  setKind(kind: VersionKind): void;
  setSource(source: string): void;
  /** A step of undo too, so that a text that is no JSON yet is taken back like every other edit. */
  setPending(pending: PendingJson | null): void;
  selectBeat(beat: number): void;
  undo(): void;
  redo(): void;
}

const coalescedMs = 1_000;
const mostSteps = 500;

/** What is selected must be there. */
const withinBeats = (beat: number, scene: Scene): number =>
  Math.max(sceneRow, Math.min(Math.trunc(beat), scene.beats.length - 1));

const partialize = ({ draft, changedBeat }: DraftState): Undoable => ({ draft, changedBeat });

let lastLabel: string | null = null;
let lastAt = 0;

export const useDraft = create<DraftState>()(
  temporal<DraftState, [], [], Undoable>(
    (set, get) => {
      /** Recorded unless it goes on with the change before. */
      const edit = (label: string, next: OpenDraft): void => {
        const now = Date.now();
        const isSameStep = label === lastLabel && now - lastAt < coalescedMs;
        lastLabel = label;
        lastAt = now;
        const { pause, resume } = useDraft.temporal.getState();
        if (!isSameStep) resume();
        set({ draft: next, changedBeat: next.beat });
        pause();
      };
      const step = (go: () => void): void => {
        const { draft, changedBeat } = get();
        if (!draft) return;
        lastLabel = null;
        set({ draft: { ...draft, beat: withinBeats(changedBeat, draft.scene) } });
        go();
      };
      return {
        draft: null,
        changedBeat: 0,
        open: (draft) => {
          lastLabel = null;
          useDraft.temporal.getState().pause();
          set({ draft: { ...draft, beat: withinBeats(draft.beat, draft.scene) }, changedBeat: draft.beat });
          useDraft.temporal.getState().clear();
        },
        close: () => {
          lastLabel = null;
          set({ draft: null, changedBeat: 0 });
          useDraft.temporal.getState().clear();
        },
        change: (label, apply, along = {}) => {
          const { draft } = get();
          if (!draft) return;
          const scene = apply(draft.scene);
          const pending = along.pending === undefined ? draft.pending : along.pending;
          if (scene === draft.scene && pending === draft.pending) return;
          edit(label, { ...draft, scene, pending, beat: withinBeats(along.beat ?? draft.beat, scene) });
        },
        setKind: (kind) => {
          const { draft } = get();
          if (draft && draft.kind !== kind) edit('kind', { ...draft, kind });
        },
        setSource: (source) => {
          const { draft } = get();
          if (draft && draft.source !== source) edit('source', { ...draft, source });
        },
        setPending: (pending) => {
          const { draft } = get();
          if (draft && draft.pending !== pending) edit('json', { ...draft, pending });
        },
        selectBeat: (beat) => {
          const { draft } = get();
          if (!draft) return;
          const within = withinBeats(beat, draft.scene);
          if (within !== draft.beat) set({ draft: { ...draft, beat: within } });
        },
        undo: () => step(useDraft.temporal.getState().undo),
        redo: () => step(useDraft.temporal.getState().redo),
      };
    },
    { partialize, limit: mostSteps },
  ),
);
useDraft.temporal.getState().pause();

const useSteps = <Value>(select: (steps: TemporalState<Undoable>) => Value): Value =>
  useStore(useDraft.temporal, select);

export const useCanUndo = (): boolean => useSteps((steps) => steps.pastStates.length > 0);
export const useCanRedo = (): boolean => useSteps((steps) => steps.futureStates.length > 0);

/** The same for what is not drawn, such as the table of commands. */
export const canStep = (): { readonly undo: boolean; readonly redo: boolean } => {
  const { pastStates, futureStates } = useDraft.temporal.getState();
  return { undo: pastStates.length > 0, redo: futureStates.length > 0 };
};
