/** What a draft may hold, at both of its edges: as it crosses a transport, and as it is read from its file. */
import { z } from 'zod';
import type { WireObject } from '../../shared/json.ts';
import { batchInput } from '../ipc/batchInput.ts';

/** Read whole by `fromWire` before it is kept. */
const scene = z.custom<WireObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'must be an object: the whole scene',
});

const pending = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('beat'), beat: z.int().nonnegative(), text: z.string() }),
  z.strictObject({ scope: z.literal('scene'), text: z.string() }),
]);

export const draftSchema = z.strictObject({
  batch: z.strictObject(batchInput),
  baseVersion: z.int().positive().nullable(),
  scene,
  kind: z.enum(['pickup', 'reshoot']),
  /** Empty while it is being typed anew; a candidate needs one. */
  source: z.string().max(200),
  pending: pending.nullable(),
});

export const holderSchema = z.strictObject({
  workspace: z.string().nullable(),
  window: z.string().min(1).max(100),
  goesOnFrom: z.string().max(100).nullable(),
});
