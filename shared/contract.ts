/** Every request and every notice between a face (renderer, stdio) and the host: the one place where they are named and typed. */
import type { VersionComparison } from './comparison.ts';
import type { Draft, DraftHead, DraftHolder, ImportedBody, KeptDraft } from './draft.ts';
import type { Reply } from './failure.ts';
import type { BatchRef, Revision } from './ids.ts';
import type { WireObject } from './json.ts';
import type { LedgerLine } from './ledger.ts';
import type { Manifest, VersionKind, VersionSummary } from './manifest.ts';
import type { Problem, Repair } from './problem.ts';
import type { RepairPreview } from './repair.ts';
import type { Watching, WatchSetting } from './watching.ts';

export interface BatchRow extends BatchRef {
  /** From the active body's head; null until it was read or where it cannot be. */
  readonly title: string | null;
  /** Null where the manifest cannot be read. */
  readonly activeVersion: number | null;
  /** The newest candidate above the active version, or null. */
  readonly newestCandidate: number | null;
  /** Closed: the active version is not derived. Null: not known. */
  readonly gate: 'open' | 'closed' | null;
  /** A candidate stands above the highest approved entry. */
  readonly needsReview: boolean;
  readonly problems: readonly Problem[];
  /** Whether the background check has read the bodies; until then characters are unknown and problems may be missing. */
  readonly checked: boolean;
  readonly characters: readonly string[];
}

export interface WorkspaceInfo {
  readonly path: string;
  readonly name: string;
  /** A copy of the shipped sample, which may be changed freely. */
  readonly isSample: boolean;
  readonly canWrite: boolean;
}

export interface BatchView {
  /** Null where it is damaged, and for a flat batch. */
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly problems: readonly Problem[];
  /** As written, oldest first; lines that are no JSON are left out and reported as problems. */
  readonly ledger: readonly LedgerLine[];
  /** What the ledger's latest conform decided, else the highest approved version. */
  readonly lastApproved: number | null;
  readonly activeVersion: number | null;
  /** False where the manifest may not be written (damaged, newer schema). */
  readonly isWritable: boolean;
  /** Who holds the batch's lock now, as far as that can be read. */
  readonly lock: LockOwner | null;
}

export interface LockOwner {
  /** Null: the pipeline, or a text that cannot be read. */
  readonly user: string | null;
  readonly host: string | null;
  /** ISO 8601; an age is told only where `isThisHost`. */
  readonly since: string | null;
  readonly isThisHost: boolean;
}

export interface Decision {
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  readonly problems: readonly Problem[];
}

/** `details` of a `conflict` that a decision met. */
export interface ConflictDetails {
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  readonly ledger: readonly LedgerLine[];
}

export type Appearance = 'system' | 'light' | 'dark';

export interface Settings {
  /** How changes by others are noticed. */
  readonly watching: WatchSetting;
  readonly workspace: string | null;
  readonly user: string;
  readonly appearance: Appearance;
  /** Single-letter keys can be turned off (WCAG 2.1.4). */
  readonly hasSingleLetterKeys: boolean;
  readonly recentWorkspaces: readonly string[];
}

export type SettingSource = 'environment' | 'file' | 'default';

export interface HostInfo {
  readonly kind: 'electron' | 'browser' | 'stdio';
  readonly version: string;
  readonly user: string;
  readonly hostName: string;
  readonly platform: string;
  readonly workspace: WorkspaceInfo | null;
  /** How folders are chosen: the system's own dialog, or `listFolders` beneath the host's roots. */
  readonly folderChoice: 'dialog' | 'listing';
  readonly canReveal: boolean;
  /** "flock and lock folder", or what this file system offers instead; null before the first lock. */
  readonly locks: string;
  readonly watching: Watching;
  /** Sentences to show once, of what happened while the host started (settings that were damaged). */
  readonly notes?: readonly string[];
}

/** What watching the folders showed of one batch. */
export interface OutsideChange {
  readonly batch: BatchRef;
  /** Null where the batch is gone. */
  readonly row: BatchRow | null;
  /** Ledger lines that are new since the batch was last read; empty where the ledger knows nothing of the change. */
  readonly lines: readonly LedgerLine[];
}

type OnBatch<Extra = unknown> = BatchRef & Extra;
interface WriteOptions {
  /** Path of the workspace that the person looks at; where another one is open by now it is `conflict`, for a copy of it has the same names and revisions. */
  readonly workspace?: string | undefined;
}

interface DecisionOptions extends WriteOptions {
  readonly note?: string | undefined;
  readonly expectedRevision?: Revision | undefined;
}

export interface Requests {
  openWorkspace: {
    input: { readonly path: string };
    value: { batches: readonly BatchRow[]; workspace: WorkspaceInfo };
  };
  openSample: { input: Record<string, never>; value: { batches: readonly BatchRow[]; workspace: WorkspaceInfo } };
  listBatches: { input: Record<string, never>; value: { batches: readonly BatchRow[] } };
  getBatch: { input: BatchRef; value: BatchView };
  readScene: { input: OnBatch<{ readonly version: number }>; value: WireObject };
  compareVersions: { input: OnBatch<{ readonly from: number; readonly to: number }>; value: VersionComparison };
  writeCandidate: {
    input: OnBatch<
      {
        /** Wire form, exact numbers as `{"$number": …}`; on stdio literals are taken as they are written. */
        readonly scene: unknown;
        readonly parentVersion?: number | null | undefined;
        readonly kind?: VersionKind | undefined;
        readonly source?: string | undefined;
        readonly dedup?: boolean | undefined;
        readonly expectedRevision?: Revision | undefined;
      } & WriteOptions
    >;
    value: { version: number; revision: Revision; appended: boolean; problems: readonly Problem[] };
  };
  conformVersion: { input: OnBatch<{ readonly version: number } & DecisionOptions>; value: Decision };
  revertVersion: { input: OnBatch<{ readonly version: number } & DecisionOptions>; value: Decision };
  markDerived: { input: OnBatch<{ readonly version: number } & DecisionOptions>; value: Decision };
  /** Gives up every wait of this host for the batch's lock; those requests fail with `locked`. */
  stopWaiting: { input: BatchRef; value: { stopped: number } };
  /** Reads everything anew. */
  verifyWorkspace: {
    input: Record<string, never>;
    /** `isComplete` is false where it was stopped: then `problems` is what was found until then. */
    value: { problems: readonly (BatchRef & Problem)[]; isComplete: boolean };
  };
  stopVerifying: { input: Record<string, never>; value: Record<string, never> };
  /** Without `confirm` what the repair would do, and nothing is written; with the `previewId` of that it is done, or `conflict` where it would do something else by now: `details` then hold a new preview. */
  repairBatch: {
    input: OnBatch<
      {
        readonly repair: Repair;
        /** The orphan's number; of the other repairs there is none. */
        readonly version?: number | undefined;
        readonly note?: string | undefined;
        readonly confirm?: string | undefined;
      } & WriteOptions
    >;
    value: { readonly preview: RepairPreview; readonly previewId: string } | Decision;
  };
  describeHost: { input: Record<string, never>; value: HostInfo };
  /** The system's folder dialog; null where it was cancelled. `invalid` where the host has none. */
  chooseFolder: { input: Record<string, never>; value: { path: string | null } };
  /** Folders beneath the host's roots; the roots themselves where no path is given. */
  listFolders: {
    input: { readonly path?: string | undefined };
    value: {
      path: string | null;
      parent: string | null;
      folders: readonly { name: string; path: string; isWorkspace: boolean }[];
    };
  };
  /** `note`: a sentence to show, where the draft was damaged and has been put aside; told once. */
  readDraft: { input: BatchRef; value: { draft: KeptDraft | null; note?: string } };
  /** With a `holder`, `conflict` where another workspace is open, or, with `{keptAt}`, where another window has kept one since. */
  saveDraft: { input: { readonly draft: Draft; readonly holder?: DraftHolder | undefined }; value: { keptAt: string } };
  /** With a `holder`, what another window has kept since stays; `conflict` where another workspace is open. */
  discardDraft: { input: BatchRef & { readonly holder?: DraftHolder | undefined }; value: Record<string, never> };
  /** Newest first; `notes` as in `readDraft`. */
  listDrafts: {
    input: Record<string, never>;
    value: { drafts: readonly DraftHead[]; notes?: readonly string[] };
  };
  /** The system's file dialog; null where it was cancelled. `invalid` where the host has none: then `inspectBody`. */
  chooseBodyFile: { input: Record<string, never>; value: { body: ImportedBody | null } };
  /** Everything that is wrong in the file that a face sends; nothing is written. */
  inspectBody: { input: { readonly name: string; readonly base64: string }; value: { body: ImportedBody } };
  revealBody: { input: OnBatch<{ readonly version: number }>; value: Record<string, never> };
  getSettings: {
    input: Record<string, never>;
    value: { settings: Settings; sources: Readonly<Record<'workspace' | 'user', SettingSource>> };
  };
  saveSettings: {
    input: {
      readonly user?: string | undefined;
      readonly appearance?: Appearance | undefined;
      readonly hasSingleLetterKeys?: boolean | undefined;
      readonly watching?: WatchSetting | undefined;
    };
    value: { settings: Settings };
  };
}

export type RequestName = keyof Requests;
export type Input<Name extends RequestName> = Requests[Name]['input'];
export type Value<Name extends RequestName> = Requests[Name]['value'];

export interface Notices {
  /** Early rows while a workspace is being listed. */
  batchesListed: { readonly workspace: string; readonly batches: readonly BatchRow[] };
  /** The background check has read the bodies of these batches. */
  batchesChecked: {
    readonly workspace: string;
    readonly batches: readonly BatchRow[];
    readonly checked: number;
    readonly total: number;
  };
  /** This host wrote the batch; `row` is null where it could not be read again. */
  batchChanged: BatchRef & { readonly row: BatchRow | null };
  /** Somebody else did: the pipeline, another workstation, a shell. Told within a second on a local disk. */
  batchesChanged: { readonly workspace: string; readonly changes: readonly OutsideChange[] };
  /** How the folders are watched has changed: by the setting, by what the system can do, or since the workspace went or came back. */
  watchingChanged: Watching;
  /** Who holds the lock of a batch that was opened, told where it is held longer than a write takes; null: it is free again. */
  lockSeen: { readonly batch: BatchRef; readonly owner: LockOwner | null };
  /** `verifyWorkspace` goes on; `isOver` once, also where it was stopped. */
  verifyProgress: { readonly checked: number; readonly total: number; readonly isOver: boolean };
  /** A write waits for the batch's lock; sent again while it waits, and once with `isOver` at the end. */
  lockAwaited: {
    readonly batch: BatchRef;
    readonly owner: LockOwner;
    readonly waitedMs: number;
    readonly isOver: boolean;
  };
  workspaceOpened: { readonly workspace: WorkspaceInfo };
  settingsSaved: { readonly settings: Settings };
  /** A command of the application menu, for the renderer to carry out. */
  menuChosen: { readonly command: 'openWorkspace' | 'openSample' | 'showKeys' | 'showPalette' | 'undo' };
}

export type NoticeName = keyof Notices;
export type Notice = { [Name in NoticeName]: { readonly notice: Name; readonly value: Notices[Name] } }[NoticeName];

/** What a preload or a socket gives the renderer; `bridge.ts` is its only user. */
export interface Transport {
  request(name: RequestName, input: unknown): Promise<Reply<unknown>>;
  onNotice(listener: (notice: Notice) => void): () => void;
  /** False while the host cannot be reached; told at once and at each change. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}
