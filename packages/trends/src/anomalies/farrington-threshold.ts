import {
  negativeBinomialCdf,
  negativeBinomialQuantile,
  negativeBinomialUpperTail,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonQuantile,
  poissonUpperTail,
} from '@crimetracker/analysis-kit';

/** The power under which counts are taken as normal. */
export type PowerTransform = '2/3' | '1/2' | 'none';

/** The predicted mean of a period and how sure it is. */
export interface Prediction {
  readonly expected: number;
  /** Standard error of the expected count. */
  readonly standardError: number;
  /** Variance over mean, at least 1. */
  readonly dispersion: number;
}

export interface Threshold {
  readonly lower: number;
  readonly upper: number;
  /** P(count ≥ observed). */
  readonly upperTail: number;
  /** P(count ≤ observed). */
  readonly lowerTail: number;
}

const EXPONENT: Readonly<Record<PowerTransform, number>> = { '2/3': 2 / 3, '1/2': 1 / 2, none: 1 };

/** Variance of the transformed count over the dispersion, by the delta method. */
function transformedVariance(expected: number, power: PowerTransform): number {
  switch (power) {
    case '2/3':
      return (4 / 9) * Math.cbrt(expected);
    case '1/2':
      return 1 / 4;
    case 'none':
      return expected;
  }
}

/**
 * The band that holds all but `tail` on each side, normal after a power transformation.
 * Source: Farrington, Andrews, Beale and Catchpole (1996), section 3.5; tail = α/2 gives algo.farrington.threshold and
 * tail = α gives the method "delta" of farringtonFlexible, both of R's surveillance.
 */
export function farringtonThreshold(
  prediction: Prediction,
  observed: number,
  tail: number,
  power: PowerTransform = '2/3',
): Threshold {
  const { expected, standardError, dispersion } = prediction;
  const exponent = EXPONENT[power];
  const centre = expected ** exponent;
  const spread = Math.sqrt(
    transformedVariance(expected, power) * (dispersion + (standardError * standardError) / expected),
  );
  const z = normalQuantile(1 - tail);
  const lower = centre - z * spread;
  const distance = (observed ** exponent - centre) / spread;
  return {
    lower: lower > 0 ? lower ** (1 / exponent) : 0,
    upper: (centre + z * spread) ** (1 / exponent),
    upperTail: normalCdf(-distance),
    lowerTail: normalCdf(distance),
  };
}

/** The prediction on the scale of the logarithm. */
export interface LogPrediction {
  readonly linear: number;
  readonly linearError: number;
  readonly dispersion: number;
}

/**
 * The band from the negative binomial distribution around the predicted mean ("plugin") or around the ends of its own
 * one-sided interval ("muan"), which is wider.
 * Source: Noufaily et al. (2013), Statistics in Medicine 32, and Salmon, Schumacher and Höhle (2016), section 2.4;
 * upper ends as the methods "nbPlugin" and "muan" of farringtonFlexible. The lower end of "muan" rests on the lower end
 * of the mean, where R takes the upper one for both.
 */
export function negativeBinomialThreshold(
  prediction: LogPrediction,
  observed: number,
  tail: number,
  method: 'plugin' | 'muan',
): Threshold {
  const { linear, linearError, dispersion } = prediction;
  const shift = method === 'plugin' ? 0 : normalQuantile(1 - tail) * linearError;
  const high = countDistribution(Math.exp(linear + shift), dispersion);
  const low = shift === 0 ? high : countDistribution(Math.exp(linear - shift), dispersion);
  return {
    lower: low.quantile(tail),
    upper: high.quantile(1 - tail),
    upperTail: high.upperTail(observed),
    lowerTail: low.lowerTail(observed),
  };
}

interface CountDistribution {
  quantile(p: number): number;
  upperTail(count: number): number;
  lowerTail(count: number): number;
}

/** Negative binomial with this mean and variance dispersion × mean; Poisson at dispersion 1. */
function countDistribution(mean: number, dispersion: number): CountDistribution {
  if (dispersion <= 1) {
    return {
      quantile: (p) => poissonQuantile(p, mean),
      upperTail: (count) => poissonUpperTail(count, mean),
      lowerTail: (count) => poissonCdf(count, mean),
    };
  }
  const size = mean / (dispersion - 1);
  const prob = 1 / dispersion;
  return {
    quantile: (p) => negativeBinomialQuantile(p, size, prob),
    upperTail: (count) => negativeBinomialUpperTail(count, size, prob),
    lowerTail: (count) => negativeBinomialCdf(count, size, prob),
  };
}
