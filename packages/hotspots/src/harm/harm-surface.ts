import { DISCOVERED_BY_POLICE, requireArgument } from '@crimetracker/analysis-kit';
import type { CrimeCategory } from '@crimetracker/schema';
import type { HarmWeights } from './harm-weights.js';

interface CategoryTotal {
  readonly category: CrimeCategory;
  readonly count: number;
}

export interface HarmSurface {
  /** Harm of each cell in the unit of the weights. */
  readonly harm: Float64Array;
  readonly total: number;
  /** Excluded by the weights, with the incidents that are therefore not in the surface. */
  readonly leftOut: readonly (CategoryTotal & { readonly reason: string })[];
  /** Weighted though police find it by looking for it: this part of the surface follows police work. */
  readonly discoveredByPolice: readonly CategoryTotal[];
}

/**
 * The harm of each cell: the sum of its incidents, each with the weight of its category.
 *
 * Takes counts by category, all of the same cells. A category that the weights know nothing of throws: nothing is
 * weighted 0 unsaid. What police record by looking for it belongs into `excluded`, as in the Cambridge index.
 * Source: Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm Index.
 */
export function harmSurface(
  counts: ReadonlyMap<CrimeCategory, ArrayLike<number>>,
  weights: HarmWeights,
): HarmSurface {
  const cells = counts.values().next().value?.length ?? 0;
  const harm = new Float64Array(cells);
  const leftOut: (CategoryTotal & { readonly reason: string })[] = [];
  const discoveredByPolice: CategoryTotal[] = [];
  let total = 0;
  for (const [category, ofCells] of counts) {
    requireArgument(ofCells.length === cells, 'harmSurface', `${category} has one count a cell`);
    const weight = weights.weights[category];
    const reason = weights.excluded[category];
    requireArgument(
      weight !== undefined || reason !== undefined,
      'harmSurface',
      `${category} has a weight or is excluded`,
    );
    let count = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      count += ofCells[cell] ?? 0;
      harm[cell] = (harm[cell] ?? 0) + (weight ?? 0) * (ofCells[cell] ?? 0);
    }
    total += (weight ?? 0) * count;
    if (weight === undefined) leftOut.push({ category, count, reason: reason ?? '' });
    else if (DISCOVERED_BY_POLICE.includes(category)) discoveredByPolice.push({ category, count });
  }
  return { harm, total, leftOut, discoveredByPolice };
}
