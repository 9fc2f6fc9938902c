import { requireArgument } from './invalid-argument.js';
import type { NotEnoughData } from './outcome.js';
import { notEnoughData } from './outcome.js';
import { createLeastSquares } from './weighted-least-squares.js';

export interface CountRegressionInput {
  /** Counts, at least 0; they need not be whole. */
  readonly response: ArrayLike<number>;
  /** The design, column by column, with the constant column if one is wanted. */
  readonly columns: readonly ArrayLike<number>[];
  /** Prior weights, at least 0; a row of weight 0 takes no part. 1 by default. */
  readonly weights?: ArrayLike<number>;
  /** Added to the linear predictor, for instance ln(population). 0 by default. */
  readonly offset?: ArrayLike<number>;
  readonly maxIterations?: number;
  /** Relative change of the deviance at which the iteration ends, 1e-8 by default. */
  readonly tolerance?: number;
  /**
   * Keep a fit in which some group of rows is all zero, so that a coefficient runs towards −∞ and stops where the
   * deviance no longer changes. Predictions of other rows are sound, those coefficients are not. False by default.
   */
  readonly keepSeparated?: boolean;
}

/** What both count regressions return. */
export interface CountRegression {
  readonly kind: 'ok';
  readonly coefficients: readonly number[];
  /** (X′WX)⁻¹, without dispersion. */
  readonly unscaledCovariance: readonly (readonly number[])[];
  readonly fitted: Float64Array;
  /** Diagonal of the weighted hat matrix, 0 to 1. */
  readonly hatValues: Float64Array;
  readonly deviance: number;
  readonly degreesOfFreedom: number;
  readonly iterations: number;
  /** True only with `keepSeparated`: some fitted means are 0 up to rounding. */
  readonly isSeparated: boolean;
}

export interface QuasiPoissonRegression extends CountRegression {
  /** Pearson's chi-square over the degrees of freedom; 1 when none are left. Not held above 1. */
  readonly dispersion: number;
  readonly pearson: number;
  /** `unscaledCovariance` times the dispersion. */
  readonly covariance: readonly (readonly number[])[];
}

/** Below this share of the mean count a fitted mean says that its rows are all zero. */
const NO_EVENTS = 1e-6;
const MOST_ETA = 700;

/**
 * Poisson regression with logarithmic link whose variance is a multiple of the mean.
 *
 * Says why there is no fit: fewer rows than columns, all zero, dependent columns, separation, no convergence.
 * Source: McCullagh and Nelder (1989), iteratively reweighted least squares with the start and the stopping rule of
 * R's glm.fit; agrees with glm(family = quasipoisson).
 */
export function fitQuasiPoisson(input: CountRegressionInput): QuasiPoissonRegression | NotEnoughData {
  const fit = fitCounts(input, Number.POSITIVE_INFINITY);
  if (fit.kind !== 'ok') return fit;
  const { lastWeights, ...regression } = fit;
  let pearson = 0;
  for (let i = 0; i < regression.fitted.length; i += 1) {
    const mean = regression.fitted[i] as number;
    pearson += (lastWeights[i] as number) * (((input.response[i] as number) - mean) / mean) ** 2;
  }
  const dispersion = regression.degreesOfFreedom > 0 ? pearson / regression.degreesOfFreedom : 1;
  return { ...regression, pearson, dispersion, covariance: scale(regression.unscaledCovariance, dispersion) };
}

/** The mean on the response scale of a new row and its standard error, for the given dispersion. */
export function predictCount(
  regression: CountRegression,
  row: readonly number[],
  options: { readonly dispersion?: number; readonly offset?: number } = {},
): {
  readonly linear: number;
  readonly linearError: number;
  readonly mean: number;
  readonly meanError: number;
} {
  requireArgument(
    row.length === regression.coefficients.length,
    'predictCount',
    'one value for each coefficient',
  );
  const { dispersion = 1, offset = 0 } = options;
  let linear = offset;
  let variance = 0;
  for (const [i, value] of row.entries()) {
    linear += value * (regression.coefficients[i] ?? 0);
    for (const [j, other] of row.entries())
      variance += value * other * (regression.unscaledCovariance[i]?.[j] ?? 0);
  }
  const linearError = Math.sqrt(Math.max(0, variance * dispersion));
  const mean = Math.exp(linear);
  return { linear, linearError, mean, meanError: mean * linearError };
}

/** The regression with the weights of the last step, which R's dispersion uses. */
export interface CountFit extends CountRegression {
  readonly lastWeights: Float64Array;
}

/**
 * Fits means with variance mean + mean²/size; an infinite size is Poisson.
 * `start` holds fitted means of an earlier fit.
 */
export function fitCounts(
  input: CountRegressionInput,
  size: number,
  start?: Float64Array,
): CountFit | NotEnoughData {
  const { response, maxIterations = 25, tolerance = 1e-8, keepSeparated = false } = input;
  const rows = response.length;
  const prior =
    input.weights === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(input.weights);
  const offset = input.offset === undefined ? new Float64Array(rows) : Float64Array.from(input.offset);
  requireInput(input, prior, offset);
  const columns = input.columns.map((column) => Float64Array.from(column));

  let used = 0;
  let total = 0;
  for (let i = 0; i < rows; i += 1) {
    if ((prior[i] as number) === 0) continue;
    used += 1;
    total += response[i] as number;
  }
  if (used < columns.length)
    return notEnoughData(`${used} periods are too few for ${columns.length} coefficients.`);
  if (total === 0) return notEnoughData('All counts are zero.');

  const leastSquares = createLeastSquares(columns, rows);
  const fitted = new Float64Array(rows);
  const weights = new Float64Array(rows);
  const target = new Float64Array(rows);
  const eta = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    fitted[i] = start?.[i] ?? (response[i] as number) + 0.1;
    eta[i] = Math.log(fitted[i] as number);
  }
  let deviance = devianceOf(response, fitted, prior, size);
  for (let iteration = 1; iteration <= maxIterations; iteration += 1) {
    for (let i = 0; i < rows; i += 1) {
      const mean = fitted[i] as number;
      weights[i] = ((prior[i] as number) * mean) / (1 + mean / size);
      target[i] = (eta[i] as number) - (offset[i] as number) + ((response[i] as number) - mean) / mean;
    }
    const dependent = leastSquares.solve(weights, target);
    if (dependent >= 0) {
      return notEnoughData(`Column ${dependent + 1} of the model says nothing that the others do not say.`);
    }
    for (let i = 0; i < rows; i += 1) eta[i] = offset[i] as number;
    for (const [j, column] of columns.entries()) {
      const coefficient = leastSquares.coefficients[j] as number;
      for (let i = 0; i < rows; i += 1) eta[i] = (eta[i] as number) + coefficient * (column[i] as number);
    }
    for (let i = 0; i < rows; i += 1) {
      if (!(Math.abs(eta[i] as number) < MOST_ETA)) return notEnoughData('The regression does not converge.');
      fitted[i] = Math.exp(eta[i] as number);
    }
    const before = deviance;
    deviance = devianceOf(response, fitted, prior, size);
    if (Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) >= tolerance) continue;
    const limit = (NO_EVENTS * total) / used;
    const isSeparated = fitted.some(
      (mean, i) => (prior[i] as number) > 0 && mean < limit * Math.exp(offset[i] as number),
    );
    if (isSeparated && !keepSeparated)
      return notEnoughData('A group of periods is all zero, so it has no rate.');
    return {
      kind: 'ok',
      coefficients: [...leastSquares.coefficients],
      unscaledCovariance: leastSquares.readInverse().map((row) => [...row]),
      fitted,
      hatValues: leastSquares.readLeverages(),
      deviance,
      degreesOfFreedom: used - columns.length,
      iterations: iteration,
      isSeparated,
      lastWeights: weights,
    };
  }
  return notEnoughData(`The regression does not converge within ${maxIterations} steps.`);
}

function devianceOf(
  response: ArrayLike<number>,
  fitted: Float64Array,
  prior: Float64Array,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < fitted.length; i += 1) {
    const y = response[i] as number;
    const mean = fitted[i] as number;
    let part = y > 0 ? y * Math.log(y / mean) : 0;
    part -= size === Number.POSITIVE_INFINITY ? y - mean : (y + size) * Math.log((y + size) / (mean + size));
    sum += (prior[i] as number) * part;
  }
  return 2 * sum;
}

function scale(matrix: readonly (readonly number[])[], factor: number): readonly (readonly number[])[] {
  return matrix.map((row) => row.map((value) => value * factor));
}

function requireInput(input: CountRegressionInput, prior: Float64Array, offset: Float64Array): void {
  const where = 'count regression';
  const rows = input.response.length;
  requireArgument(input.columns.length > 0, where, 'the design has at least one column');
  for (const column of [...input.columns, prior, offset]) {
    requireArgument(column.length === rows, where, `each column has ${rows} values, got ${column.length}`);
    for (let i = 0; i < rows; i += 1)
      requireArgument(Number.isFinite(column[i]), where, `row ${i} is not a number`);
  }
  for (let i = 0; i < rows; i += 1) {
    const count = input.response[i] as number;
    requireArgument(
      count >= 0 && Number.isFinite(count),
      where,
      `counts are at least 0, got ${count} in row ${i}`,
    );
    requireArgument((prior[i] as number) >= 0, where, `weights are at least 0, got ${prior[i]} in row ${i}`);
  }
}
