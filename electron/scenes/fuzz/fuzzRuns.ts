/**
 * For fuzz tests: how many random cases a property gets, and which. `PICTURE_LOCK_FUZZ=20` runs twenty times as many;
 * `PICTURE_LOCK_FUZZ_SEED=…` (with `PICTURE_LOCK_FUZZ_PATH=…`, both printed at a failure) repeats a case that failed.
 */

const times = Number(process.env.PICTURE_LOCK_FUZZ ?? 1);
const seed = process.env.PICTURE_LOCK_FUZZ_SEED;
const path = process.env.PICTURE_LOCK_FUZZ_PATH;

/** A usual case may take this long, and no run of the tests ends for a slow computer. */
const longestCaseMs = 400;

export const fuzzRuns = (usual: number) => ({
  numRuns: Math.ceil(usual * times),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
});

/** For the test itself. */
export const fuzzTimeout = (usual: number): number => 20_000 + usual * times * longestCaseMs;

const mostRounds = 6;

/** Goes on with other cases while too few of them were of the kind that a test is about: chance alone fails none. */
export async function runUntil(isEnough: () => boolean, run: () => Promise<void>): Promise<void> {
  for (let round = 0; round < mostRounds && !isEnough(); round += 1) await run();
}
