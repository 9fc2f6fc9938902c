import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { Loess, LoessShape } from './loess.js';
import { createLoess, fitLoessAt } from './loess.js';

/** Names and defaults of statsmodels' STL. */
export interface StlOptions {
  /** Steps in one cycle, at least 2: 12 for months, 7 for days of a week. */
  readonly period: number;
  /** Length of the seasonal smoother, odd, at least 3; 7 by default. */
  readonly seasonal?: number;
  /** Length of the trend smoother, odd, above the period; the smallest odd number from 1.5 period/(1 − 1.5/seasonal). */
  readonly trend?: number;
  /** Length of the low-pass filter, odd, above the period; the smallest such number by default. */
  readonly lowPass?: number;
  readonly seasonalDegree?: 0 | 1;
  readonly trendDegree?: 0 | 1;
  readonly lowPassDegree?: 0 | 1;
  readonly seasonalJump?: number;
  readonly trendJump?: number;
  readonly lowPassJump?: number;
  /** Gives outliers less weight. False by default. */
  readonly robust?: boolean;
  /** 2 when robust, else 5. */
  readonly innerIterations?: number;
  /** 15 when robust, else 0. */
  readonly outerIterations?: number;
}

/** The parts sum to the data. At missing values the remainder and the weight are 0 and the other parts estimates. */
export interface StlDecomposition {
  readonly kind: 'ok';
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  /** Robustness weight of each value, 0 to 1; 1 throughout when not robust. */
  readonly weights: Float64Array;
}

/**
 * Splits a series into seasonal, trend and remainder by repeated local regression.
 *
 * Missing values (null) take no part in either smoother. Says why there is no result: less than two cycles, or a place
 * of the cycle without any value. Throws `InvalidArgumentError` for lengths that are even or too short.
 * Source: Cleveland, Cleveland, McRae and Terpenning (1990), "STL", Journal of Official Statistics 6, with the defaults
 * of statsmodels; agrees with its test results to rounding.
 */
export function decomposeStl(
  values: ArrayLike<number | null>,
  options: StlOptions,
): StlDecomposition | NotEnoughData {
  const plan = createPlan(options);
  const series = readSeries(values, options.period, 'decomposeStl');
  return series.kind === 'ok' ? runStl(series, plan) : series;
}

/** Values with their gaps bridged, and which of them were there. */
export interface GaplessSeries {
  readonly kind: 'ok';
  readonly values: Float64Array;
  /** 1 where there was a value, 0 where not; undefined when none is missing. */
  readonly present: Float64Array | undefined;
}

/** Bridges gaps by straight lines, which only tells the smoothers where to start; such values have no weight. */
export function readSeries(
  values: ArrayLike<number | null>,
  period: number,
  where: string,
): GaplessSeries | NotEnoughData {
  const count = values.length;
  if (count < 2 * period) {
    return notEnoughData(`${count} values are less than two cycles of ${period}.`);
  }
  const present = new Float64Array(count);
  const bridged = new Float64Array(count);
  const perPlace = new Float64Array(period);
  let previous = -1;
  for (let i = 0; i < count; i += 1) {
    const value = values[i] ?? null;
    if (value === null) continue;
    requireArgument(Number.isFinite(value), where, `value ${i} is not a number; a missing value is null`);
    bridged[i] = value;
    present[i] = 1;
    perPlace[i % period] = (perPlace[i % period] as number) + 1;
    if (previous < 0) bridged.fill(value, 0, i);
    for (let gap = previous + 1; previous >= 0 && gap < i; gap += 1) {
      const start = bridged[previous] as number;
      bridged[gap] = start + ((value - start) * (gap - previous)) / (i - previous);
    }
    previous = i;
  }
  for (const [place, number] of perPlace.entries()) {
    if (number === 0)
      return notEnoughData(`Place ${place + 1} of the cycle of ${period} has no value at all.`);
  }
  bridged.fill(bridged[previous] as number, previous + 1);
  return { kind: 'ok', values: bridged, present: present.includes(0) ? present : undefined };
}

/** Checked options with the smoothers made once. */
export interface StlPlan {
  readonly period: number;
  readonly seasonal: LoessShape;
  readonly smoothSeasonal: Loess;
  readonly smoothTrend: Loess;
  readonly smoothLowPass: Loess;
  readonly innerIterations: number;
  readonly outerIterations: number;
}

/** Fills in the defaults and checks the options. */
export function createPlan(options: StlOptions): StlPlan {
  const { period, seasonal = 7, robust = false } = options;
  const where = 'decomposeStl';
  const isOdd = (length: number, least: number): boolean => length >= least && length % 2 === 1;
  requireArgument(Number.isInteger(period) && period >= 2, where, `the period is at least 2, got ${period}`);
  requireArgument(isOdd(seasonal, 3), where, `seasonal is odd and at least 3, got ${seasonal}`);
  const suggested = Math.ceil((1.5 * period) / (1 - 1.5 / seasonal));
  const trend = options.trend ?? suggested + (suggested % 2 === 0 ? 1 : 0);
  requireArgument(
    isOdd(trend, Math.max(3, period + 1)),
    where,
    `trend is odd and above the period, got ${trend}`,
  );
  const lowPass = options.lowPass ?? period + 1 + (period % 2);
  requireArgument(
    isOdd(lowPass, Math.max(3, period + 1)),
    where,
    `lowPass is odd and above the period, got ${lowPass}`,
  );
  const jumps = [options.seasonalJump ?? 1, options.trendJump ?? 1, options.lowPassJump ?? 1] as const;
  const innerIterations = options.innerIterations ?? (robust ? 2 : 5);
  const outerIterations = options.outerIterations ?? (robust ? 15 : 0);
  for (const number of [...jumps, innerIterations, outerIterations + 1]) {
    requireArgument(Number.isInteger(number) && number >= 1, where, 'jumps and iterations are whole numbers');
  }
  const shape = { window: seasonal, degree: options.seasonalDegree ?? 1, jump: jumps[0] };
  return {
    period,
    seasonal: shape,
    smoothSeasonal: createLoess(shape),
    smoothTrend: createLoess({ window: trend, degree: options.trendDegree ?? 1, jump: jumps[1] }),
    smoothLowPass: createLoess({ window: lowPass, degree: options.lowPassDegree ?? 1, jump: jumps[2] }),
    innerIterations,
    outerIterations,
  };
}

/** The decomposition of values that `readSeries` has read. */
export function runStl(series: GaplessSeries, plan: StlPlan): StlDecomposition {
  const { values, present } = series;
  const count = values.length;
  const { period } = plan;
  const seasonal = new Float64Array(count);
  const trend = new Float64Array(count);
  const remainder = new Float64Array(count);
  const weights = new Float64Array(count).fill(1);
  const combined = new Float64Array(count);
  const cycle = new Float64Array(count + 2 * period);
  const average = new Float64Array(count + 2 * period);
  const scratch = new Float64Array(count + 2 * period);
  const subseries = createSubseries(Math.ceil(count / period));

  let used = present;
  for (let outer = 0; ; outer += 1) {
    for (let inner = 0; inner < plan.innerIterations; inner += 1) {
      for (let i = 0; i < count; i += 1) combined[i] = (values[i] as number) - (trend[i] as number);
      smoothCycle(combined, count, plan, used, cycle, subseries);
      movingAverage(cycle, count + 2 * period, period, average);
      movingAverage(average, count + period + 1, period, scratch);
      movingAverage(scratch, count + 2, 3, average);
      plan.smoothLowPass(average, count, undefined, scratch);
      for (let i = 0; i < count; i += 1) {
        seasonal[i] = (cycle[period + i] as number) - (scratch[i] as number);
        combined[i] = (values[i] as number) - (seasonal[i] as number);
      }
      plan.smoothTrend(combined, count, used, trend);
    }
    for (let i = 0; i < count; i += 1) {
      remainder[i] = (values[i] as number) - (seasonal[i] as number) - (trend[i] as number);
    }
    if (outer >= plan.outerIterations) break;
    writeRobustWeights(remainder, present, weights);
    used = weights;
  }
  if (present !== undefined) {
    for (let i = 0; i < count; i += 1) {
      const isPresent = present[i] as number;
      weights[i] = (weights[i] as number) * isPresent;
      remainder[i] = (remainder[i] as number) * isPresent;
    }
  }
  return { kind: 'ok', seasonal, trend, remainder, weights };
}

interface Subseries {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly smooth: Float64Array;
}

function createSubseries(most: number): Subseries {
  return { values: new Float64Array(most), weights: new Float64Array(most), smooth: new Float64Array(most) };
}

/** Smooths the values at each place of the cycle and continues them one cycle to both sides. */
function smoothCycle(
  values: Float64Array,
  count: number,
  plan: StlPlan,
  weights: Float64Array | undefined,
  out: Float64Array,
  subseries: Subseries,
): void {
  const { period, seasonal } = plan;
  const { smooth } = subseries;
  for (let place = 0; place < period; place += 1) {
    const length = Math.floor((count - place - 1) / period) + 1;
    for (let i = 0; i < length; i += 1) subseries.values[i] = values[i * period + place] as number;
    let own: Float64Array | undefined;
    if (weights !== undefined) {
      own = subseries.weights;
      for (let i = 0; i < length; i += 1) own[i] = weights[i * period + place] as number;
    }
    plan.smoothSeasonal(subseries.values, length, own, smooth);
    const right = Math.min(seasonal.window, length) - 1;
    const before = fitLoessAt(subseries.values, length, seasonal, -1, 0, right, own);
    const left = Math.max(0, length - seasonal.window);
    const after = fitLoessAt(subseries.values, length, seasonal, length, left, length - 1, own);
    out[place] = Number.isNaN(before) ? (smooth[0] as number) : before;
    for (let i = 0; i < length; i += 1) out[(i + 1) * period + place] = smooth[i] as number;
    out[(length + 1) * period + place] = Number.isNaN(after) ? (smooth[length - 1] as number) : after;
  }
}

/** The averages of `width` neighbours: `count − width + 1` values. */
function movingAverage(values: Float64Array, count: number, width: number, out: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < width; i += 1) sum += values[i] as number;
  out[0] = sum / width;
  for (let i = width; i < count; i += 1) {
    sum += (values[i] as number) - (values[i - width] as number);
    out[i - width + 1] = sum / width;
  }
}

/** Bisquare weights at six times the median absolute remainder; all 1 when that is 0. Missing values get 0. */
function writeRobustWeights(
  remainder: Float64Array,
  present: Float64Array | undefined,
  weights: Float64Array,
): void {
  const sizes = remainder.filter((_, i) => present === undefined || present[i] === 1);
  for (let i = 0; i < sizes.length; i += 1) sizes[i] = Math.abs(sizes[i] as number);
  sizes.sort();
  const middle = Math.floor(sizes.length / 2);
  const reach = 3 * ((sizes[middle] as number) + (sizes[sizes.length - middle - 1] as number));
  for (let i = 0; i < weights.length; i += 1) {
    const size = Math.abs(remainder[i] as number);
    let weight = 1;
    if (reach > 0 && size > 0.001 * reach) {
      const ratio = size / reach;
      weight = size <= 0.999 * reach ? (1 - ratio * ratio) * (1 - ratio * ratio) : 0;
    }
    weights[i] = present === undefined ? weight : weight * (present[i] as number);
  }
}
