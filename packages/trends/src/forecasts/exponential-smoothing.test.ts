import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import {
  fitSmoothing,
  forecastSmoothing,
  runSmoothing,
  smoothingVariances,
} from './exponential-smoothing.js';

const parameters = { period: 4, alpha: 0.3, beta: 0.1, gamma: 0.2, phi: 0.9 };
const initial = { level: 10, trend: 1, season: [2, -1, 0, -1] };

describe('runSmoothing', () => {
  test('follows the recursion by hand', () => {
    const errors = new Float64Array(2);
    const state = runSmoothing([14, 11], 2, parameters, initial, errors);
    // ahead 10.9 + 2 = 12.9, error 1.1; level 11.23, trend 1.01; ahead 12.139 − 1 = 11.139, error −.139.
    expect(errors[0]).toBeCloseTo(1.1, 12);
    expect(errors[1]).toBeCloseTo(-0.139, 12);
    expect(state.level).toBeCloseTo(12.0973, 12);
    expect(state.trend).toBeCloseTo(0.8951, 12);
    expect(state.season).toEqual([0, -1, expect.closeTo(2.22, 12), expect.closeTo(-1.0278, 12)]);
  });

  test('continues season and damped trend', () => {
    expect([...forecastSmoothing(initial, parameters, 5)]).toEqual([
      12.9,
      expect.closeTo(10 + 0.9 + 0.81 - 1, 12),
      expect.closeTo(10 + 0.9 + 0.81 + 0.729, 12),
      expect.closeTo(10 + 0.9 + 0.81 + 0.729 + 0.6561 - 1, 12),
      expect.closeTo(10 + 0.9 + 0.81 + 0.729 + 0.6561 + 0.59049 + 2, 12),
    ]);
  });

  test('variances grow by the squared weights of past errors', () => {
    const variances = smoothingVariances(parameters, 6);
    expect(variances[0]).toBe(1);
    expect(variances[1]).toBeCloseTo(1 + (0.3 + 0.1 * 0.9) ** 2, 12);
    expect((variances[4] ?? 0) - (variances[3] ?? 0)).toBeCloseTo(
      (0.3 + 0.1 * (0.9 + 0.81 + 0.729 + 0.6561) + 0.2) ** 2,
      12,
    );
  });
});

describe('fitSmoothing', () => {
  test('finds an initial state no worse than the true one, and parameters no worse than the true ones', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = testingRandom(seed);
      let { level, trend } = initial;
      const season = [...initial.season];
      let sse = 0;
      const values = Array.from({ length: 120 }, (_, index) => {
        const error = random.normal();
        sse += error * error;
        const value = level + 0.9 * trend + (season[index % 4] ?? 0) + error;
        level += 0.9 * trend + 0.3 * error;
        trend = 0.9 * trend + 0.1 * error;
        season[index % 4] = (season[index % 4] ?? 0) + 0.2 * error;
        return value;
      });
      const fit = fitSmoothing(values, 120, 4);
      if (fit.kind !== 'smoothing') throw new Error(fit.reason);
      expect(fit.sse).toBeLessThan(sse);
      expect(fit.initial.season.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
      const errors = new Float64Array(120);
      runSmoothing(values, 120, fit.parameters, fit.initial, errors);
      expect(errors.reduce((sum, error) => sum + error * error, 0)).toBeCloseTo(fit.sse, 6);
      const { alpha, beta, gamma, phi } = fit.parameters;
      expect([alpha > 0, beta <= alpha, gamma <= 1 - alpha, phi >= 0.8, phi <= 0.98]).not.toContain(false);
    }
  });

  test('says when values are fewer than unknowns', () => {
    expect(fitSmoothing([1, 2, 3], 3, 12)).toEqual({
      kind: 'not-enough-data',
      reason: '3 values are too few for 17 unknowns',
    });
  });
});
