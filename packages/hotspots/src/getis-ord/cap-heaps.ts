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
  const sorted = counts.slice().sort();
  const cap = Math.max(1, sorted[Math.floor((1 - HEAPS) * counts.length - 1)] ?? 0);
  return counts.map((count) => Math.min(count, cap));
}
