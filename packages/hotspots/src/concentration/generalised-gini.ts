import { gini } from '@crimetracker/analysis-kit';

/**
 * Gini's coefficient of counts of places, corrected for there being fewer incidents than places: 0 when the incidents
 * are spread as evenly as so few can be (one here, one there), and the ordinary coefficient when there are as many
 * incidents as places or more. Undefined without an incident.
 * Source: Bernasco and Steenbeek (2017), G' = max(n / N, 1) · (G − 1) + 1 for n places and N incidents, which is their
 * max(1/N, 1/n) · (2 Σ i·y_i − n − 1) − max(n/N, 1) + 1.
 */
export function generalisedGini(counts: Float64Array): number | undefined {
  const plain = gini(counts);
  return plain === undefined ? undefined : generaliseGini(plain, counts);
}

/** The generalised coefficient where the ordinary one is known. */
export function generaliseGini(plain: number, counts: Float64Array): number {
  let incidents = 0;
  for (let i = 0; i < counts.length; i += 1) incidents += counts[i] ?? 0;
  return Math.max(0, Math.max(counts.length / incidents, 1) * (plain - 1) + 1);
}
