/** A draft: an edited body that no file of the workspace holds yet, and a body that a person brings in from a file. */
import type { BatchRef } from './ids.ts';
import type { WireObject } from './json.ts';
import type { VersionKind } from './manifest.ts';

/** Text of the JSON pane that is not a scene yet; kept, so that no keystroke is lost. */
export type PendingJson =
  | { readonly scope: 'beat'; readonly beat: number; readonly text: string }
  | { readonly scope: 'scene'; readonly text: string };

/** One per batch. Kept in the data folder, by workspace and batch. */
export interface Draft {
  readonly batch: BatchRef;
  /** The version that is edited; null for a batch that is new, and for an imported body. */
  readonly baseVersion: number | null;
  /** The whole body with its unknown fields; runtime keys of its beats are left out already. */
  readonly scene: WireObject;
  readonly kind: VersionKind;
  readonly source: string;
  readonly pending: PendingJson | null;
}

export interface KeptDraft extends Draft {
  /** UTC with milliseconds and `Z`. */
  readonly keptAt: string;
  /** The window that kept it, as a `DraftHolder` names itself. */
  readonly keptBy?: string;
}

/** Who keeps or gives up a draft: so it never lands in another workspace, nor over what another window keeps. */
export interface DraftHolder {
  /** The path of the workspace that the draft was begun in. */
  readonly workspace: string | null;
  /** Any text that no other window has. */
  readonly window: string;
  /** `keptAt` of the draft that this one goes on from; null: there was none. */
  readonly goesOnFrom: string | null;
}

/** What the list shows of a draft. */
export interface DraftHead {
  readonly batch: BatchRef;
  readonly baseVersion: number | null;
  readonly title: string | null;
  readonly keptAt: string;
}

/** A place in the text of a body. Line and column from 1; null where no place can be named. */
export interface BodyError {
  readonly line: number | null;
  readonly column: number | null;
  readonly jsonPath: string;
  /** A sentence: what is wrong and what to do. */
  readonly message: string;
}

/** A body read from a file of the person's choice; nothing is written by reading it. */
export interface ImportedBody {
  /** The file's name, without its folder. */
  readonly name: string;
  /** Null where the file holds no scene. */
  readonly scene: WireObject | null;
  /** What keeps the body from being written. */
  readonly errors: readonly BodyError[];
  /** What it may be written with all the same. */
  readonly warnings: readonly BodyError[];
}

/** A scene of thousands of beats has some megabytes; what is larger than this is no body. */
export const largestBodyBytes = 32 * 1_048_576;
