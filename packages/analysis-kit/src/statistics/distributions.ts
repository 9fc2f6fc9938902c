/**
 * The distributions the methods need, under one set of names. Betas, binomials, the normal and Student's t come from
 * the stdlib packages; what rests on the incomplete gamma function is computed here (see incomplete-gamma.ts).
 */
import betaCdfOf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile';
import binomialCdfOf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialPmfOf from '@stdlib/stats-base-dists-binomial-pmf';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import studentTCdfOf from '@stdlib/stats-base-dists-t-cdf';
import { incompleteGamma, inverseIncompleteGamma, poissonDensity } from './incomplete-gamma.js';

/** A hair of tolerance, so that P(X ≤ k) = p up to rounding counts as reached, as in R's qpois and qnbinom. */
const REACHED = 1 - 64 * Number.EPSILON;
const LARGEST_COUNT = 1e15;

/** P(Z ≤ x) of the standard normal; the upper tail is `normalCdf(-x)`. */
export function normalCdf(x: number): number {
  return normalCdfOf(x, 0, 1);
}

/** The x with P(Z ≤ x) = p, −∞ and ∞ at 0 and 1; one step of Halley mends the library's far tails. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = normalQuantileOf(p, 0, 1);
  if (!Number.isFinite(x)) return x;
  const newton = ((normalCdf(x) - p) * Math.sqrt(2 * Math.PI)) / Math.exp(-(x * x) / 2);
  return x - newton / (1 + (x * newton) / 2);
}

/** P(T ≤ x) of Student's t. */
export function studentTCdf(x: number, degreesOfFreedom: number): number {
  return studentTCdfOf(x, degreesOfFreedom);
}

/** The x with P(X ≤ x) = p of the gamma distribution with this shape and rate. */
export function gammaQuantile(p: number, shape: number, rate: number): number {
  if (shape === 0) return 0;
  return inverseIncompleteGamma(shape, p, 1 - p, normalQuantile(p)) / rate;
}

/** The x with P(X ≤ x) = p of the chi-square distribution. */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  return 2 * gammaQuantile(p, degreesOfFreedom / 2, 1);
}

/** P(X > x) of the chi-square distribution, exact in the far tail. */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  return incompleteGamma(degreesOfFreedom / 2, x / 2).upper;
}

/** P(X ≤ x) of the beta distribution. */
export function betaCdf(x: number, a: number, b: number): number {
  return betaCdfOf(x, a, b);
}

/** The x with P(X ≤ x) = p of the beta distribution. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantileOf(p, a, b);
}

/** P(X = k) of the Poisson distribution, k a whole number. */
export function poissonPmf(k: number, mean: number): number {
  return k < 0 ? 0 : poissonDensity(k, mean);
}

/** P(X ≤ k) of the Poisson distribution. */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0;
  return incompleteGamma(Math.floor(k) + 1, mean).upper;
}

/** P(X ≥ k) of the Poisson distribution, exact in the far tail. */
export function poissonUpperTail(k: number, mean: number): number {
  return k <= 0 ? 1 : incompleteGamma(Math.ceil(k), mean).lower;
}

/** The smallest k with P(X ≤ k) ≥ p of the Poisson distribution. */
export function poissonQuantile(p: number, mean: number): number {
  if (mean === 0 || p <= 0) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(p);
  const near = mean + z * Math.sqrt(mean) + (z * z - 1) / 6;
  const target = p * REACHED;
  let k = Math.max(0, Math.floor(near));
  while (k > 0 && poissonCdf(k - 1, mean) >= target) k -= 1;
  while (poissonCdf(k, mean) < target) k += 1;
  return k;
}

/** P(X ≤ k) of the negative binomial: failures before the `size`-th success of probability `prob`; size is real. */
export function negativeBinomialCdf(k: number, size: number, prob: number): number {
  return k < 0 ? 0 : betaCdf(prob, size, Math.floor(k) + 1);
}

/** P(X ≥ k) of the negative binomial, exact in the far tail. */
export function negativeBinomialUpperTail(k: number, size: number, prob: number): number {
  return k <= 0 ? 1 : betaCdf(1 - prob, Math.ceil(k), size);
}

/**
 * The smallest k with P(X ≤ k) ≥ p of the negative binomial; infinite above 10¹⁵. By halving: the library steps by one
 * and does not return from the wide tails of a small size.
 */
export function negativeBinomialQuantile(p: number, size: number, prob: number): number {
  if (p <= 0 || prob >= 1) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const target = p * REACHED;
  let below = -1;
  let reached = 1;
  while (negativeBinomialCdf(reached, size, prob) < target) {
    if (reached > LARGEST_COUNT) return Number.POSITIVE_INFINITY;
    below = reached;
    reached *= 2;
  }
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    if (negativeBinomialCdf(middle, size, prob) < target) below = middle;
    else reached = middle;
  }
  return reached;
}

/** P(X = k) of the binomial distribution, k a whole number. */
export function binomialPmf(k: number, trials: number, prob: number): number {
  return binomialPmfOf(k, trials, prob);
}

/** P(X ≤ k) of the binomial distribution. */
export function binomialCdf(k: number, trials: number, prob: number): number {
  return binomialCdfOf(k, trials, prob);
}

/** P(X ≥ k) of the binomial distribution, exact in the far tail. */
export function binomialUpperTail(k: number, trials: number, prob: number): number {
  if (k <= 0) return 1;
  return k > trials ? 0 : betaCdf(prob, k, trials - k + 1);
}
