/** Measures something of ours against a yardstick in the same run: pairs, interleaved, and the median of their ratios. */

export type Bar = { readonly atMost: number } | { readonly timesFaster: number };

export interface Measured {
  readonly what: string;
  readonly yardstick: string;
  /** Medians, in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of ours by theirs, pair by pair. */
  readonly ratio: number;
  readonly pairs: number;
  readonly bar: Bar;
}

type Work = () => unknown;

export interface Contest {
  readonly what: string;
  readonly yardstick: string;
  readonly ours: Work;
  readonly theirs: Work;
  readonly pairs: number;
  /** Pairs that are run first and not counted. */
  readonly warmUps: number;
  readonly bar: Bar;
  /** The yardstick leaves so much behind that it would be collected on our time: collect it before ours begins. */
  readonly isTheirsWasteful?: boolean;
}

/** A collection also throws away what makes the next run fast, so one run goes uncounted after it. */
async function collectGarbage(work: Work): Promise<void> {
  if (!globalThis.gc) throw new Error('Run the benchmarks with npm run bench: they need node --expose-gc.');
  globalThis.gc();
  await work();
}

function median(values: readonly number[]): number {
  const sorted = values.slice().sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

async function milliseconds(work: Work): Promise<number> {
  const start = process.hrtime.bigint();
  const result = work();
  // Awaited only where there is something to await: a tick of its own would count in the short ones.
  if (result instanceof Promise) await result;
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export async function measure({
  what,
  yardstick,
  ours,
  theirs,
  pairs,
  warmUps,
  bar,
  isTheirsWasteful,
}: Contest): Promise<Measured> {
  const times: { ours: number; theirs: number }[] = [];
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    if (isTheirsWasteful) await collectGarbage(ours);
    // Each goes first every other time, so that neither always has the warmer caches.
    const isOursFirst = isTheirsWasteful || pair % 2 === 0;
    const first = await milliseconds(isOursFirst ? ours : theirs);
    const second = await milliseconds(isOursFirst ? theirs : ours);
    if (pair >= 0) times.push(isOursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  return {
    what,
    yardstick,
    ours: median(times.map((time) => time.ours)),
    theirs: median(times.map((time) => time.theirs)),
    ratio: median(times.map((time) => time.ours / time.theirs)),
    pairs,
    bar,
  };
}

export const isMet = ({ ratio, bar }: Measured): boolean =>
  'atMost' in bar ? ratio <= bar.atMost : 1 / ratio >= bar.timesFaster;
