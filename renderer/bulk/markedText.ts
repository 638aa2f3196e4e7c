/** How many batches are marked, and how many of them the filter hides. Pure. */

export const markedText = (count: number, hidden: number): string =>
  hidden === 0
    ? `${count.toLocaleString()} selected`
    : `${count.toLocaleString()} selected, ${hidden.toLocaleString()} hidden by the filter`;
