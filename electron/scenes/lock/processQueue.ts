/** Lets one operation at a time of this process go for a batch's lock, in the order in which they came. */

const last = new Map<string, Promise<void>>();

/** Resolves with the function that lets the next one in, or with null where `stop` fired first. */
export async function enterQueue(key: string, stop: AbortSignal): Promise<(() => void) | null> {
  const before = last.get(key);
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  // Whoever gives up while waiting stays in the chain as somebody who is through once those before are.
  const mine = before === undefined ? left : before.then(() => left);
  last.set(key, mine);
  void mine.then(() => {
    if (last.get(key) === mine) last.delete(key);
  });
  if (before !== undefined && !(await isFirst(before, stop))) {
    leave();
    return null;
  }
  return leave;
}

function isFirst(before: Promise<void>, stop: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve(false);
    const giveUp = (): void => resolve(false);
    stop.addEventListener('abort', giveUp, { once: true });
    void before.then(() => {
      stop.removeEventListener('abort', giveUp);
      resolve(true);
    });
  });
}
