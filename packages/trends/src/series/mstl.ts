import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { StlOptions } from './stl.js';
import { createPlan, readSeries, runStl } from './stl.js';

export interface MstlOptions extends Omit<StlOptions, 'period' | 'seasonal'> {
  /** Steps in each cycle: 7 and 365 for days. A cycle that does not fit twice into the series is left out. */
  readonly periods: readonly number[];
  /** Length of the seasonal smoother of each period; 11, 15, 19, … from the shortest period up by default. */
  readonly windows?: readonly number[];
  /** Rounds over all periods, 2 by default; one period needs one. */
  readonly rounds?: number;
}

interface SeasonalPart {
  readonly period: number;
  readonly values: Float64Array;
}

/** The parts sum to the data; missing values as in `StlDecomposition`. */
export interface MstlDecomposition {
  readonly kind: 'ok';
  /** From the shortest period up. */
  readonly seasonal: readonly SeasonalPart[];
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  readonly weights: Float64Array;
  /** Periods for which the series is too short. */
  readonly leftOut: readonly number[];
}

/**
 * Splits a series with several cycles into one seasonal part each, trend and remainder, by STL in turn.
 *
 * Source: Bandara, Hyndman and Bergmeir (2021), "MSTL", arXiv 2107.13462, with the defaults of statsmodels; without a
 * Box–Cox transformation, which is the caller's (log1p or √ for counts).
 */
export function decomposeMstl(
  values: ArrayLike<number | null>,
  options: MstlOptions,
): MstlDecomposition | NotEnoughData {
  const { periods, windows, rounds = 2, ...stl } = options;
  requireArgument(periods.length > 0, 'decomposeMstl', 'at least one period');
  requireArgument(
    windows === undefined || windows.length === periods.length,
    'decomposeMstl',
    'as many windows as periods',
  );
  const cycles = periods
    .map((period, i) => ({ period, window: windows?.[i] }))
    .sort((a, b) => a.period - b.period || (a.window ?? 0) - (b.window ?? 0))
    .map(({ period, window }, i) => ({ period, window: window ?? 11 + 4 * i }));
  const fitting = cycles.filter(({ period }) => period < values.length / 2);
  const longest = fitting.at(-1);
  if (longest === undefined) {
    return notEnoughData(`${values.length} values are less than two cycles of ${Math.min(...periods)}.`);
  }
  const series = readSeries(values, longest.period, 'decomposeMstl');
  if (series.kind !== 'ok') return series;

  const parts = fitting.map(({ period, window }) => ({
    period,
    values: new Float64Array(values.length),
    plan: createPlan({ ...stl, period, seasonal: window }),
  }));
  const rest = Float64Array.from(series.values);
  let trend = new Float64Array(values.length);
  let weights = trend;
  for (let round = 0; round < (parts.length === 1 ? 1 : rounds); round += 1) {
    for (const part of parts) {
      for (let i = 0; i < rest.length; i += 1) rest[i] = (rest[i] as number) + (part.values[i] as number);
      const result = runStl({ ...series, values: rest }, part.plan);
      part.values = result.seasonal as Float64Array<ArrayBuffer>;
      trend = result.trend as Float64Array<ArrayBuffer>;
      weights = result.weights as Float64Array<ArrayBuffer>;
      for (let i = 0; i < rest.length; i += 1) rest[i] = (rest[i] as number) - (part.values[i] as number);
    }
  }
  const remainder = rest.map((value, i) => (value - (trend[i] as number)) * (series.present?.[i] ?? 1));
  return {
    kind: 'ok',
    seasonal: parts.map(({ period, values: part }) => ({ period, values: part })),
    trend,
    remainder,
    weights,
    leftOut: cycles.slice(fitting.length).map(({ period }) => period),
  };
}
