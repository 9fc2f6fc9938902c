import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';

/**
 * Getis-Ord Gi* of every unit: how far the sum over a unit and its neighbours lies from what the mean of all would
 * give, in standard deviations. Weights are 1, the unit itself included; at the edge, where neighbours are fewer, the
 * formula expects less. `out` is filled and returned.
 * Source: Ord and Getis (1995), as spdep::localG with include.self and esda.G_Local(transform='B', star=True).
 */
export function giStar(
  values: ArrayLike<number>,
  { starts, list }: Neighbours,
  out: Float64Array = new Float64Array(values.length),
): Float64Array | NotEnoughData {
  const n = values.length;
  requireArgument(starts.length === n + 1, 'giStar', 'there is one list of neighbours per value');
  if (n < 2) return notEnoughData('Gi* compares a cell with others, and there are none.');
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i] ?? 0;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
  const deviation = Math.sqrt(squares / n);
  if (!(deviation > 1e-12 * Math.abs(mean))) {
    return notEnoughData('All cells have the same count, so none stands out.');
  }
  let weights = -1;
  let expected = 0;
  let spread = 1;
  for (let i = 0; i < n; i += 1) {
    const first = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let own = values[i] ?? 0;
    for (let at = first; at < end; at += 1) own += values[list[at] ?? 0] ?? 0;
    if (end - first + 1 !== weights) {
      weights = end - first + 1;
      expected = weights * mean;
      spread = deviation * Math.sqrt((n * weights - weights * weights) / (n - 1));
    }
    // A unit whose neighbourhood is everything has the sum of everything, whatever the counts.
    out[i] = spread > 0 ? (own - expected) / spread : 0;
  }
  return out;
}
