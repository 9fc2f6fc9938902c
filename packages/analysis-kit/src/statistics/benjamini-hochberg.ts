import { requireArgument } from './invalid-argument.js';

/**
 * The q-value of each p-value: the smallest false discovery rate at which it is a discovery. A null or NaN is no
 * test: it gets null and does not count.
 * Source: Benjamini and Hochberg (1995), step-up, as scipy.stats.false_discovery_control.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const tests: { readonly p: number; readonly index: number }[] = [];
  for (const [index, p] of pValues.entries()) {
    if (p === null || Number.isNaN(p)) continue;
    requireArgument(p >= 0 && p <= 1, 'benjaminiHochberg', `a p-value lies between 0 and 1, got ${p}`);
    tests.push({ p, index });
  }
  tests.sort((a, b) => a.p - b.p);
  const qValues: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  for (let rank = tests.length; rank >= 1; rank -= 1) {
    const test = tests[rank - 1];
    if (test === undefined) continue;
    smallest = Math.min(smallest, test.p * (tests.length / rank));
    qValues[test.index] = smallest;
  }
  return qValues;
}
