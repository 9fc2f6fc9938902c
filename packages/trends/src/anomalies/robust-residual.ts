import type { NotEnoughData } from '@crimetracker/analysis-kit';
import {
  MAD_TO_SIGMA,
  median,
  medianAbsoluteDeviation,
  normalCdf,
  notEnoughData,
  requireArgument,
} from '@crimetracker/analysis-kit';
import type { StlOptions } from '../series/stl.js';
import { decomposeStl } from '../series/stl.js';
import type { DetectorResult } from './verdict.js';

type CountTransform = 'log1p' | 'sqrt';

export interface RobustResidualOptions extends StlOptions {
  /** What makes the spread of counts even; √ by default, log1p where changes multiply. */
  readonly transform?: CountTransform;
  /** Robust standard deviations that make an alarm, 3.5 by default. */
  readonly threshold?: number;
}

/** One value for each period; null where there is no count. */
export interface RobustResiduals {
  readonly kind: 'ok';
  readonly counts: readonly (number | null)[];
  /** Remainder less its median, in robust standard deviations. */
  readonly scores: readonly (number | null)[];
  readonly expected: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly threshold: number;
}

const FORWARD: Readonly<Record<CountTransform, (count: number) => number>> = {
  log1p: Math.log1p,
  sqrt: Math.sqrt,
};
const BACK: Readonly<Record<CountTransform, (value: number) => number>> = {
  log1p: (value) => Math.max(0, Math.expm1(value)),
  sqrt: (value) => Math.max(0, value) ** 2,
};

/**
 * Judges all periods of a series by the remainder of a robust STL of its transformed counts.
 *
 * The season is by default the same in all years, as a seasonal smoother that bends would follow the last value and hide
 * it. Missing counts are null. Says why there is no verdict: reasons of `decomposeStl`, or half of the periods without case. Source: Iglewicz and Hoaglin (1993), modified z-score 3.5, on the remainder of STL.
 */
export function detectRobustResiduals(
  counts: readonly (number | null)[],
  options: RobustResidualOptions,
): RobustResiduals | NotEnoughData {
  const { transform = 'sqrt', threshold = 3.5, ...stl } = options;
  requireArgument(threshold > 0, 'detectRobustResiduals', `the threshold is above 0, got ${threshold}`);
  const values = counts.map((count) => {
    requireArgument(
      count === null || count >= 0,
      'detectRobustResiduals',
      `counts are at least 0, got ${count}`,
    );
    return count === null ? null : FORWARD[transform](count);
  });
  if (median(counts.filter((count) => count !== null)) === 0) {
    return notEnoughData('More than half of the periods have no case, so their spread tells nothing.');
  }
  const cycles = Math.ceil(counts.length / options.period);
  const parts = decomposeStl(values, { seasonal: 10 * cycles + 1, seasonalDegree: 0, robust: true, ...stl });
  if (parts.kind !== 'ok') return parts;
  const remainder = parts.remainder.filter((_, i) => values[i] !== null);
  const centre = median(remainder) ?? 0;
  const spread = MAD_TO_SIGMA * (medianAbsoluteDeviation(remainder) ?? 0);
  if (!(spread > 1e-9)) return notEnoughData('More than half of the periods show no variation at all.');
  const fitted = values.map((_, i) => (parts.seasonal[i] ?? 0) + (parts.trend[i] ?? 0) + centre);
  return {
    kind: 'ok',
    counts,
    scores: values.map((value, i) => (value === null ? null : ((parts.remainder[i] ?? 0) - centre) / spread)),
    expected: fitted.map(BACK[transform]),
    lower: fitted.map((value) => BACK[transform](value - threshold * spread)),
    upper: fitted.map((value) => BACK[transform](value + threshold * spread)),
    threshold,
  };
}

/** The verdict on one period of judged residuals. */
export function readRobustVerdict(residuals: RobustResiduals, at: number): DetectorResult {
  const { scores, threshold, expected, lower, upper } = residuals;
  const score = scores[at] ?? null;
  if (score === null) return notEnoughData(`There is no count for period ${at + 1}.`);
  return {
    kind: 'ok',
    observed: residuals.counts[at] ?? 0,
    expected: expected[at] ?? 0,
    lower: lower[at] ?? 0,
    upper: upper[at] ?? 0,
    score,
    pValue: Math.min(1, 2 * normalCdf(-Math.abs(score))),
    alarm: score > threshold ? 'above' : score < -threshold ? 'below' : undefined,
  };
}
