import { expect, test } from 'vitest';
import { compareDemands } from './compare-demands.js';

const demandOf = (...sums: readonly number[]) => ({
  jurisdictions: sums.map((_, j) => `J${j}`),
  hours: sums.map((sum) => Float64Array.of(sum / 2, sum / 2)),
});

test('compareDemands gives the change of each share, and how much moved', () => {
  const { changes, gainers, losers, moved } = compareDemands(demandOf(50, 30, 20), demandOf(80, 60, 60));
  expect(changes.map(({ difference }) => difference)).toEqual(
    [-0.1, 0, 0.1].map((d) => expect.closeTo(d, 12)),
  );
  expect(gainers.map(({ jurisdiction }) => jurisdiction)).toEqual(['J2']);
  expect(losers.map(({ jurisdiction }) => jurisdiction)).toEqual(['J0']);
  expect(moved).toBeCloseTo(0.1, 12);
});

test('compareDemands names the most changed first, and nobody when nothing changed', () => {
  const { gainers, losers } = compareDemands(demandOf(10, 20, 30, 40), demandOf(40, 30, 20, 10), 1);
  expect([...gainers, ...losers].map(({ jurisdiction }) => jurisdiction)).toEqual(['J0', 'J3']);
  expect(compareDemands(demandOf(1, 1), demandOf(3, 3))).toMatchObject({ gainers: [], losers: [], moved: 0 });
});

test('compareDemands compares the same jurisdictions only', () => {
  expect(() => compareDemands(demandOf(1), demandOf(1, 2))).toThrow('same jurisdictions');
});
