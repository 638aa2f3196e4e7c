/** SceneVersionStore: the only code that writes a manifest. Each operation is one read-modify-write under the batch's lock. */
import type { BatchId } from '../../../shared/ids.ts';
import type { JsonValue } from '../../../shared/json.ts';
import { planAdoption } from '../repair/adoptOrphan.ts';
import { askRepair, repair } from '../repair/carryOut.ts';
import { planClosing } from '../repair/closeLedger.ts';
import { planRebuilding } from '../repair/rebuildManifest.ts';
import { appendVersion } from './appendVersion.ts';
import { BatchWrites } from './batchWrite.ts';
import { markDerived } from './markDerived.ts';
import { movePointer } from './movePointer.ts';
import type {
  AskedRepair,
  CandidateWriteOptions,
  Decided,
  DecidedOn,
  DecisionOptions,
  RepairOptions,
  RepairRequest,
  StoreOptions,
  WrittenCandidate,
} from './storeOptions.ts';

export class SceneVersionStore {
  readonly #writes: BatchWrites;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: StoreOptions) {
    this.#writes = new BatchWrites(options);
  }

  /** Whether this file system has flock; null before the first lock. */
  get hasFlock(): boolean | null {
    return this.#writes.hasFlock;
  }

  /** Adds a version; the pointer never moves. */
  writeSceneCandidate(
    batchId: BatchId,
    scene: JsonValue,
    options: CandidateWriteOptions = {},
  ): Promise<WrittenCandidate> {
    return this.#track(appendVersion(this.#writes.of(batchId), scene, options));
  }

  /** Pointer to `version`, and its state `approved`; nothing else. */
  conform(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<DecidedOn> {
    return this.#track(movePointer(this.#writes.of(batchId), version, 'conform', options));
  }

  /** Pointer to `version`; nothing else. */
  revert(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<DecidedOn> {
    return this.#track(movePointer(this.#writes.of(batchId), version, 'revert', options));
  }

  /** Opens the freshness gate of the active version. */
  markDerived(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<Decided> {
    return this.#track(markDerived(this.#writes.of(batchId), version, options));
  }

  /** Registers a body that no entry names as a candidate under its own number; the pointer never moves. */
  adoptOrphan(batchId: BatchId, version: number, options: RepairOptions = {}): Promise<Decided> {
    const write = this.#writes.of(batchId);
    return this.#track(repair(write, planAdoption(write, version), options));
  }

  /** Makes a manifest that can no longer be written anew from bodies and ledger; the damaged one stays beside it. */
  rebuildManifest(batchId: BatchId, options: RepairOptions = {}): Promise<Decided> {
    const write = this.#writes.of(batchId);
    return this.#track(repair(write, planRebuilding(write), options));
  }

  /** Puts a newline behind a torn end of the ledger, and a line that says so. */
  closeLedger(batchId: BatchId, options: RepairOptions = {}): Promise<Decided> {
    const write = this.#writes.of(batchId);
    return this.#track(repair(write, planClosing(write), options));
  }

  repair(batchId: BatchId, asked: RepairRequest, options: RepairOptions = {}): Promise<Decided> {
    switch (asked.repair) {
      case 'adoptOrphan':
        return this.adoptOrphan(batchId, asked.version, options);
      case 'rebuildManifest':
        return this.rebuildManifest(batchId, options);
      case 'closeLedger':
        return this.closeLedger(batchId, options);
    }
  }

  /** What a repair would do, and the id that confirms it. Takes no lock and writes nothing. */
  previewRepair(batchId: BatchId, asked: RepairRequest): Promise<AskedRepair> {
    const write = this.#writes.of(batchId);
    switch (asked.repair) {
      case 'adoptOrphan':
        return askRepair(write, planAdoption(write, asked.version));
      case 'rebuildManifest':
        return askRepair(write, planRebuilding(write));
      case 'closeLedger':
        return askRepair(write, planClosing(write));
    }
  }

  /** Gives up every wait for a lock, refuses new writes, and resolves once the writes under way are through. */
  closing(): Promise<void> {
    this.#writes.closing.abort();
    return this.whenIdle();
  }

  async whenIdle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #track<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay.add(work);
    const forget = (): void => void this.#underWay.delete(work);
    work.then(forget, forget);
    return work;
  }
}
