import { expect, test } from 'vitest';
import { nelderMead } from './nelder-mead.js';
import { solveSymmetric } from './solve-symmetric.js';

test('finds the minimum of the Rosenbrock valley', () => {
  const { point, value } = nelderMead(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
    tolerance: 1e-12,
    mostEvaluations: 1000,
  });
  expect(point[0]).toBeCloseTo(1, 4);
  expect(point[1]).toBeCloseTo(1, 4);
  expect(value).toBeLessThan(1e-8);
});

test('walks away from points without a value and keeps to its number of evaluations', () => {
  const { point } = nelderMead(([x = 0]) => (x < 0 ? Number.NaN : (x - 2) ** 2), [0.1]);
  expect(point[0]).toBeCloseTo(2, 3);
  expect(nelderMead(([x = 0]) => x, [0], { mostEvaluations: 30 }).evaluations).toBeLessThan(35);
});

test('solves a positive definite system and refuses one that is not', () => {
  const right = Float64Array.of(10, 13, 11);
  expect(solveSymmetric(Float64Array.of(4, 0, 0, 1, 5, 0, 0, 1, 3), right)).toBe(true);
  const [x = 0, y = 0, z = 0] = right;
  expect(4 * x + y).toBeCloseTo(10, 12);
  expect(x + 5 * y + z).toBeCloseTo(13, 12);
  expect(y + 3 * z).toBeCloseTo(11, 12);
  expect(solveSymmetric(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toBe(false);
});
