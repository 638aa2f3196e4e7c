/** What is said between the harness, a writer and a reader: one line of JSON each. */
import { z } from 'zod';

export const placeSchema = z.object({ scenesFolder: z.string(), dataFolder: z.string(), batchId: z.string() });
/** Where a run works: a batch in a folder of its own, and the data folder of whoever writes it. */
export type RunPlace = z.infer<typeof placeSchema>;

const pauseSchema = z.object({
  /** The step of a write after which the writer stops. */
  step: z.string(),
  ms: z.number(),
  /** The whole process stands still, its timers too. */
  isBlocking: z.boolean(),
});

const timingSchema = z.object({
  deadlineMs: z.number().optional(),
  holdMs: z.number().optional(),
  staleMs: z.number().optional(),
  updateMs: z.number().optional(),
});

export const orderSchema = z.object({
  id: z.number(),
  place: placeSchema,
  host: z.string(),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('append'), duration: z.number(), parentVersion: z.number().nullable() }),
    z.object({ kind: z.enum(['conform', 'revert', 'markDerived']), version: z.number() }),
    z.object({ kind: z.literal('adoptOrphan'), version: z.number() }),
    z.object({ kind: z.enum(['rebuildManifest', 'closeLedger']) }),
  ]),
  note: z.string().optional(),
  timing: timingSchema.optional(),
  pause: pauseSchema.optional(),
});

export type WriterOrder = z.infer<typeof orderSchema>;
export type WriterChange = WriterOrder['change'];
export type RepairChange = Extract<WriterChange, { kind: 'adoptOrphan' | 'rebuildManifest' | 'closeLedger' }>;
/** What several writers do to one batch at once. */
export type EverydayChange = Exclude<WriterChange, RepairChange>;

export const answerSchema = z.discriminatedUnion('kind', [
  /** `poolThread` is the one thread in which all its file calls are made but for flock. */
  z.object({ id: z.literal(0), kind: z.literal('ready'), poolThread: z.number(), started: z.string() }),
  z.object({ id: z.number(), kind: z.literal('paused'), step: z.string() }),
  z.object({
    id: z.number(),
    kind: z.literal('done'),
    version: z.number().nullable(),
    revision: z.string(),
    problems: z.array(z.object({ code: z.string(), message: z.string() })),
    /** From the order to both locks held; null where none was needed. */
    waitedMs: z.number().nullable(),
  }),
  z.object({
    id: z.number(),
    kind: z.literal('failed'),
    /** `unexpected` stands for everything that is no failure of the store's. */
    code: z.string(),
    message: z.string(),
    isOutcomeUnknown: z.boolean(),
  }),
]);

export type WriterAnswer = z.infer<typeof answerSchema>;
export type WriterOutcome = Extract<WriterAnswer, { kind: 'done' | 'failed' }>;

/** How the writer is broken on purpose, so that the harness can be seen to notice. */
export const breakings = ['order', 'fsync', 'rename', 'ledgerFirst', 'ledgerSkipped'] as const;
export type Breaking = (typeof breakings)[number];

const accountSchema = z.object({ uid: z.number(), gid: z.number(), groups: z.array(z.number()), umask: z.number() });
export type Account = z.infer<typeof accountSchema>;

export const writerArgsSchema = z.object({
  breaking: z.enum(breakings).nullable(),
  /** How far its clock is wrong. */
  skewMs: z.number(),
  /** Whose rights it has; its own where there is none. */
  account: accountSchema.optional(),
});
export type WriterArgs = z.infer<typeof writerArgsSchema>;

/** `begun`: the manifest's revision before the run, null where there is none; it may be a damaged one. */
export const watchedSchema = z.object({ place: placeSchema, begun: z.string().nullable() });
export type Watched = z.infer<typeof watchedSchema>;
export const readerOrderSchema = z.object({ id: z.number(), watch: watchedSchema.nullable() });
/** What was seen since the order before. */
export const readerAnswerSchema = z.object({ id: z.number(), reads: z.number(), wrong: z.array(z.string()) });
