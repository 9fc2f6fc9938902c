import type { Interval } from '@crimetracker/analysis-kit';
import { normalCdf, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { DetectorResult } from './verdict.js';

/** How far a count lies from a mean: 2(√count − √mean), nearly standard normal for Poisson counts. Source: Wheeler (2016). */
export function poissonZ(count: number, mean: number): number {
  requireArgument(
    count >= 0 && mean >= 0,
    'poissonZ',
    `count and mean are at least 0, got ${count} and ${mean}`,
  );
  return 2 * (Math.sqrt(count) - Math.sqrt(mean));
}

/** The counts within z of the mean. Source: Wheeler (2016), "Tables and graphs for monitoring temporal crime trends". */
export function poissonBand(mean: number, z = 3): Interval {
  requireArgument(mean >= 0 && z > 0, 'poissonBand', `mean at least 0 and z above 0, got ${mean} and ${z}`);
  return { lower: Math.max(0, Math.sqrt(mean) - z / 2) ** 2, upper: (Math.sqrt(mean) + z / 2) ** 2 };
}

export interface PoissonBandOptions {
  /** Periods before the judged one whose mean is expected; 8 by default. */
  readonly prior?: number;
  /** Half width of the band, 3 by default. */
  readonly z?: number;
  /** Periods, known or not, between the judged one and the prior ones; 0 by default. */
  readonly skip?: number;
}

/**
 * Judges the count at an index by the mean of the periods before it. Missing periods (null) are left out of the mean,
 * of which at least half must be known. It knows no season: it is one of three detectors.
 * Source: as `poissonBand`; `crimepy.weekly_data` uses the same mean of eight.
 */
export function detectByPoissonBand(
  counts: readonly (number | null)[],
  at: number,
  options: PoissonBandOptions = {},
): DetectorResult {
  const { prior = 8, z = 3, skip = 0 } = options;
  requireArgument(
    Number.isInteger(prior) && prior > 0,
    'detectByPoissonBand',
    `prior is above 0, got ${prior}`,
  );
  const observed = counts[at] ?? null;
  if (observed === null) return notEnoughData(`There is no count for period ${at + 1}.`);
  const end = at - skip;
  const known = counts.slice(Math.max(0, end - prior), Math.max(0, end)).filter((count) => count !== null);
  if (known.length < prior / 2) {
    return notEnoughData(`${known.length} of the ${prior} periods before are known, half are needed.`);
  }
  const expected = known.reduce((sum, count) => sum + count, 0) / known.length;
  const score = poissonZ(observed, expected);
  const { lower, upper } = poissonBand(expected, z);
  return {
    kind: 'ok',
    observed,
    expected,
    lower,
    upper,
    score,
    pValue: Math.min(1, 2 * normalCdf(-Math.abs(score))),
    alarm: observed > upper ? 'above' : observed < lower ? 'below' : undefined,
  };
}
