/** Reads the frames of a page, and the tasks of its main thread, out of what Chromium's tracing recorded. */
import { z } from 'zod';

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  /** Microseconds. */
  ts: z.number(),
  dur: z.number().optional(),
  pid: z.number(),
  tid: z.number(),
  args: z.record(z.string(), z.unknown()).optional(),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });

export const frameCategories = [
  'cc',
  'benchmark',
  'toplevel',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

export interface Traced {
  /** Milliseconds from one frame on the screen to the next. */
  readonly frames: readonly number[];
  /** Milliseconds that each task of the page's main thread took. */
  readonly tasks: readonly number[];
}

/** The step of a frame's way that ends when it is on the screen. */
const presented = 'SubmitCompositorFrameToPresentationCompositorFrame';
const fewestFrames = 30;

export function readTrace(trace: Buffer): Traced {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString('utf8')));
  // The compositor's and the main thread's part of one frame are reported apart, at the same time.
  const presentations = traceEvents.filter(({ name, ph }) => name === presented && ph === 'e').map(({ ts }) => ts);
  const times = [...new Set(presentations)].sort((one, other) => one - other);
  if (times.length < fewestFrames) {
    throw new Error(`The trace holds ${times.length} frames only: this Chromium names them differently.`);
  }
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  return {
    frames: times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1_000),
    tasks: traceEvents
      .filter(({ name, pid, tid }) => name === 'RunTask' && mainThreads.has(`${pid}/${tid}`))
      .map(({ dur }) => (dur ?? 0) / 1_000),
  };
}
