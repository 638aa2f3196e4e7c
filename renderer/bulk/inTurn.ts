/** Works through a list, a few at once, until it is told to begin no more. */

interface InTurnOptions {
  readonly atOnce: number;
  /** Asked before each. */
  readonly isOver: () => boolean;
}

export async function inTurn<Item>(
  items: readonly Item[],
  { atOnce, isOver }: InTurnOptions,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) {
      if (isOver()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
