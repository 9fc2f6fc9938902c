/**
 * Quantiles of a forecast from the errors of earlier forecasts, on the scale of square roots: there counts of any level
 * spread alike, so errors of quiet years serve busy ones, and no quantile falls below 0.
 * Source: Vovk et al. 2005 (conformal prediction), Bartlett 1936 (square root of counts).
 */

/** Errors that must be known before quantiles rest on them. */
export const LEAST_ERRORS = 20;

/** √actual − √forecast. */
export function rootError(actual: number, forecast: number): number {
  return Math.sqrt(actual) - Math.sqrt(forecast);
}

/** Puts a value into an array whose first `count` values are ascending. */
export function insertSorted(sorted: Float64Array, count: number, value: number): void {
  let place = count;
  for (; place > 0 && (sorted[place - 1] as number) > value; place--) {
    sorted[place] = sorted[place - 1] as number;
  }
  sorted[place] = value;
}

/**
 * The forecast's quantile from the first `count` errors in ascending order, at rank (n + 1) × probability; at least one error.
 * A quantile of a count is a whole number, so it is rounded: with rare events 0.97 would miss every single one.
 */
export function conformalQuantile(
  forecast: number,
  sortedErrors: ArrayLike<number>,
  probability: number,
  count = sortedErrors.length,
): number {
  const last = count - 1;
  const place = Math.min(last, Math.max(0, (last + 2) * probability - 1));
  const low = sortedErrors[Math.floor(place)] as number;
  const high = sortedErrors[Math.ceil(place)] as number;
  const error = low + (high - low) * (place - Math.floor(place));
  return Math.round(Math.max(0, Math.sqrt(forecast) + error) ** 2);
}
