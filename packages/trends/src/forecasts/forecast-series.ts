import type { NotEnoughData } from '@crimetracker/analysis-kit';
import type { Backtest, HorizonScore, MethodBacktest, MethodName } from './backtest.js';
import { backtestSeries } from './backtest.js';
import type { MethodChoice } from './choose.js';
import { chooseMethod } from './choose.js';
import { conformalQuantile, LEAST_ERRORS } from './conformal.js';
import type { CountSeries } from './count-series.js';
import { FREQUENCY_PLANS, periodDate, prepareSeries } from './count-series.js';

interface ForecastStep {
  /** First day of the period. */
  readonly period: string;
  readonly mean: number;
  /** Quantiles, ascending and at least 0. */
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

export interface SeriesForecast {
  readonly kind: 'forecast';
  readonly method: MethodName;
  readonly isBaseline: boolean;
  /** Why this method, in one sentence. */
  readonly reason: string;
  /** 26 weeks or 6 months after the last count. */
  readonly steps: readonly ForecastStep[];
  /** Undefined for a constant series, which nothing has to be chosen for. */
  readonly choice: MethodChoice | undefined;
  readonly backtest: Backtest | undefined;
  /** Scores of the method shown, by horizon. */
  readonly scores: readonly HorizonScore[];
  /** Periods before the first event that were cut off; 0 when the series begins with the data. */
  readonly cutOff: number;
}

/** Errors of a step and, where those are few, of the steps around it, in ascending order. */
function errorsAround(rootErrors: MethodBacktest['rootErrors'], step: number): number[] {
  for (let around = 0; ; around++) {
    const near = rootErrors.slice(Math.max(0, step - around), step + around + 1);
    const isAll = near.length === rootErrors.length;
    if (isAll || near.length * (near[0]?.length ?? 0) >= LEAST_ERRORS) {
      return near.flatMap((errors) => [...errors]).sort((a, b) => a - b);
    }
  }
}

/**
 * Forecasts a series of counts by the method that its own past recommends, with quantiles.
 *
 * Quantiles come from the errors of the backtest at the same distance (conformal.ts). A constant series is continued
 * as it is. A series without any event, or too short or too late in starting to be backtested, is a stated reason.
 */
export function forecastSeries(series: CountSeries): SeriesForecast | NotEnoughData {
  const horizon = FREQUENCY_PLANS[series.frequency].horizons[2];
  const prepared = prepareSeries(series, horizon);
  if (prepared.kind === 'not-enough-data') return prepared;
  const { values, frequency, firstPeriod, cutOff } = prepared;
  const backtest = backtestSeries(prepared);
  if (backtest.kind === 'not-enough-data') return backtest;
  const periodOf = (step: number): string => periodDate(frequency, firstPeriod, values.length + step);
  const constant = values[0] ?? 0;
  if (values.every((value) => value === constant)) {
    return {
      kind: 'forecast',
      method: 'naive',
      isBaseline: true,
      reason: `Shown is the last count: every ${frequency} has the same one.`,
      steps: Array.from({ length: horizon }, (_, step) => ({
        period: periodOf(step),
        mean: constant,
        p05: constant,
        p25: constant,
        p50: constant,
        p75: constant,
        p95: constant,
      })),
      choice: undefined,
      backtest: undefined,
      scores: [],
      cutOff,
    };
  }
  const choice = chooseMethod(backtest);
  const chosen = backtest.methods[choice.method];
  const steps = Array.from(chosen.next, (mean, step): ForecastStep => {
    const errors = errorsAround(chosen.rootErrors, step);
    const quantile = (probability: number): number => conformalQuantile(mean, errors, probability);
    return {
      period: periodOf(step),
      mean,
      p05: quantile(0.05),
      p25: quantile(0.25),
      p50: quantile(0.5),
      p75: quantile(0.75),
      p95: quantile(0.95),
    };
  });
  return {
    kind: 'forecast',
    method: choice.method,
    isBaseline: choice.isBaseline,
    reason: choice.reason,
    steps,
    choice,
    backtest,
    scores: chosen.scores,
    cutOff,
  };
}
