import type { PreparedSeries } from './count-series.js';
import { FREQUENCY_PLANS } from './count-series.js';

export const BASELINES = [
  'naive',
  'seasonal-naive',
  'same-period-mean',
  'recent-mean',
  'mean',
  'drift',
] as const;
export type BaselineName = (typeof BASELINES)[number];

/** Forecasts of `horizon` periods from the first `end` values, by rules without any parameter to estimate. */
export type Baseline = (series: PreparedSeries, end: number, horizon: number) => Float64Array;

function path(horizon: number, valueAt: (step: number) => number): Float64Array {
  const forecast = new Float64Array(horizon);
  for (let index = 0; index < horizon; index++) forecast[index] = Math.max(0, valueAt(index + 1));
  return forecast;
}

const level = (horizon: number, value: number): Float64Array => new Float64Array(horizon).fill(value);

/** The same week or month one year back, and further back as long as that lies ahead of the origin. */
function lastKnownYear(series: PreparedSeries, end: number, target: number): number {
  let source = target;
  do source -= series.lags[source] ?? 0;
  while (source >= end);
  return source;
}

/** Mean of the last known years' values, as many as there are up to `years`. */
function samePeriodMean(series: PreparedSeries, end: number, target: number, years: number): number {
  let source = lastKnownYear(series, end, target);
  let sum = 0;
  let used = 0;
  while (source >= 0 && used < years) {
    sum += series.values[source] ?? 0;
    used++;
    source -= series.lags[source] ?? 0;
  }
  return used > 0 ? sum / used : (series.values[end - 1] ?? 0);
}

function meanOf(values: Float64Array, from: number, end: number): number {
  let sum = 0;
  for (let index = from; index < end; index++) sum += values[index] as number;
  return sum / (end - from);
}

/**
 * Simple forecasts that a model has to beat:
 * naive (the last count), seasonal naive (the same ISO week or month of last year), the mean of the last three of
 * those (Ashby's "common" forecast), the mean of the last year, which follows a level that moves, the mean of all
 * counts, and drift (the line from the first to the last count).
 * Where a year back lies before the series, the last count stands in.
 * Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 5.2; ISO 8601 weeks.
 */
export const baselineForecasts: Readonly<Record<BaselineName, Baseline>> = {
  naive: (series, end, horizon) => level(horizon, series.values[end - 1] ?? 0),
  'seasonal-naive': (series, end, horizon) =>
    path(horizon, (step) => samePeriodMean(series, end, end + step - 1, 1)),
  'same-period-mean': (series, end, horizon) =>
    path(horizon, (step) => samePeriodMean(series, end, end + step - 1, 3)),
  'recent-mean': ({ values, frequency }, end, horizon) =>
    level(horizon, meanOf(values, Math.max(0, end - FREQUENCY_PLANS[frequency].period), end)),
  mean: ({ values }, end, horizon) => level(horizon, meanOf(values, 0, end)),
  drift: (series, end, horizon) => {
    const last = series.values[end - 1] ?? 0;
    const slope = end > 1 ? (last - (series.values[0] ?? 0)) / (end - 1) : 0;
    return path(horizon, (step) => last + slope * step);
  },
};

/** All of them at once. */
export function forecastBaselines(
  series: PreparedSeries,
  end: number,
  horizon: number,
): Readonly<Record<BaselineName, Float64Array>> {
  return Object.fromEntries(
    BASELINES.map((name) => [name, baselineForecasts[name](series, end, horizon)]),
  ) as Record<BaselineName, Float64Array>;
}
