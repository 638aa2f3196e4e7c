/** The open workspace of one host: what every transport asks of scenes, and the notices that come back. */
import { access, constants } from 'node:fs/promises';
import { sep } from 'node:path';
import type { VersionComparison } from '../../shared/comparison.ts';
import type { BatchRow, BatchView, Notice, WorkspaceInfo } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Scene } from '../../shared/scene.ts';
import { type Author, readLockOwner } from './lockOwner.ts';
import { batchFiles } from './sceneFiles.ts';
import { listEpisodes, openWorkspaceFolder, type WorkspaceFolder } from './workspace.ts';
import { WorkspaceReader } from './workspaceReader.ts';

export interface SessionOptions {
  readonly dataFolder: string;
  /** Asked at each write: the name can change in the settings. */
  readonly author: () => Author;
  readonly notify: (notice: Notice) => void;
  readonly log?: { warn(message: string, ...details: readonly unknown[]): void };
}

interface Opened {
  readonly info: WorkspaceInfo;
  readonly reader: WorkspaceReader;
}

export class WorkspaceSession {
  readonly #options: SessionOptions;
  #opened: Opened | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Null before a workspace was opened. */
  get info(): WorkspaceInfo | null {
    return this.#opened?.info ?? null;
  }

  /** The workspace that was open stays open where the new one cannot be. Throws `invalid`, `notFound` and `io`. */
  async open(
    path: string,
    { isSample = this.#isInSample(path) }: { readonly isSample?: boolean } = {},
  ): Promise<{ batches: readonly BatchRow[]; workspace: WorkspaceInfo }> {
    const folder = await openWorkspaceFolder(path);
    const info: WorkspaceInfo = { path: folder.path, name: folder.name, isSample, canWrite: await canWrite(folder) };
    const reader = this.#readerOf(folder);
    const before = this.#opened;
    this.#opened = { info, reader };
    await before?.reader.close();
    try {
      const batches = await reader.list.read();
      this.#options.notify({ notice: 'workspaceOpened', value: { workspace: info } });
      return { batches, workspace: info };
    } catch (error) {
      await reader.close();
      this.#opened = before === null ? null : { info: before.info, reader: this.#readerOf(before.reader.folder) };
      throw error;
    }
  }

  listBatches(): Promise<readonly BatchRow[]> {
    return this.#reader.list.read();
  }

  /** Damage never fails it; a batch that is not there is `notFound`. */
  getBatch(ref: BatchRef): Promise<BatchView> {
    return this.#reader.getBatch(ref);
  }

  readScene(ref: BatchRef, version: number): Promise<Scene> {
    return this.#reader.readScene(ref, version);
  }

  compareVersions(ref: BatchRef, from: number, to: number): Promise<VersionComparison> {
    return this.#reader.compareVersions(ref, from, to);
  }

  bodyPath(ref: BatchRef, version: number): Promise<string> {
    return this.#reader.bodyPath(ref, version);
  }

  verifyWorkspace(): Promise<readonly (BatchRef & Problem)[]> {
    return this.#reader.list.verify();
  }

  async close(): Promise<void> {
    await this.#opened?.reader.close();
  }

  get #reader(): WorkspaceReader {
    return this.#current.reader;
  }

  get #current(): Opened {
    if (this.#opened !== null) return this.#opened;
    throw new FailureError('notFound', 'No workspace is open. Open the folder that holds your projects first.');
  }

  #readerOf(folder: WorkspaceFolder): WorkspaceReader {
    const { dataFolder, notify, log, author } = this.#options;
    const workspace = folder.path;
    return new WorkspaceReader(folder, {
      dataFolder,
      onListed: (batches) => notify({ notice: 'batchesListed', value: { workspace, batches } }),
      onChecked: (progress) => notify({ notice: 'batchesChecked', value: { workspace, ...progress } }),
      warn: (message, error) => log?.warn(message, ...(error === undefined ? [] : [error])),
      lockOwner: (scenesFolder, ref) =>
        readLockOwner(batchFiles(scenesFolder, ref.episode, ref.batchId), author().host),
    });
  }

  #isInSample(path: string): boolean {
    const sample = `${this.#options.dataFolder}${sep}sample`;
    return path === sample || path.startsWith(`${sample}${sep}`);
  }
}

/** By the folders in which a decision writes; a workspace without an episode is asked itself. */
async function canWrite(folder: WorkspaceFolder): Promise<boolean> {
  const episodes = await listEpisodes(folder);
  const paths = episodes.length > 0 ? episodes.map(({ scenesFolder }) => scenesFolder) : [folder.path];
  const answers = await Promise.all(
    paths.map((path) =>
      access(path, constants.W_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return answers.some((answer) => answer);
}
