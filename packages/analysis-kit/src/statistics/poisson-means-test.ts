import { binomialCdf, binomialPmf, binomialUpperTail, poissonPmf, poissonQuantile } from './distributions.js';
import { requireArgument } from './invalid-argument.js';
import type { CountedExposure } from './poisson-interval.js';

/** Counts are compared as equal extremes up to this relative difference, which only rounding makes. */
const SAME = 1e-12;

/** R's tolerance for outcomes as likely as the observed one. */
const AS_LIKELY = 1 + 1e-7;

/**
 * The two-sided p-value that two Poisson rates are the same, by the E-test, which is less conservative than the exact
 * conditional test. Cost grows with the square root of the counts.
 * Source: Krishnamoorthy and Thomson (2004), "A more powerful test for comparing two Poisson means", equations 3.2 to
 * 3.5 with difference 0; summation bounds as scipy.stats.poisson_means_test.
 */
export function poissonMeansTest(first: CountedExposure, second: CountedExposure): number {
  const { count: k1, exposure: n1 = 1 } = first;
  const { count: k2, exposure: n2 = 1 } = second;
  requireCounts('poissonMeansTest', k1, n1, k2, n2);
  if (k1 + k2 === 0) return 1;
  const pooled = (k1 + k2) / (n1 + n2);
  const pivot = (x1: number, x2: number): number =>
    x1 + x2 === 0 ? 0 : (x1 / n1 - x2 / n2) / Math.sqrt(x1 / n1 ** 2 + x2 / n2 ** 2);
  const observed = Math.abs(pivot(k1, k2)) * (1 - SAME);
  if (observed === 0) return 1;

  const [low1, high1] = summationBounds(n1 * pooled);
  const [low2, high2] = summationBounds(n2 * pooled);
  const width = high2 - low2 + 1;
  // below[i] is the probability of the first i values of the second count.
  const below = new Float64Array(width + 1);
  for (let i = 0; i < width; i += 1) {
    below[i + 1] = (below[i] ?? 0) + poissonPmf(low2 + i, n2 * pooled);
  }
  const all = below[width] ?? 0;
  // For a given first count the pivot falls with the second count, and both ends move up with the first count.
  let firstInside = 0;
  let firstBelow = 0;
  let p = 0;
  for (let x1 = low1; x1 <= high1; x1 += 1) {
    while (firstInside < width && pivot(x1, low2 + firstInside) >= observed) firstInside += 1;
    while (firstBelow < width && pivot(x1, low2 + firstBelow) > -observed) firstBelow += 1;
    const extreme = (below[firstInside] ?? 0) + (all - (below[firstBelow] ?? 0));
    p += poissonPmf(x1, n1 * pooled) * extreme;
  }
  return Math.min(1, p);
}

function summationBounds(mean: number): readonly [low: number, high: number] {
  return [poissonQuantile(1e-10, mean), poissonQuantile(1 - 1e-16, mean)];
}

/**
 * The two-sided p-value that two Poisson rates are the same, exact given the sum of both counts: the probability of
 * all splits that are at most as likely as the observed one.
 * Source: Przyborowski and Wilenski (1940), as poisson.test of R.
 */
export function exactPoissonTest(first: CountedExposure, second: CountedExposure): number {
  const { count: k1, exposure: n1 = 1 } = first;
  const { count: k2, exposure: n2 = 1 } = second;
  requireCounts('exactPoissonTest', k1, n1, k2, n2);
  const total = k1 + k2;
  if (total === 0) return 1;
  const share = n1 / (n1 + n2);
  const limit = binomialPmf(k1, total, share) * AS_LIKELY;
  const mode = Math.min(total, Math.floor((total + 1) * share));
  const isAsUnlikely = (k: number): boolean => binomialPmf(k, total, share) <= limit;
  // The probability rises up to the mode and falls after it, so each side is one search.
  if (isAsUnlikely(mode)) return 1;
  const lastBelow = lastWhere(-1, mode, isAsUnlikely);
  const firstAbove = total - lastWhere(-1, total - mode, (k) => isAsUnlikely(total - k));
  return Math.min(1, binomialCdf(lastBelow, total, share) + binomialUpperTail(firstAbove, total, share));
}

/** The last whole number from `low` on for which the condition holds; it holds at `low` and fails at `high`. */
function lastWhere(low: number, high: number, holds: (value: number) => boolean): number {
  let yes = low;
  let no = high;
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function requireCounts(where: string, k1: number, n1: number, k2: number, n2: number): void {
  requireArgument(
    Number.isInteger(k1) && Number.isInteger(k2) && k1 >= 0 && k2 >= 0,
    where,
    `counts are whole and at least 0, got ${k1} and ${k2}`,
  );
  requireArgument(n1 > 0 && n2 > 0, where, `exposures are above 0, got ${n1} and ${n2}`);
}
