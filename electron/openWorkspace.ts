/** Which workspace the host has open: the one it was started with, the one chosen since, or the sample of a first start. */
import path from 'node:path';
import type { Value, WorkspaceInfo } from '../shared/contract.ts';
import { FailureError } from '../shared/failure.ts';
import type { Watching } from '../shared/watching.ts';
import type { AllowedFolders } from './allowedFolders.ts';
import type { Log } from './log.ts';
import { ensureSample, sampleFolder } from './sampleCopy.ts';
import type { SettingsStore } from './settings.ts';

type Opened = Value<'openWorkspace'>;

/** What this needs of the session that owns the stores. */
interface SessionToOpen {
  open(folder: string, options: { readonly isSample: boolean }): Promise<Opened>;
  /** Without a listing. */
  enter(folder: string, options: { readonly isSample: boolean }): Promise<WorkspaceInfo>;
  readonly info: WorkspaceInfo | null;
  readonly locks: string;
  readonly watching: Watching;
}

export interface OpenWorkspace {
  /** `invalid` where the path rule does not allow the folder. */
  readonly openNamed: (folder: string) => Promise<Opened>;
  readonly openSample: () => Promise<Opened>;
  /** Opens what the start names; never throws, `whenOpened` tells how it went. */
  readonly openFirst: () => Promise<void>;
  /** Waits for openings that were asked for; throws why nothing is open, where nothing is. */
  readonly whenOpened: () => Promise<void>;
  /** After the openings that were asked for. */
  readonly info: () => Promise<WorkspaceInfo | null>;
  /** What locks are made of there, for the status bar. */
  readonly locks: () => string;
  /** How its folders are watched, for the same. */
  readonly watching: () => Watching;
}

export interface OpenWorkspaceOptions {
  readonly session: SessionToOpen;
  readonly settings: SettingsStore;
  readonly allowed: AllowedFolders;
  readonly dataFolder: string;
  readonly shippedSample: string;
  readonly log: Log;
  /** From the command line: wins over the environment, and that over the settings. */
  readonly named: string | undefined;
  /** False for stdio: what no script asked for is neither copied nor remembered. */
  readonly isForPerson: boolean;
}

export function openWorkspaceOf(options: OpenWorkspaceOptions): OpenWorkspace {
  const { session, settings, allowed, dataFolder, log } = options;
  const sample = sampleFolder(dataFolder);
  let lastOpening: Promise<void> = Promise.resolve();
  let whyNone: FailureError | null = null;

  async function open(folder: string): Promise<Opened> {
    const named = path.resolve(folder);
    const isSample = named === sample;
    const opened = await session.open(named, { isSample });
    whyNone = null;
    allowed.handOut(named);
    // A workspace that cannot be remembered is open all the same.
    if (options.isForPerson)
      await settings.rememberWorkspace(named).catch((error: unknown) => log.warn('Not remembered', error));
    return opened;
  }

  async function openNamedOrSample(): Promise<void> {
    const named = options.named ?? settings.current().workspace;
    if (!options.isForPerson) {
      // A script that conforms one batch must not wait for, or pay for, a listing of ten thousand.
      if (named !== null) await session.enter(path.resolve(named), { isSample: path.resolve(named) === sample });
      return;
    }
    await open(named ?? (await ensureSample(dataFolder, options.shippedSample)));
  }

  /** One opening after the other, in the order they were asked for; requests that come later wait for it. */
  function inTurn<Result>(opening: () => Promise<Result>): Promise<Result> {
    const result = lastOpening.then(opening);
    lastOpening = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  return {
    openNamed: (folder) =>
      inTurn(async () => {
        await allowed.check(folder);
        return open(folder);
      }),
    openSample: () => inTurn(async () => open(await ensureSample(dataFolder, options.shippedSample))),
    openFirst: () =>
      inTurn(openNamedOrSample).catch((error: unknown) => {
        const isKnown = error instanceof FailureError;
        if (isKnown) log.warn(`The first workspace could not be opened: ${error.message}`);
        else log.error('The first workspace could not be opened', error);
        whyNone = isKnown ? error : new FailureError('unexpected', String(error), { cause: error });
      }),
    async whenOpened() {
      await lastOpening;
      if (session.info !== null) return;
      throw (
        whyNone ??
        new FailureError(
          'invalid',
          'No workspace is open: name one with openWorkspace, --workspace or PICTURE_LOCK_WORKSPACE.',
        )
      );
    },
    async info() {
      await lastOpening;
      return session.info;
    },
    locks: () => session.locks,
    watching: () => session.watching,
  };
}
