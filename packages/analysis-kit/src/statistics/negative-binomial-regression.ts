import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { NotEnoughData } from './outcome.js';
import type { CountRegression, CountRegressionInput } from './quasi-poisson-regression.js';
import { fitCounts } from './quasi-poisson-regression.js';

export interface NegativeBinomialRegression extends CountRegression {
  /** Size (theta): the variance is mean + mean²/size. Infinite where the counts vary no more than Poisson counts. */
  readonly size: number;
  /** Undefined when the size is infinite. */
  readonly sizeError: number | undefined;
  readonly logLikelihood: number;
}

const MOST_ROUNDS = 50;
/** A larger size cannot be told from Poisson: the variance differs by less than mean/10⁷. */
const POISSON_SIZE = 1e7;

/**
 * Negative binomial regression with logarithmic link; the size by maximum likelihood.
 *
 * Reasons as `fitQuasiPoisson`. Source: Lawless (1987); means and size in turn as glm.nb of R's MASS.
 */
export function fitNegativeBinomial(input: CountRegressionInput): NegativeBinomialRegression | NotEnoughData {
  const rows = input.response.length;
  const response = Float64Array.from(input.response);
  const prior =
    input.weights === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(input.weights);
  let fit = fitCounts(input, Number.POSITIVE_INFINITY);
  if (fit.kind !== 'ok') return fit;
  let size = estimateSize(response, fit.fitted, prior);
  let likelihood = logLikelihood(response, fit.fitted, prior, size);
  for (let round = 0; round < MOST_ROUNDS && size < POISSON_SIZE; round += 1) {
    fit = fitCounts(input, size, fit.fitted);
    if (fit.kind !== 'ok') return fit;
    const before = likelihood;
    const sizeBefore = size;
    size = estimateSize(response, fit.fitted, prior, size);
    likelihood = logLikelihood(response, fit.fitted, prior, size);
    const isStill = Math.abs(size - sizeBefore) < 1e-10 * size;
    if (isStill && Math.abs(likelihood - before) < 1e-10 * (Math.abs(likelihood) + 0.1)) break;
  }
  const isPoisson = !(size < POISSON_SIZE);
  if (isPoisson) {
    size = Number.POSITIVE_INFINITY;
    fit = fitCounts(input, size);
    if (fit.kind !== 'ok') return fit;
    likelihood = logLikelihood(response, fit.fitted, prior, size);
  }
  const { lastWeights: _lastWeights, ...regression } = fit;
  return {
    ...regression,
    size,
    sizeError: isPoisson
      ? undefined
      : 1 / Math.sqrt(derivatives(response, fit.fitted, prior, size).information),
    logLikelihood: likelihood,
  };
}

/** Newton's method on ln(size) with the step held within a factor of e. */
function estimateSize(
  response: Float64Array,
  fitted: Float64Array,
  prior: Float64Array,
  start?: number,
): number {
  let size = start ?? momentSize(response, fitted, prior);
  for (let step = 0; step < 200 && size < POISSON_SIZE; step += 1) {
    const { score, information } = derivatives(response, fitted, prior, size);
    const slope = score * size;
    const curve = information * size * size - slope;
    const move = curve > 0 ? slope / curve : Math.sign(slope);
    const held = Math.max(-1, Math.min(1, move));
    size *= Math.exp(held);
    if (Math.abs(held) < 1e-12) break;
  }
  return Math.max(size, 1e-8);
}

function momentSize(response: Float64Array, fitted: Float64Array, prior: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < response.length; i += 1) {
    sum += (prior[i] as number) * ((response[i] as number) / (fitted[i] as number) - 1) ** 2;
    weight += prior[i] as number;
  }
  return weight / Math.max(sum, 1e-8);
}

function derivatives(
  response: Float64Array,
  fitted: Float64Array,
  prior: Float64Array,
  size: number,
): { readonly score: number; readonly information: number } {
  const digammaSize = digamma(size);
  const trigammaSize = trigamma(size);
  let score = 0;
  let information = 0;
  for (let i = 0; i < response.length; i += 1) {
    const y = response[i] as number;
    const mean = fitted[i] as number;
    const sum = mean + size;
    const weight = prior[i] as number;
    score += weight * (digamma(size + y) - digammaSize - Math.log1p(mean / size) + 1 - (y + size) / sum);
    information +=
      weight * (trigammaSize - trigamma(size + y) - 1 / size + 2 / sum - (y + size) / (sum * sum));
  }
  return { score, information };
}

function logLikelihood(
  response: Float64Array,
  fitted: Float64Array,
  prior: Float64Array,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < response.length; i += 1) {
    const y = response[i] as number;
    const mean = fitted[i] as number;
    const part =
      size === Number.POSITIVE_INFINITY
        ? y * Math.log(mean) - mean - gammaln(y + 1)
        : gammaln(size + y) -
          gammaln(size) -
          gammaln(y + 1) -
          size * Math.log1p(mean / size) +
          (y > 0 ? y * Math.log(mean / (mean + size)) : 0);
    sum += (prior[i] as number) * part;
  }
  return sum;
}
