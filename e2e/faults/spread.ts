/** Puts things into an order whose every beginning is spread over the whole, the same at every run. */

/** Multiples of it never crowd, whatever the number of things. */
const golden = 0.618_033_988_749_895;

export const inSpreadOrder = <Item>(items: readonly Item[]): readonly Item[] =>
  items
    .map((item, index) => ({ item, key: (index * golden) % 1 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
