import { describe, expect, test } from 'vitest';
import { baselineForecasts } from './baselines.js';
import type { Frequency } from './count-series.js';
import { FREQUENCY_PLANS, prepareSeries } from './count-series.js';
import type { SeriesForecast } from './forecast-series.js';
import { forecastSeries } from './forecast-series.js';
import type { SeriesKindName } from './testing-kinds.js';
import { periodsOfYears, simulateKind } from './testing-kinds.js';

interface Outcome {
  readonly forecast: SeriesForecast;
  /** Mean absolute errors on the half year that was held back, and the share of it within the 90 % interval. */
  readonly error: number;
  readonly naiveError: number;
  readonly within90: number;
}

/** Forecasts a simulated series without its last half year, and holds the forecast against that. */
function outcomeOf(kind: SeriesKindName, frequency: Frequency, years: number, seed: number): Outcome {
  const { horizons, period } = FREQUENCY_PLANS[frequency];
  const horizon = horizons[2];
  const whole = simulateKind(kind, frequency, periodsOfYears(frequency, years) + ((7 * seed) % period), seed);
  const past = { ...whole, counts: whole.counts.slice(0, -horizon) };
  const actual = whole.counts.slice(-horizon);
  const forecast = forecastSeries(past);
  const prepared = prepareSeries(past, horizon);
  if (forecast.kind !== 'forecast' || prepared.kind !== 'prepared') throw new Error('no forecast');
  const naive = baselineForecasts['seasonal-naive'](prepared, prepared.values.length, horizon);
  const meanOver = (valueAt: (count: number, step: number) => number): number =>
    actual.reduce((sum, count, step) => sum + valueAt(count, step), 0) / horizon;
  return {
    forecast,
    error: meanOver((count, step) => Math.abs(count - (forecast.steps[step]?.mean ?? Number.NaN))),
    naiveError: meanOver((count, step) => Math.abs(count - (naive[step] as number))),
    within90: meanOver((count, step) => {
      const { p05 = Number.NaN, p95 = Number.NaN } = forecast.steps[step] ?? {};
      return Number(count >= p05 && count <= p95);
    }),
  };
}

const outcomes = (kind: SeriesKindName, frequency: Frequency, years: number, series: number): Outcome[] =>
  Array.from({ length: series }, (_, index) => outcomeOf(kind, frequency, years, index + 1));

const sumOf = (all: readonly Outcome[], read: (one: Outcome) => number): number =>
  all.reduce((sum, one) => sum + read(one), 0);

describe('on noise', () => {
  test.each([
    ['constant, Poisson', 'week'],
    ['constant, overdispersed', 'week'],
    ['constant, rare', 'week'],
    ['constant, Poisson', 'month'],
    ['constant, overdispersed', 'month'],
    ['constant, rare', 'month'],
  ] as const)(
    'a baseline is shown and named: %s, %ss',
    (kind, frequency) => {
      const all = outcomes(kind, frequency, 10, 30);
      const baselines = all.filter(({ forecast }) => forecast.isBaseline);
      expect(baselines.length).toBeGreaterThanOrEqual(29);
      for (const { forecast } of baselines) expect(forecast.reason).toMatch(/^Shown is the /);
    },
    30_000,
  );
});

describe('where there is structure, the forecast shown beats the seasonal naive one on counts it has not seen', () => {
  test.each([
    ['level walks', 'week', 0.1],
    ['level walks', 'month', 0.1],
    ['season', 'week', 0.2],
    ['season', 'month', 0.1],
    ['season, trend', 'week', 0.25],
    ['season, trend', 'month', 0.25],
    ['season, trend, holidays', 'week', 0.2],
  ] as const)(
    '%s, %ss',
    (kind, frequency, leastSkill) => {
      const all = outcomes(kind, frequency, 10, 20);
      const relative = (one: Outcome) => one.error / one.naiveError;
      expect(1 - sumOf(all, relative) / all.length).toBeGreaterThan(leastSkill);
      const covered = sumOf(all, ({ within90 }) => within90) / all.length;
      expect(covered).toBeGreaterThan(0.84);
      expect(covered).toBeLessThan(0.96);
    },
    30_000,
  );

  test.each(['season, trend', 'season, trend, holidays'] as const)(
    'a model earns its place: %s',
    (kind) => {
      const models = outcomes(kind, 'week', 10, 10).filter(({ forecast }) => !forecast.isBaseline);
      expect(models).toHaveLength(10);
      for (const { forecast } of models) expect(forecast.choice?.medianSkill).toBeGreaterThan(0);
    },
    30_000,
  );
});
