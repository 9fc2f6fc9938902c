import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData } from '@crimetracker/analysis-kit';
import { decomposeStl } from './stl.js';

export interface SeasonalIndex {
  readonly kind: 'ok';
  /** One factor for each place of the cycle, mean 1, the first for the first period of the series. */
  readonly factors: readonly number[];
  /** The factor of each period of the series. */
  readonly expected: readonly number[];
}

/**
 * How much more or less is usual at each place of the cycle, the same in all cycles: what `findLevelShifts` and rates
 * divide by. Missing counts are null. Source: robust STL of log1p counts with a season that does not change (Cleveland
 * et al. 1990, section 3.1), back on the scale of counts.
 */
export function estimateSeasonalIndex(
  counts: readonly (number | null)[],
  period: number,
): SeasonalIndex | NotEnoughData {
  const known = counts.filter((count) => count !== null);
  if (known.every((count) => count === 0)) return notEnoughData('All counts are zero.');
  const cycles = Math.ceil(counts.length / period);
  const parts = decomposeStl(
    counts.map((count) => (count === null ? null : Math.log1p(count))),
    { period, seasonal: 10 * cycles + 1, seasonalDegree: 0, robust: true },
  );
  if (parts.kind !== 'ok') return parts;
  const raw = Array.from({ length: period }, (_, place) => {
    let sum = 0;
    let number = 0;
    for (let i = place; i < counts.length; i += period) {
      sum += parts.seasonal[i] ?? 0;
      number += 1;
    }
    return Math.exp(sum / number);
  });
  const mean = raw.reduce((sum, factor) => sum + factor, 0) / period;
  const factors = raw.map((factor) => factor / mean);
  return { kind: 'ok', factors, expected: counts.map((_, i) => factors[i % period] ?? 1) };
}
