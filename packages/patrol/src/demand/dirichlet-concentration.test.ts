import { gammaQuantile } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import { dirichletConcentration } from './dirichlet-concentration.js';

/** Counts of groups whose shares come from a Dirichlet distribution around `common`. */
function simulate(
  common: readonly number[],
  concentration: number,
  groups: number,
  size: number,
  seed: number,
) {
  const { uniform, poisson } = testingRandom(seed);
  return Array.from({ length: groups }, () => {
    const parts = common.map((share) =>
      concentration === Number.POSITIVE_INFINITY ? share : gammaQuantile(uniform(), share * concentration, 1),
    );
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return Float64Array.from(parts, (part) => poisson((size * part) / whole));
  });
}

const uneven = Array.from({ length: 40 }, (_, hour) => (1 + (hour % 7)) / 157);

describe('dirichletConcentration', () => {
  test.each([20, 100, 400])('finds the concentration %d that groups were drawn with', (concentration) => {
    const found = [1, 2, 3, 4].map((seed) =>
      dirichletConcentration(simulate(uneven, concentration, 60, 300, seed)),
    );
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    expect(mean).toBeGreaterThan(concentration * 0.85);
    expect(mean).toBeLessThan(concentration * 1.15);
  });

  test('is very large or infinite where groups differ by chance only', () => {
    const counts = simulate(uneven, Number.POSITIVE_INFINITY, 60, 300, 9);
    expect(dirichletConcentration(counts)).toBeGreaterThan(5_000);
    expect(
      dirichletConcentration([
        [10, 20],
        [5, 10],
      ]),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  test('is 0 where groups have nothing in common', () => {
    expect(
      dirichletConcentration([
        [50, 0],
        [0, 50],
      ]),
    ).toBeCloseTo(0, 12);
  });

  test('is infinite where there is nothing to compare', () => {
    expect(dirichletConcentration([])).toBe(Number.POSITIVE_INFINITY);
    expect(dirichletConcentration([[3, 4]])).toBe(Number.POSITIVE_INFINITY);
    expect(dirichletConcentration([[0], [5]])).toBe(Number.POSITIVE_INFINITY);
  });
});
