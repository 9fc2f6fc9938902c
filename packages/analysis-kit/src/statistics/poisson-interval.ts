import { betaCdf, betaQuantile, chiSquareQuantile } from './distributions.js';
import { requireArgument } from './invalid-argument.js';
import type { Interval } from './outcome.js';

export interface CountIntervalOptions {
  /** Coverage, 0.95 by default. */
  readonly level?: number;
  /** What the count is divided by, for instance weeks or km²; 1 by default. */
  readonly exposure?: number;
}

/**
 * The exact interval of the mean of a Poisson count, per unit of exposure.
 * Source: Garwood (1936), as R's poisson.test; a count need not be whole (overdispersed counts are divided by their
 * dispersion first).
 */
export function poissonInterval(count: number, options: CountIntervalOptions = {}): Interval {
  const { level = 0.95, exposure = 1 } = options;
  requireArgument(
    count >= 0 && Number.isFinite(count),
    'poissonInterval',
    `a count is at least 0, got ${count}`,
  );
  requireArgument(level > 0 && level < 1, 'poissonInterval', `a level lies between 0 and 1, got ${level}`);
  requireArgument(exposure > 0, 'poissonInterval', `an exposure is above 0, got ${exposure}`);
  const tail = (1 - level) / 2;
  return {
    lower: count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2 / exposure,
    upper: chiSquareQuantile(1 - tail, 2 * count + 2) / 2 / exposure,
  };
}

/** A count and how long, or over how much, it was counted. */
export interface CountedExposure {
  readonly count: number;
  /** 1 by default. */
  readonly exposure?: number;
}

export interface RateRatioOptions {
  readonly level?: number;
  /** Variance over mean; both counts are divided by it, which widens the interval. 1 (Poisson) by default. */
  readonly dispersion?: number;
}

/** A ratio of two rates; a ratio or an upper end is undefined where the rate below the line can be 0. */
export interface RateRatio {
  readonly ratio: number | undefined;
  readonly lower: number;
  readonly upper: number | undefined;
  /** Two-sided: twice the smaller exact tail, at most 1; it agrees with the interval. */
  readonly pValue: number;
}

/**
 * The ratio of two Poisson rates, `rate / base`, with its exact conditional interval.
 * Source: Clopper and Pearson (1934) given the sum of the counts, as the interval of R's poisson.test.
 */
export function rateRatioInterval(
  rate: CountedExposure,
  base: CountedExposure,
  options: RateRatioOptions = {},
): RateRatio {
  const { level = 0.95, dispersion = 1 } = options;
  const { count, exposure = 1 } = rate;
  const { count: baseCount, exposure: baseExposure = 1 } = base;
  const where = 'rateRatioInterval';
  requireArgument(
    count >= 0 && baseCount >= 0,
    where,
    `counts are at least 0, got ${count} and ${baseCount}`,
  );
  requireArgument(exposure > 0 && baseExposure > 0, where, 'exposures are above 0');
  requireArgument(level > 0 && level < 1, where, `a level lies between 0 and 1, got ${level}`);
  requireArgument(dispersion >= 1, where, `a dispersion is at least 1, got ${dispersion}`);
  const x = count / dispersion;
  const y = baseCount / dispersion;
  const tail = (1 - level) / 2;
  const scale = baseExposure / exposure;
  const odds = (share: number): number => (share / (1 - share)) * scale;
  const share = exposure / (exposure + baseExposure);
  const below = y === 0 ? 1 : betaCdf(1 - share, y, x + 1);
  const above = x === 0 ? 1 : betaCdf(share, x, y + 1);
  return {
    ratio: baseCount === 0 ? undefined : (count / baseCount) * scale,
    lower: x === 0 ? 0 : odds(betaQuantile(tail, x, y + 1)),
    upper: y === 0 ? undefined : odds(betaQuantile(1 - tail, x + 1, y)),
    pValue: x + y === 0 ? 1 : Math.min(1, 2 * Math.min(below, above)),
  };
}
