import { requireArgument } from '@crimetracker/analysis-kit';

/** Areas that hold the most incidents: at place k the k densest cells together. Both shares run from 0 to 1. */
export interface ConcentrationCurve {
  readonly areaShare: Float64Array;
  readonly incidentShare: Float64Array;
}

/**
 * How much of the incidents the densest part of an area holds. Cells are taken by incidents a km², so that large cells
 * do not come first for being large; those without an incident are the last step. Undefined without an incident.
 */
export function concentrationCurve(
  counts: ArrayLike<number>,
  areasKm2: ArrayLike<number>,
): ConcentrationCurve | undefined {
  const n = counts.length;
  requireArgument(areasKm2.length === n, 'concentrationCurve', 'there is one area per count');
  const density = new Float64Array(n);
  const held: number[] = [];
  let area = 0;
  let incidents = 0;
  for (let i = 0; i < n; i += 1) {
    const count = counts[i] ?? 0;
    area += areasKm2[i] ?? 0;
    incidents += count;
    density[i] = count / (areasKm2[i] ?? 1);
    if (count > 0) held.push(i);
  }
  if (incidents === 0) return undefined;
  held.sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b);
  const areaShare = new Float64Array(held.length + 2).fill(1);
  const incidentShare = new Float64Array(held.length + 2).fill(1);
  let [areaSoFar, incidentsSoFar] = [0, 0];
  for (let k = 0; k <= held.length; k += 1) {
    areaShare[k] = areaSoFar / area;
    incidentShare[k] = incidentsSoFar / incidents;
    areaSoFar += areasKm2[held[k] ?? 0] ?? 0;
    incidentsSoFar += counts[held[k] ?? 0] ?? 0;
  }
  return { areaShare, incidentShare };
}

/** The least share of the area that holds a share of the incidents; within a cell by proportion. */
export function areaShareHolding(curve: ConcentrationCurve, share: number): number {
  const { areaShare, incidentShare } = curve;
  let k = 1;
  while (k < incidentShare.length - 1 && (incidentShare[k] ?? 1) < share) k += 1;
  const before = incidentShare[k - 1] ?? 0;
  const step = (incidentShare[k] ?? 1) - before;
  const part = step === 0 ? 0 : Math.min(1, Math.max(0, (share - before) / step));
  return (areaShare[k - 1] ?? 0) + part * ((areaShare[k] ?? 1) - (areaShare[k - 1] ?? 0));
}
