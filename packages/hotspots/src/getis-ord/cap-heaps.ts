/** The highest counts that are taken as one heap or another, as a share of all. */
const HEAPS = 0.005;

/**
 * Counts with the highest half per cent, and one at least, taken down to the highest of the others (to 1 at least).
 *
 * A single cell with thousands of incidents, such as mistaken coordinates, can fall beside any cell in a permutation, and
 * the sum around a true hot spot is then no longer rare: one heap would hide every hot spot of a map. Permuting capped
 * counts is as exact a test, since which counts are capped does not depend on where they stand.
 */
export function capHeaps(counts: Float64Array): Float64Array {
  if (counts.length < 2) return counts;
  const cap = Math.max(1, nthHighest(counts, Math.ceil(HEAPS * counts.length) + 1));
  return counts.map((count) => Math.min(count, cap));
}

function nthHighest(values: Float64Array, rank: number): number {
  const highest = new Float64Array(rank).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (value <= (highest[0] ?? value)) continue;
    let place = 0;
    for (; place + 1 < rank && (highest[place + 1] ?? value) < value; place += 1) {
      highest[place] = highest[place + 1] ?? value;
    }
    highest[place] = value;
  }
  return highest[0] ?? 0;
}
