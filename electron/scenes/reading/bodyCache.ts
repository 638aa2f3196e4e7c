/** Reads bodies and remembers what was found in them for as long as size, time and inode of the file stay the same. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileStamp, openContained, readOpen, signatureOf } from '../disk/containedFile.ts';
import { BoundedCache } from './boundedCache.ts';
import type { PlainLook } from './readingOrders.ts';
import { type Body, type BodyFacts, type BodyParse, parseBody } from './sceneBody.ts';

/** Why there is no scene at an artifact's name; `reason` is the end of a sentence that begins with the file's name. */
export interface NoBody {
  readonly kind: 'missing' | 'outside' | 'unreadable';
  readonly reason: string;
  readonly jsonPath?: string;
  readonly changedAt: string | null;
}

export type BodyLook = { readonly kind: 'facts'; readonly facts: BodyFacts; readonly changedAt: string } | NoBody;
export type BodyReading = { readonly kind: 'body'; readonly body: Body; readonly changedAt: string } | NoBody;

/** What is kept of a file between two programs' runs: a parsed body's facts, or why it is none. */
export interface RememberedBody {
  readonly signature: string;
  readonly changedAt: string;
  readonly facts: BodyFacts | null;
  readonly reason: string;
  readonly jsonPath: string | null;
}

/** Enough for 10,000 batches of a few versions each; one entry is some 300 bytes. */
const rememberedBodies = 60_000;
/** Characters of JSON text whose scenes are held whole, for reading and comparing again and again. */
const heldText = 48_000_000;

export class BodyCache {
  readonly #remembered = new BoundedCache<RememberedBody>(rememberedBodies);
  readonly #held = new BoundedCache<{ readonly signature: string; readonly body: Body }>(heldText);

  /** Facts only: the file is opened, and read only where it changed since it was last read. Never throws for what is on disk. */
  async look(folder: string, name: string): Promise<BodyLook> {
    const key = keyOf(folder, name);
    const opened = await openContained(folder, name);
    if (opened.kind !== 'open') return noFile(opened);
    const remembered = this.#remembered.get(key);
    if (remembered?.signature === opened.signature) {
      void opened.handle.close().catch(() => undefined);
      return toLook(remembered);
    }
    const reading = await readOpen(opened);
    if (reading.kind !== 'read') return noFile(reading);
    this.#parse(key, reading.bytes, reading);
    const now = this.#remembered.get(key);
    return now === undefined
      ? { kind: 'unreadable', reason: 'it changed while it was read', changedAt: null }
      : toLook(now);
  }

  /** The scene itself. */
  async read(folder: string, name: string): Promise<BodyReading> {
    const key = keyOf(folder, name);
    const opened = await openContained(folder, name);
    if (opened.kind !== 'open') return noFile(opened);
    const { signature, changedAt } = opened;
    const held = this.#held.get(key);
    if (held?.signature === signature) {
      await opened.handle.close();
      return { kind: 'body', body: held.body, changedAt };
    }
    const reading = await readOpen(opened);
    if (reading.kind !== 'read') return noFile(reading);
    const parsed = this.#parse(key, reading.bytes, reading);
    if (!parsed.ok) return { kind: 'unreadable', ...withoutOk(parsed), changedAt };
    const body: Body = { scene: parsed.scene, facts: parsed.facts, beatFingerprints: parsed.beatFingerprints };
    this.#held.set(key, { signature, body }, Math.max(1, reading.size));
    return { kind: 'body', body, changedAt };
  }

  /** Of what is known of a file that stood there; null where nothing is. */
  signatureOf(folder: string, name: string): string | null {
    return this.#remembered.get(keyOf(folder, name))?.signature ?? null;
  }

  /** What a reading thread found; null where it says that nothing changed and what was known is forgotten since. */
  take(folder: string, { artifact, found }: PlainLook): BodyLook | null {
    if (found.kind !== 'same' && found.kind !== 'read') return found;
    const key = keyOf(folder, artifact);
    if (found.kind === 'read') this.#remembered.set(key, found.body);
    const known = found.kind === 'read' ? found.body : this.#remembered.get(key);
    return known === undefined ? null : toLook(known);
  }

  /** For the data folder; null where nothing is known. */
  recallable(folder: string, name: string): RememberedBody | null {
    return this.#remembered.get(keyOf(folder, name)) ?? null;
  }

  /** What an earlier run knew; whatever was read since then stays. */
  recall(folder: string, name: string, body: RememberedBody): void {
    const key = keyOf(folder, name);
    if (this.#remembered.get(key) === undefined) this.#remembered.set(key, body);
  }

  /** Whether the file is another than was read; false where it was not read yet. Does not open it. */
  async hasChanged(folder: string, name: string): Promise<boolean> {
    const path = keyOf(folder, name);
    const remembered = this.#remembered.get(path);
    if (remembered === undefined) return false;
    const stats = await stat(path, { bigint: true }).catch(() => null);
    return stats === null || signatureOf(stats) !== remembered.signature;
  }

  /** Forgets one file, which may have been changed without its size, time and inode telling. */
  forgetFile(folder: string, name: string): void {
    const key = keyOf(folder, name);
    this.#remembered.delete(key);
    this.#held.delete(key);
  }

  /** Forgets all, so that everything is read anew. */
  forget(): void {
    this.#remembered.clear();
    this.#held.clear();
  }

  #parse(key: string, bytes: Uint8Array, stamp: FileStamp): BodyParse {
    const parsed = parseBody(bytes);
    this.#remembered.set(key, rememberedBody(stamp, parsed));
    return parsed;
  }
}

const keyOf = (folder: string, name: string): string => join(folder, name.replaceAll('\0', '?'));

export const rememberedBody = ({ signature, changedAt }: Omit<FileStamp, 'size'>, parsed: BodyParse): RememberedBody =>
  parsed.ok
    ? { signature, changedAt, facts: parsed.facts, reason: '', jsonPath: null }
    : { signature, changedAt, facts: null, reason: parsed.reason, jsonPath: parsed.jsonPath ?? null };

function noFile(found: { readonly kind: 'missing' | 'outside' | 'unreadable'; readonly reason?: string }): NoBody {
  return { kind: found.kind, reason: found.reason ?? 'it is not there', changedAt: null };
}

function withoutOk({ reason, jsonPath }: { readonly reason: string; readonly jsonPath?: string }) {
  return jsonPath === undefined ? { reason } : { reason, jsonPath };
}

function toLook({ facts, changedAt, reason, jsonPath }: RememberedBody): BodyLook {
  if (facts !== null) return { kind: 'facts', facts, changedAt };
  return { kind: 'unreadable', reason, ...(jsonPath === null ? {} : { jsonPath }), changedAt };
}
