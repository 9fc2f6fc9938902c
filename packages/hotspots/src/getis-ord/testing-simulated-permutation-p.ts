import type { Random } from '@crimetracker/analysis-kit';
import { requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';

/** Enough for a p-value of 0.001, and what others use. */
const PERMUTATIONS = 999;

/**
 * For tests: the two-sided conditional permutation p-value of every unit's neighbourhood sum by simulation, for values that need not be
 * whole, such as harm. The unit keeps its value; its neighbours are drawn from the others without replacement.
 * p = min(1, 2 · (M + 1) / (R + 1)), M being the draws of the smaller tail that are as extreme as the observed sum; with
 * 999 permutations it is never below 0.002.
 */
export function simulatedPermutationP(
  values: ArrayLike<number>,
  neighbours: Neighbours,
  { permutations = PERMUTATIONS, random }: { readonly permutations?: number; readonly random: Random },
): Float64Array {
  const { starts, list } = neighbours;
  const n = values.length;
  requireArgument(
    starts.length === n + 1,
    'simulatedPermutationP',
    'there is one list of neighbours per value',
  );
  requireArgument(permutations >= 1, 'simulatedPermutationP', 'there is at least one permutation');
  const drawn = new Set<number>();
  return Float64Array.from({ length: n }, (_, i) => {
    const first = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let observed = 0;
    for (let at = first; at < end; at += 1) observed += values[list[at] ?? 0] ?? 0;
    // Two orders of the same addends differ in the last digits.
    const tolerance = 1e-12 * Math.abs(observed);
    let atLeast = 0;
    let atMost = 0;
    for (let permutation = 0; permutation < permutations; permutation += 1) {
      drawn.clear();
      let sum = 0;
      while (drawn.size < end - first) {
        const other = random.below(n);
        if (other === i || drawn.has(other)) continue;
        drawn.add(other);
        sum += values[other] ?? 0;
      }
      if (sum >= observed - tolerance) atLeast += 1;
      if (sum <= observed + tolerance) atMost += 1;
    }
    return Math.min(1, (2 * (Math.min(atLeast, atMost) + 1)) / (permutations + 1));
  });
}
