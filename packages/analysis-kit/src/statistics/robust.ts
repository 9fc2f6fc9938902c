import { requireArgument } from './invalid-argument.js';

/** Scales the median absolute deviation to the standard deviation of a normal distribution. */
export const MAD_TO_SIGMA = 1.4826;

/**
 * The quantile of values that hold no NaN, by linear interpolation between order statistics; undefined without values.
 * Source: Hyndman and Fan (1996), type 7, the default of R and NumPy.
 */
export function quantile(values: ArrayLike<number>, probability: number): number | undefined {
  requireArgument(probability >= 0 && probability <= 1, 'quantile', `0 to 1, got ${probability}`);
  return quantileOfSorted(Float64Array.from(values).sort(), probability);
}

/** As `quantile`, of values in ascending order. */
function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number | undefined {
  const place = (sorted.length - 1) * probability;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return undefined;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}

/** The middle value, or the mean of the two middle ones; undefined without values. */
export function median(values: ArrayLike<number>): number | undefined {
  return quantile(values, 0.5);
}

/** The median of the absolute differences to the median, not scaled; undefined without values. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number | undefined {
  const centre = median(values);
  if (centre === undefined) return undefined;
  return median(Float64Array.from(values, (value) => Math.abs(value - centre)));
}
