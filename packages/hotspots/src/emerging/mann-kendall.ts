import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { normalCdf, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';

export interface MannKendall {
  readonly kind: 'trend';
  /** Pairs of values that rise minus pairs that fall. */
  readonly s: number;
  /** Of `s` when there is no trend, corrected for ties. */
  readonly variance: number;
  /** Continuity corrected; above 0 when the series rises. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** Three values in any order have a p-value of .29 or more. */
const LEAST_VALUES = 4;

/**
 * The Mann–Kendall test of a series, oldest value first, for a trend of any shape.
 *
 * Says why there is no answer: fewer than four values, or all equal. The p-value is that of the normal approximation,
 * as in emerging hot spot analysis; values are taken as independent. No value may be NaN.
 * Source: Mann (1945), Kendall (1975).
 */
export function mannKendall(series: ArrayLike<number>): MannKendall | NotEnoughData {
  const { length } = series;
  const sorted = Float64Array.from(series).sort();
  // NaN stands last in a sorted array.
  requireArgument(!Number.isNaN(sorted[length - 1]), 'mannKendall', 'no value is NaN');
  if (length < LEAST_VALUES) return notEnoughData(`There are ${length} values, ${LEAST_VALUES} are needed.`);
  if (sorted[0] === sorted[length - 1]) return notEnoughData('All values are equal.');

  let s = 0;
  for (let i = 0; i < length; i += 1) {
    const earlier = series[i] ?? 0;
    for (let j = i + 1; j < length; j += 1) {
      const later = series[j] ?? 0;
      if (later > earlier) s += 1;
      else if (later < earlier) s -= 1;
    }
  }
  const variance = (spreadOf(length) - sumOverTies(sorted)) / 18;
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  return { kind: 'trend', s, variance, z, pValue: 2 * normalCdf(-Math.abs(z)) };
}

function spreadOf(count: number): number {
  return count * (count - 1) * (2 * count + 5);
}

function sumOverTies(sorted: Float64Array): number {
  let sum = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i += 1) {
    if (sorted[i] === sorted[start]) continue;
    sum += spreadOf(i - start);
    start = i;
  }
  return sum;
}
