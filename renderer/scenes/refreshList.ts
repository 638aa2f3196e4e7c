/** Asks for the list of batches again after writes: at once after the first, and once for all that follow it closely. */
import type { QueryClient } from '@tanstack/react-query';
import { batchesQuery } from './queries.ts';

/** A decision on many batches is as many notices; ten thousand batches are not listed for each. */
const gatherMs = 400;

/** One per window. */
export function listRefresher(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const ask = () => {
    isWanted = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) ask();
    }, gatherMs);
    void client.invalidateQueries({ queryKey: batchesQuery().queryKey });
  };
  return () => {
    if (timer === undefined) ask();
    else isWanted = true;
  };
}
