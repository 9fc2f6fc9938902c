import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData } from '@crimetracker/analysis-kit';
import { nelderMead } from './nelder-mead.js';
import { createSmoothingProfile } from './smoothing-profile.js';

/** Additive error, additive trend (damped), and an additive season of `period` values; period 1 is none. */
export interface SmoothingParameters {
  readonly period: number;
  /** Level, trend and season take these shares of each error. */
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** What is left of the trend after one period. */
  readonly phi: number;
}

export interface SmoothingState {
  readonly level: number;
  readonly trend: number;
  /** `period` values, that of the next period first; empty without season. */
  readonly season: readonly number[];
}

export interface SmoothingFit {
  readonly kind: 'smoothing';
  readonly parameters: SmoothingParameters;
  /** State before the first value, found together with the parameters. */
  readonly initial: SmoothingState;
  /** Sum of squared one-step errors, and their variance over the degrees of freedom left. */
  readonly sse: number;
  readonly sigma2: number;
  readonly evaluations: number;
}

/** The recursion over the first `end` values; `season` turns in place, level and trend come back in `ends`. */
function smooth(
  values: ArrayLike<number>,
  end: number,
  { alpha, beta, gamma, phi, period }: SmoothingParameters,
  ends: Float64Array,
  season: Float64Array,
  errors: Float64Array | undefined,
): void {
  let level = ends[0] as number;
  let trend = ends[1] as number;
  let place = 0;
  for (let index = 0; index < end; index++) {
    const ahead = level + phi * trend;
    const part = period > 1 ? (season[place] as number) : 0;
    const error = (values[index] as number) - ahead - part;
    if (errors !== undefined) errors[index] = error;
    level = ahead + alpha * error;
    trend = phi * trend + beta * error;
    if (period > 1) {
      season[place] = part + gamma * error;
      place = place + 1 === period ? 0 : place + 1;
    }
  }
  ends[0] = level;
  ends[1] = trend;
}

/** Runs the recursion over the first `end` values, writes the one-step errors if asked, and returns the state after. */
export function runSmoothing(
  values: ArrayLike<number>,
  end: number,
  parameters: SmoothingParameters,
  initial: SmoothingState,
  errors?: Float64Array,
): SmoothingState {
  const ends = Float64Array.of(initial.level, initial.trend);
  const season = Float64Array.from(initial.season);
  smooth(values, end, parameters, ends, season, errors);
  const place = parameters.period > 1 ? end % parameters.period : 0;
  return {
    level: ends[0] as number,
    trend: ends[1] as number,
    season: [...season.subarray(place), ...season.subarray(0, place)],
  };
}

/** Point forecasts from a state, on the scale of the values. */
export function forecastSmoothing(
  state: SmoothingState,
  { phi, period }: SmoothingParameters,
  horizon: number,
): Float64Array {
  const forecast = new Float64Array(horizon);
  let damped = 0;
  for (let step = 0; step < horizon; step++) {
    damped = (damped + 1) * phi;
    forecast[step] =
      state.level + damped * state.trend + (period > 1 ? (state.season[step % period] as number) : 0);
  }
  return forecast;
}

/** Variances of the forecast errors 1 to `horizon` steps ahead, in units of the one-step variance. */
export function smoothingVariances(parameters: SmoothingParameters, horizon: number): Float64Array {
  const { alpha, beta, gamma, phi, period } = parameters;
  const variances = new Float64Array(horizon);
  let sum = 1;
  let damped = 0;
  for (let step = 0; step < horizon; step++) {
    variances[step] = sum;
    damped = (damped + 1) * phi;
    const weight = alpha + beta * damped + (period > 1 && (step + 1) % period === 0 ? gamma : 0);
    sum += weight * weight;
  }
  return variances;
}

const LEAST_SHARE = 1e-4;
const PHI_RANGE = [0.8, 0.98] as const;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const within = (x: number, low: number, high: number): number => low + (high - low) * logistic(x);

/** Any numbers as parameters inside the usual bounds: beta below alpha, gamma below 1 − alpha, phi .8 to .98. */
function parametersAt(point: readonly number[], period: number): SmoothingParameters {
  const alpha = within(point[0] ?? 0, LEAST_SHARE, 1 - LEAST_SHARE);
  return {
    period,
    alpha,
    beta: within(point[1] ?? 0, Math.min(LEAST_SHARE, alpha), alpha),
    phi: within(point[2] ?? 0, ...PHI_RANGE),
    gamma: period > 1 ? within(point[3] ?? 0, Math.min(LEAST_SHARE, 1 - alpha), 1 - alpha) : 0,
  };
}

function pointOf({ alpha, beta, gamma, phi, period }: SmoothingParameters): number[] {
  const logit = (value: number, low: number, high: number): number => {
    const share = Math.min(0.999, Math.max(0.001, (value - low) / (high - low)));
    return Math.log(share / (1 - share));
  };
  const point = [logit(alpha, 0, 1), logit(beta, 0, alpha), logit(phi, ...PHI_RANGE)];
  return period > 1 ? [...point, logit(gamma, 0, 1 - alpha)] : point;
}

const COLD_STARTS = [
  [-2, -2, 1, -3],
  [0, -2, 1, -2],
  [-4, 1, 1, -4],
  [1, 1, -1, -1],
] as const;

/**
 * Fits exponential smoothing with damped trend to the first `end` values by least squares, which is maximum likelihood
 * for normal errors: ETS(A,Ad,A), or ETS(A,Ad,N) when the period is 1.
 *
 * Three or four shares by Nelder–Mead, from `warm` if given; the initial state exactly for each. Too few values are a
 * stated reason.
 * Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, ch. 2 and 5.
 */
export function fitSmoothing(
  values: ArrayLike<number>,
  end: number,
  period: number,
  warm?: SmoothingParameters,
): SmoothingFit | NotEnoughData {
  const unknowns = (period > 1 ? period + 1 : 2) + (period > 1 ? 4 : 3);
  if (end <= unknowns) return notEnoughData(`${end} values are too few for ${unknowns} unknowns`);
  const profile = createSmoothingProfile(values, end, period);
  const size = period > 1 ? 4 : 3;
  const starts = warm === undefined ? COLD_STARTS.map((start) => start.slice(0, size)) : [pointOf(warm)];
  let best: { readonly point: readonly number[]; readonly value: number } | undefined;
  let evaluations = 0;
  for (const start of starts) {
    const found = nelderMead((point) => profile(parametersAt(point, period)).sse, start, {
      stepOf: warm === undefined ? 1 : 0.5,
      tolerance: warm === undefined ? 1e-9 : 1e-5,
      mostEvaluations: warm === undefined ? 400 : 40,
    });
    evaluations += found.evaluations;
    if (best === undefined || found.value < best.value) best = found;
  }
  const parameters = parametersAt(best?.point ?? [], period);
  const { sse, initial } = profile(parameters);
  return {
    kind: 'smoothing',
    parameters,
    initial,
    sse,
    sigma2: sse / (end - unknowns),
    evaluations,
  };
}
