import type { SmoothingParameters, SmoothingState } from './exponential-smoothing.js';
import { solveSymmetric } from './solve-symmetric.js';

export interface SmoothingProfile {
  /** Sum of squared one-step errors from the best initial state. */
  readonly sse: number;
  readonly initial: SmoothingState;
}

/**
 * The best initial state for given parameters: errors are linear in it, so it is a least-squares problem whose
 * unknowns are how far the state before the first value is from (first value, no trend, no season). The season's
 * values sum to 0.
 *
 * One pass yields the errors from there and the responses to a unit of level, of trend and of the first season value.
 * The response to the k-th season value is that of the first, k periods later, so that all products with it are
 * products of the same series at a lag.
 */
export function createSmoothingProfile(
  values: ArrayLike<number>,
  end: number,
  period: number,
): (parameters: SmoothingParameters) => SmoothingProfile {
  const first = end > 0 ? (values[0] as number) : 0;
  const centred = Float64Array.from({ length: end }, (_, index) => (values[index] as number) - first);
  const products = period > 1 ? seasonalProducts(centred, period) : plainProducts(centred);
  const unknowns = period > 1 ? period + 1 : 2;
  const matrix = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  const gradient = new Float64Array(unknowns);

  return (parameters) => {
    const squares = products(parameters, matrix, gradient);
    for (let a = 0; a < unknowns; a++) {
      right[a] = -(gradient[a] as number);
      // Long ago states may leave no trace; a hair on the diagonal keeps them at 0.
      matrix[a * unknowns + a] = (matrix[a * unknowns + a] as number) * (1 + 1e-12) + 1e-12;
    }
    if (!solveSymmetric(matrix, right)) {
      return { sse: Number.POSITIVE_INFINITY, initial: { level: 0, trend: 0, season: [] } };
    }
    let sse = squares;
    for (let a = 0; a < unknowns; a++) sse += (right[a] as number) * (gradient[a] as number);
    const free = [...right.subarray(2)];
    const season = period > 1 ? [...free, -free.reduce((sum, value) => sum + value, 0)] : [];
    return {
      sse: Math.max(0, sse),
      initial: { level: first + (right[0] as number), trend: right[1] as number, season },
    };
  };
}

/** Writes the lower triangle of the responses' products and their products with the errors; returns Σ error². */
type Products = (parameters: SmoothingParameters, matrix: Float64Array, gradient: Float64Array) => number;

function plainProducts(centred: Float64Array): Products {
  return ({ alpha, beta, phi }, matrix, gradient) => {
    let level = 0;
    let trend = 0;
    let levelOfLevel = 1;
    let trendOfLevel = 0;
    let levelOfTrend = 0;
    let trendOfTrend = 1;
    let ll = 0;
    let lt = 0;
    let tt = 0;
    let le = 0;
    let te = 0;
    let ee = 0;
    for (let index = 0; index < centred.length; index++) {
      const ahead = level + phi * trend;
      const error = (centred[index] as number) - ahead;
      level = ahead + alpha * error;
      trend = phi * trend + beta * error;
      const l = -(levelOfLevel + phi * trendOfLevel);
      levelOfLevel = alpha * l - l;
      trendOfLevel = phi * trendOfLevel + beta * l;
      const t = -(levelOfTrend + phi * trendOfTrend);
      levelOfTrend = alpha * t - t;
      trendOfTrend = phi * trendOfTrend + beta * t;
      ll += l * l;
      lt += l * t;
      tt += t * t;
      le += l * error;
      te += t * error;
      ee += error * error;
    }
    matrix[0] = ll;
    matrix[2] = lt;
    matrix[3] = tt;
    gradient[0] = le;
    gradient[1] = te;
    return ee;
  };
}

function seasonalProducts(centred: Float64Array, period: number): Products {
  const end = centred.length;
  const errors = new Float64Array(end);
  const levels = new Float64Array(end);
  const trends = new Float64Array(end);
  /** Response to the first value of the season. */
  const pulse = new Float64Array(end);
  const season = new Float64Array(4 * period);
  /** Products of the pulse at two lags, and of each lag with level, trend and errors. */
  const gram = new Float64Array(period * period);
  const cross = new Float64Array(3 * period);
  const width = period + 1;

  function respond({ alpha, beta, gamma, phi }: SmoothingParameters): void {
    season.fill(0);
    season[3 * period] = 1;
    let level0 = 0;
    let level1 = 1;
    let level2 = 0;
    let level3 = 0;
    let trend0 = 0;
    let trend1 = 0;
    let trend2 = 1;
    let trend3 = 0;
    let place = 0;
    for (let index = 0; index < end; index++) {
      const part0 = season[place] as number;
      const part1 = season[place + period] as number;
      const part2 = season[place + 2 * period] as number;
      const part3 = season[place + 3 * period] as number;
      const ahead0 = level0 + phi * trend0;
      const ahead1 = level1 + phi * trend1;
      const ahead2 = level2 + phi * trend2;
      const ahead3 = level3 + phi * trend3;
      const error0 = (centred[index] as number) - ahead0 - part0;
      const error1 = -ahead1 - part1;
      const error2 = -ahead2 - part2;
      const error3 = -ahead3 - part3;
      errors[index] = error0;
      levels[index] = error1;
      trends[index] = error2;
      pulse[index] = error3;
      level0 = ahead0 + alpha * error0;
      level1 = ahead1 + alpha * error1;
      level2 = ahead2 + alpha * error2;
      level3 = ahead3 + alpha * error3;
      trend0 = phi * trend0 + beta * error0;
      trend1 = phi * trend1 + beta * error1;
      trend2 = phi * trend2 + beta * error2;
      trend3 = phi * trend3 + beta * error3;
      season[place] = part0 + gamma * error0;
      season[place + period] = part1 + gamma * error1;
      season[place + 2 * period] = part2 + gamma * error2;
      season[place + 3 * period] = part3 + gamma * error3;
      place = place + 1 === period ? 0 : place + 1;
    }
  }

  /** The later of two pulses comes in after `late` periods, and its products are the first end − late. */
  function finishLag(lag: number, from: number, first: number): void {
    let sum = first;
    let index = from;
    for (let late = period - 1; late >= lag; late--) {
      for (; index < end - late; index++) sum += (pulse[index] as number) * (pulse[index + lag] as number);
      gram[late * period + late - lag] = sum;
    }
  }

  function multiplyPulses(): void {
    // Up to here products at any lag are part of every sum.
    const common = end - period + 1;
    for (let lag = 0; lag < period; lag += 4) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let index = 0; index < common; index++) {
        const value = pulse[index] as number;
        sum0 += value * (pulse[index + lag] as number);
        sum1 += value * (pulse[index + lag + 1] as number);
        sum2 += value * (pulse[index + lag + 2] as number);
        sum3 += value * (pulse[index + lag + 3] as number);
      }
      finishLag(lag, common, sum0);
      finishLag(lag + 1, common, sum1);
      finishLag(lag + 2, common, sum2);
      finishLag(lag + 3, common, sum3);
    }
    for (let late = 0; late < period; late++) {
      let level = 0;
      let trend = 0;
      let error = 0;
      for (let index = late; index < end; index++) {
        const value = pulse[index - late] as number;
        level += value * (levels[index] as number);
        trend += value * (trends[index] as number);
        error += value * (errors[index] as number);
      }
      cross[late] = level;
      cross[late + period] = trend;
      cross[late + 2 * period] = error;
    }
  }

  return (parameters, matrix, gradient) => {
    respond(parameters);
    multiplyPulses();
    let ll = 0;
    let lt = 0;
    let tt = 0;
    let le = 0;
    let te = 0;
    let ee = 0;
    for (let index = 0; index < end; index++) {
      const error = errors[index] as number;
      const level = levels[index] as number;
      const trend = trends[index] as number;
      ll += level * level;
      lt += level * trend;
      tt += trend * trend;
      le += level * error;
      te += trend * error;
      ee += error * error;
    }
    matrix[0] = ll;
    matrix[width] = lt;
    matrix[width + 1] = tt;
    gradient[0] = le;
    gradient[1] = te;
    // The last value of the season is minus the sum of the others.
    const last = period - 1;
    const ofLast = gram[last * period + last] as number;
    for (let a = 0; a < last; a++) {
      const row = (a + 2) * width;
      const withLast = gram[last * period + a] as number;
      matrix[row] = (cross[a] as number) - (cross[last] as number);
      matrix[row + 1] = (cross[a + period] as number) - (cross[last + period] as number);
      gradient[a + 2] = (cross[a + 2 * period] as number) - (cross[last + 2 * period] as number);
      for (let b = 0; b <= a; b++) {
        matrix[row + 2 + b] =
          (gram[a * period + b] as number) - withLast - (gram[last * period + b] as number) + ofLast;
      }
    }
    return ee;
  };
}
