/** Reads an open workspace: its list, one batch, one body, a comparison; writes no scene file. */
import { join } from 'node:path';
import { compareVersions } from '../../../shared/compare.ts';
import type { ComparedBody } from '../../../shared/comparedBody.ts';
import type { VersionComparison } from '../../../shared/comparison.ts';
import type { BatchView, LockOwner } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { absentRevision, type BatchRef } from '../../../shared/ids.ts';
import { lastApprovedVersion } from '../../../shared/lastApproved.ts';
import type { Scene } from '../../../shared/scene.ts';
import { openContained } from '../disk/containedFile.ts';
import { noBodyProblem } from '../reading/batchProblems.ts';
import { readBatch, readSource } from '../reading/batchReader.ts';
import { activeVersionOf, type KnownVersion, versionsOf } from '../reading/batchVersions.ts';
import type { BodyCache, BodyReading } from '../reading/bodyCache.ts';
import { BatchList, type ListOptions } from './batchList.ts';
import { type LocatedBatch, locateBatch, type WorkspaceFolder } from './workspace.ts';

export interface ReaderOptions extends ListOptions {
  /** Who holds a batch's lock now, as far as that can be read. */
  readonly lockOwner: (scenesFolder: string, ref: BatchRef) => Promise<LockOwner | null>;
}

export class WorkspaceReader {
  readonly folder: WorkspaceFolder;
  readonly list: BatchList;
  readonly #options: ReaderOptions;
  readonly #bodies: BodyCache;

  constructor(folder: WorkspaceFolder, bodies: BodyCache, options: ReaderOptions) {
    this.#bodies = bodies;
    this.folder = folder;
    this.#options = options;
    this.list = new BatchList(folder, bodies, options);
  }

  /** Damage never fails it; a batch that is not there does. */
  async getBatch(ref: BatchRef): Promise<BatchView> {
    this.list.giveWay();
    const located = await locateBatch(this.folder, ref);
    const { source, ledger, versions, problems } = await readBatch(located, this.#bodies);
    return {
      manifest: source.manifest?.manifest ?? null,
      revision: source.manifest?.revision ?? absentRevision,
      versions,
      problems,
      ledger: ledger.lines,
      lastApproved: lastApprovedVersion(ledger.lines, versions),
      activeVersion: activeVersionOf(source),
      isWritable: source.manifest?.isWritable ?? true,
      lock: await this.#options.lockOwner(located.scenesFolder, ref),
    };
  }

  /** Throws `notFound` and `damaged`. */
  async readScene(ref: BatchRef, version: number): Promise<Scene> {
    const located = await locateBatch(this.folder, ref);
    const known = await findVersion(located, version);
    return bodyOf(known, await this.#bodies.read(located.scenesFolder, known.artifact)).scene;
  }

  /** Throws `notFound` and `damaged`. */
  async compareVersions(ref: BatchRef, from: number, to: number): Promise<VersionComparison> {
    const located = await locateBatch(this.folder, ref);
    const [before, after] = [await findVersion(located, from), await findVersion(located, to)];
    const sides: ComparedBody[] = [];
    for (const known of [before, after]) {
      const body = bodyOf(known, await this.#bodies.read(located.scenesFolder, known.artifact));
      if (body.beatFingerprints === null) throw unfitFailure(known, body.facts.unfit?.jsonPath ?? '$');
      sides.push({ version: known.version, scene: body.scene, beatFingerprints: body.beatFingerprints });
    }
    const [one, other] = sides;
    if (one === undefined || other === undefined) throw new Error('Two versions were read.');
    return compareVersions(one, other, before.downstream === 'derived');
  }

  /** Where a version's body stands, for the system's file manager. Throws `notFound` and `damaged`. */
  async bodyPath(ref: BatchRef, version: number): Promise<string> {
    const located = await locateBatch(this.folder, ref);
    const known = await findVersion(located, version);
    const opened = await openContained(located.scenesFolder, known.artifact);
    if (opened.kind !== 'open') {
      throw bodyFailure(known, { kind: opened.kind, reason: 'reason' in opened ? opened.reason : '', changedAt: null });
    }
    await opened.handle.close();
    return join(located.scenesFolder, known.artifact);
  }

  async close(): Promise<void> {
    await this.list.close();
  }
}

async function findVersion(located: LocatedBatch, version: number): Promise<KnownVersion> {
  const known = versionsOf(await readSource(located), []).find((one) => one.version === version);
  if (known !== undefined) return known;
  throw new FailureError(
    'notFound',
    `${located.ref.batchId} has no version ${version}. Look at its version history again.`,
  );
}

function bodyOf(known: KnownVersion, reading: BodyReading) {
  if (reading.kind === 'body') return reading.body;
  throw bodyFailure(known, reading);
}

function bodyFailure(known: KnownVersion, reading: Exclude<BodyReading, { kind: 'body' }>): FailureError {
  const problem = noBodyProblem(known, reading);
  return new FailureError('damaged', problem.message, { details: { problem } });
}

const unfitFailure = ({ version, artifact }: KnownVersion, jsonPath: string): FailureError =>
  new FailureError(
    'damaged',
    `${artifact}: the value at ${jsonPath} cannot be held exactly, so v${version} cannot be compared. The pipeline has to write it anew.`,
    { details: { jsonPath, version } },
  );
