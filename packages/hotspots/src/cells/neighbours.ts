/**
 * Who is next to whom, as one list: the neighbours of unit i stand in `list` from `starts[i]` up to `starts[i + 1]`,
 * without i itself. Symmetric; every weight is 1.
 */
export interface Neighbours {
  /** One more than there are units. */
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Lays out lists of neighbours one after the other. */
export function layOutNeighbours(lists: readonly (readonly number[])[]): Neighbours {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) starts[i + 1] = (starts[i] ?? 0) + list.length;
  return { starts, list: Int32Array.from(lists.flat()) };
}
