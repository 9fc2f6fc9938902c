import { testingRandom } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frequency } from './count-series.js';
import type { SeriesForecast } from './forecast-series.js';
import { forecastSeries } from './forecast-series.js';
import { startModels } from './models.js';
import { testingPrepared, testingSeries } from './testing-series.js';

const forecastOf = (
  frequency: Frequency,
  length: number,
  countAt: (index: number) => number,
): SeriesForecast => {
  const result = forecastSeries(testingSeries(frequency, length, countAt));
  if (result.kind !== 'forecast') throw new Error(result.reason);
  return result;
};

describe('every model', () => {
  test.each([
    ['week', 0.2],
    ['week', 250],
    ['month', 3],
    ['month', 40],
  ] as const)('continues a constant series of %ss of %d', (frequency, constant) => {
    const series = testingPrepared(frequency, 200, () => constant);
    for (const path of Object.values(startModels(series).forecast(200, true))) {
      for (const mean of path) expect(mean).toBeCloseTo(constant, 6);
    }
  });

  test('does not look past its origin', () => {
    const random = testingRandom(5);
    const counts = Array.from({ length: 300 }, (_, index) => random.poisson(20 + 5 * Math.sin(index / 8.3)));
    const seen = startModels(testingPrepared('week', 300, (index) => counts[index] ?? 0)).forecast(240, true);
    const changed = startModels(
      testingPrepared('week', 300, (index) => (index < 240 ? (counts[index] ?? 0) : 999)),
    ).forecast(240, true);
    expect(changed).toEqual(seen);
  });
});

describe('forecastSeries', () => {
  test('continues a constant series with all quantiles on it', () => {
    const { steps, method } = forecastOf('week', 300, () => 12);
    expect(method).toBe('naive');
    expect(steps).toHaveLength(26);
    for (const { period, ...numbers } of steps) {
      expect(period).toMatch(/^201[56]-/);
      expect(new Set(Object.values(numbers))).toEqual(new Set([12]));
    }
  });

  test.each([
    ['week', 260, 40],
    ['week', 416, 2],
    ['month', 120, 30],
  ] as const)(
    'shows a baseline for %s noise around a constant in at least 95 of 100 draws',
    (frequency, length, mean) => {
      let baselines = 0;
      for (let seed = 1; seed <= 100; seed++) {
        const random = testingRandom(seed * 7919);
        if (forecastOf(frequency, length, () => random.poisson(mean)).isBaseline) baselines++;
      }
      expect(baselines).toBeGreaterThanOrEqual(95);
    },
    60_000,
  );

  test.each([
    ['week', 416, 52.18],
    ['month', 168, 12],
  ] as const)(
    'chooses a model with positive skill for %ss with trend and season',
    (frequency, length, turn) => {
      for (let seed = 1; seed <= 5; seed++) {
        const random = testingRandom(seed);
        const { isBaseline, choice, reason, scores } = forecastOf(frequency, length, (index) =>
          random.poisson(80 * (1 + 0.3 * Math.sin((2 * Math.PI * index) / turn)) * Math.exp(index / length)),
        );
        expect(isBaseline).toBe(false);
        expect(choice?.medianSkill).toBeGreaterThan(0.2);
        expect(choice?.pValue).toBeLessThan(0.05);
        expect(reason).toMatch(/^Shown is .* % below that of the best simple forecast/);
        for (const { coverage90 } of scores) {
          expect(coverage90).toBeGreaterThan(0.8);
          expect(coverage90).toBeLessThan(0.98);
        }
      }
    },
  );

  test('quantiles ascend and no number is negative or missing, for any series', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Frequency>('week', 'month'),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom(0, 0.05, 1, 30, 5000),
        fc.integer({ min: 0, max: 250 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 1e6 }),
        (frequency, length, mean, start, stop, seed) => {
          const random = testingRandom(seed);
          const result = forecastSeries(
            testingSeries(frequency, length, (index) =>
              index >= start && index < stop ? random.poisson(mean) : 0,
            ),
          );
          if (result.kind === 'not-enough-data') {
            expect(result.reason).not.toBe('');
            return;
          }
          for (const { mean: centre, p05, p25, p50, p75, p95 } of result.steps) {
            const numbers = [0, p05, p25, p50, p75, p95];
            expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
            expect(Number.isFinite(centre) && centre >= 0).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('says why there is no forecast: nothing, one week, all zero, too short, started too late', () => {
    const reasonOf = (length: number, countAt: (index: number) => number): string => {
      const result = forecastSeries(testingSeries('week', length, countAt));
      return result.kind === 'not-enough-data' ? result.reason : '';
    };
    expect(reasonOf(0, () => 0)).toBe('the series has no week');
    expect(reasonOf(1, () => 4)).toBe('1 week from 2010-01-04 on are not the 226 that a backtest needs');
    expect(reasonOf(700, () => 0)).toBe('no event in 700 weeks');
    expect(reasonOf(700, (index) => (index < 600 ? 0 : 3))).toBe(
      '100 weeks from 2021-07-05 on are not the 226 that a backtest needs',
    );
  });
});
