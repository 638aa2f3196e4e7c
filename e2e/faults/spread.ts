/** Puts things into an order whose every beginning is spread over the whole; the seed says where it begins. */

/** Multiples of it never crowd, whatever the number of things. */
const golden = 0.618_033_988_749_895;
/** Seeds are whole numbers below this. */
export const seeds = 1_000_000;

export const inSpreadOrder = <Item>(items: readonly Item[], seed: number): readonly Item[] =>
  items
    .map((item, index) => ({ item, key: (index * golden + seed / seeds) % 1 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
