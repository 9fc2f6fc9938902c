import { InvalidArgumentError } from './invalid-argument.js';

/** The p-values of a family of tests, seen as a whole. */
export interface FalseDiscoveries {
  /** Tests in the family. */
  readonly tests: number;
  /** The smallest false discovery rate at which a test with this p-value of the family is a discovery. */
  q(p: number): number;
  /** The largest p-value of the family that is a discovery at a rate below `rate`; negative when there is none. */
  cutOff(rate: number): number;
}

/**
 * The false discovery rate over a family of tests, given in one or several arrays; NaN is no test. Millions of p-values
 * are sorted once, and q-values are worked out for those that are asked for. `others` further tests count as well whose
 * p-values are not given, because they are above every rate that will be asked about.
 * Source: Benjamini and Hochberg (1995), step-up, as scipy.stats.false_discovery_control.
 */
export function falseDiscoveries(families: readonly Float64Array[], others = 0): FalseDiscoveries {
  const length = families.reduce((sum, family) => sum + family.length, 0);
  const sorted = new Float64Array(length);
  let given = 0;
  for (const family of families) {
    for (let i = 0; i < family.length; i += 1) {
      const p = family[i] ?? Number.NaN;
      if (Number.isNaN(p)) continue;
      if (p < 0 || p > 1) {
        throw new InvalidArgumentError('falseDiscoveries', `a p-value lies between 0 and 1, got ${p}`);
      }
      sorted[given] = p;
      given += 1;
    }
  }
  const tests = given + others;
  const p = sorted.subarray(0, given).sort();
  const q = new Float64Array(given);
  let smallest = 1;
  for (let rank = given; rank >= 1; rank -= 1) {
    smallest = Math.min(smallest, (p[rank - 1] ?? 1) * (tests / rank));
    q[rank - 1] = smallest;
  }
  return {
    tests,
    q: (value) => q[firstNotBelow(p, value)] ?? 1,
    cutOff: (rate) => p[firstNotBelow(q, rate) - 1] ?? -1,
  };
}

/** The first place in an ascending array whose value is not below; its length when all are below. */
function firstNotBelow(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The q-value of each p-value of a family, see `falseDiscoveries`; a null or NaN is no test and gets null. */
export function benjaminiHochberg(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const { q } = falseDiscoveries([Float64Array.from(pValues, (p) => p ?? Number.NaN)]);
  return pValues.map((p) => (p === null || Number.isNaN(p) ? null : q(p)));
}
