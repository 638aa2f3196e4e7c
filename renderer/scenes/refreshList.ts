/** Asks for the list of batches again after writes: at once after the first, and once for all that follow it closely. */
/** A decision on many batches is as many notices; ten thousand batches are not listed for each. */
const gatherMs = 400;
/** Where listing takes long, most of the time belongs to the decisions. */
const restPerListing = 3;
const longestRestMs = 4000;

/** One per window. */
export function listRefresher(list: () => Promise<unknown>): () => void {
  let isResting = false;
  let isWanted = false;
  const ask = async () => {
    isResting = true;
    isWanted = false;
    const begun = performance.now();
    // What cannot be listed is told by the query itself.
    await list().catch(() => undefined);
    const rest = Math.min(longestRestMs, restPerListing * (performance.now() - begun));
    setTimeout(
      () => {
        isResting = false;
        if (isWanted) void ask();
      },
      Math.max(gatherMs, rest),
    );
  };
  return () => {
    if (isResting) isWanted = true;
    else void ask();
  };
}
