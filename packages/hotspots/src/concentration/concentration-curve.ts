import { requireArgument } from '@crimetracker/analysis-kit';

/** Areas that hold the most incidents: at place k the k densest cells together. Both shares run from 0 to 1. */
export interface ConcentrationCurve {
  readonly areaShare: Float64Array;
  readonly incidentShare: Float64Array;
}

/**
 * How much of the incidents the densest part of an area holds. Cells are taken by incidents a km², so that large cells
 * do not come first for being large. Undefined without an incident.
 */
export function concentrationCurve(
  counts: ArrayLike<number>,
  areasKm2: ArrayLike<number>,
): ConcentrationCurve | undefined {
  const n = counts.length;
  requireArgument(areasKm2.length === n, 'concentrationCurve', 'there is one area per count');
  const density = Float64Array.from({ length: n }, (_, i) => (counts[i] ?? 0) / (areasKm2[i] ?? 1));
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b,
  );
  const areaShare = new Float64Array(n + 1);
  const incidentShare = new Float64Array(n + 1);
  for (const [k, i] of order.entries()) {
    areaShare[k + 1] = (areaShare[k] ?? 0) + (areasKm2[i] ?? 0);
    incidentShare[k + 1] = (incidentShare[k] ?? 0) + (counts[i] ?? 0);
  }
  const area = areaShare[n] ?? 0;
  const incidents = incidentShare[n] ?? 0;
  if (incidents === 0) return undefined;
  return {
    areaShare: areaShare.map((share) => share / area),
    incidentShare: incidentShare.map((share) => share / incidents),
  };
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
