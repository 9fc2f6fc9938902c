import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData } from '@crimetracker/analysis-kit';
import type { BaselineName } from './baselines.js';
import { BASELINES, forecastBaselines } from './baselines.js';
import { conformalQuantile, insertSorted, LEAST_ERRORS, rootError } from './conformal.js';
import type { Frequency, PreparedSeries } from './count-series.js';
import { FREQUENCY_PLANS, periodDate } from './count-series.js';
import type { Accuracy, SeasonalScale } from './metrics.js';
import { pinballLoss, pooledAccuracy, seasonalScale } from './metrics.js';
import type { ModelName } from './models.js';
import { MODELS, startModels } from './models.js';

export type MethodName = BaselineName | ModelName;
const METHODS: readonly MethodName[] = [...BASELINES, ...MODELS];

/** Accuracy of one method over the steps 1 to `horizon` of every origin. */
export interface HorizonScore extends Accuracy {
  readonly horizon: number;
  /** Forecasts with quantiles: those from origins at which enough earlier errors were known. */
  readonly withQuantiles: number;
  readonly pinball05: number | undefined;
  readonly pinball50: number | undefined;
  readonly pinball95: number | undefined;
  /** Share of counts from the 5 % to the 95 % quantile, both included; .9 is right. */
  readonly coverage90: number | undefined;
  /** Mean squared error of steps 1 to `horizon` by origin, for the Diebold–Mariano test. */
  readonly losses: Float64Array;
}

export interface MethodBacktest {
  readonly method: MethodName;
  readonly scores: readonly HorizonScore[];
  /** Errors on the scale of square roots by step, first to last origin. */
  readonly rootErrors: readonly Float64Array[];
  /** Forecast from the end of the series. */
  readonly next: Float64Array;
}

export interface Backtest {
  readonly kind: 'backtest';
  readonly frequency: Frequency;
  readonly origins: number;
  /** First periods forecast from the first and the last origin. */
  readonly firstOrigin: string;
  readonly lastOrigin: string;
  readonly methods: Readonly<Record<MethodName, MethodBacktest>>;
}

const LEAST_ORIGINS = 12;

/** Periods a series needs to be backtested. */
function leastLength(frequency: Frequency): number {
  const { leastTraining, horizons, originStep } = FREQUENCY_PLANS[frequency];
  return leastTraining + horizons[2] + (LEAST_ORIGINS - 1) * originStep;
}

/** Everything of one method that grows while origins pass. */
function createTally(method: MethodName, values: Float64Array, horizon: number, origins: number) {
  const forecasts = new Float64Array(origins * horizon);
  const rootErrors = Array.from({ length: horizon }, () => new Float64Array(origins));
  const known = rootErrors.map(() => new Float64Array(origins));
  const lower = new Float64Array(origins * horizon).fill(Number.NaN);
  const middle = new Float64Array(origins * horizon);
  const upper = new Float64Array(origins * horizon);
  return { method, values, forecasts, rootErrors, known, lower, middle, upper };
}

type Tally = ReturnType<typeof createTally>;

function takeForecast(
  tally: Tally,
  path: Float64Array,
  origin: number,
  end: number,
  originStep: number,
): void {
  const horizon = path.length;
  for (let step = 0; step < horizon; step++) {
    const forecast = path[step] as number;
    const place = origin * horizon + step;
    const errors = tally.rootErrors[step] as Float64Array;
    const known = tally.known[step] as Float64Array;
    // The newest earlier origin whose count at this step has come in by now.
    const newest = origin - Math.ceil((step + 1) / originStep);
    if (newest >= 0) insertSorted(known, newest, errors[newest] as number);
    const count = Math.max(0, newest + 1);
    tally.forecasts[place] = forecast;
    errors[origin] = rootError(tally.values[end + step] as number, forecast);
    if (count < LEAST_ERRORS) continue;
    tally.lower[place] = conformalQuantile(forecast, known, 0.05, count);
    tally.middle[place] = conformalQuantile(forecast, known, 0.5, count);
    tally.upper[place] = conformalQuantile(forecast, known, 0.95, count);
  }
}

function scoreTally(
  tally: Tally,
  ends: readonly number[],
  scales: readonly (SeasonalScale | undefined)[],
  fullHorizon: number,
  horizon: number,
): HorizonScore {
  const losses = new Float64Array(ends.length);
  let pinball05 = 0;
  let pinball50 = 0;
  let pinball95 = 0;
  let withQuantiles = 0;
  let covered = 0;
  const actuals = new Float64Array(ends.length * horizon);
  const forecasts = new Float64Array(ends.length * horizon);
  for (const [origin, end] of ends.entries()) {
    let loss = 0;
    for (let step = 0; step < horizon; step++) {
      const place = origin * fullHorizon + step;
      const actual = tally.values[end + step] as number;
      const forecast = tally.forecasts[place] as number;
      actuals[origin * horizon + step] = actual;
      forecasts[origin * horizon + step] = forecast;
      loss += (actual - forecast) ** 2;
      const low = tally.lower[place] as number;
      if (Number.isNaN(low)) continue;
      const high = tally.upper[place] as number;
      withQuantiles++;
      if (actual >= low && actual <= high) covered++;
      pinball05 += pinballLoss(actual, low, 0.05);
      pinball50 += pinballLoss(actual, tally.middle[place] as number, 0.5);
      pinball95 += pinballLoss(actual, high, 0.95);
    }
    losses[origin] = loss / horizon;
  }
  const mean = (sum: number): number | undefined => (withQuantiles === 0 ? undefined : sum / withQuantiles);
  return {
    ...pooledAccuracy(actuals, forecasts, (index) => scales[Math.floor(index / horizon)]),
    horizon,
    withQuantiles,
    pinball05: mean(pinball05),
    pinball50: mean(pinball50),
    pinball95: mean(pinball95),
    coverage90: mean(covered),
    losses,
  };
}

/**
 * Forecasts a series from many past origins with every baseline and model, and scores them against what came.
 *
 * Training begins with three years and grows; the next origin is four weeks, or one month, on, and the last one leaves
 * the longest horizon (26 weeks, 6 months). No method sees a count after its origin: parameters are estimated each year,
 * in monthly series every other year, from the counts before, and quantiles rest on errors known by then. Fewer than 12 origins are a
 * stated reason.
 * Source: Tashman 2000 (rolling origin); metrics.ts, conformal.ts.
 */
export function backtestSeries(series: PreparedSeries): Backtest | NotEnoughData {
  const { frequency, values, horizon, firstPeriod } = series;
  const { leastTraining, originStep, horizons, period, refitEvery } = FREQUENCY_PLANS[frequency];
  const needed = leastLength(frequency);
  if (values.length < needed) {
    return notEnoughData(
      `${values.length} ${frequency}${values.length === 1 ? '' : 's'} from ${firstPeriod} on are not the ${needed} that a backtest needs`,
    );
  }
  const ends: number[] = [];
  for (let end = values.length - horizon; end >= leastTraining; end -= originStep) ends.unshift(end);
  const scales = ends.map((end) => seasonalScale(values, end, period));
  const tallies = METHODS.map((method) => createTally(method, values, horizon, ends.length));
  const run = startModels(series);
  const pathsAt = (end: number, isRefit: boolean): Readonly<Record<MethodName, Float64Array>> => ({
    ...forecastBaselines(series, end, horizon),
    ...run.forecast(end, isRefit),
  });
  for (const [origin, end] of ends.entries()) {
    const paths = pathsAt(end, origin % refitEvery === 0);
    for (const tally of tallies) takeForecast(tally, paths[tally.method], origin, end, originStep);
  }
  const next = pathsAt(values.length, true);
  const methods = Object.fromEntries(
    tallies.map((tally): [MethodName, MethodBacktest] => [
      tally.method,
      {
        method: tally.method,
        scores: horizons.map((steps) => scoreTally(tally, ends, scales, horizon, steps)),
        rootErrors: tally.rootErrors,
        next: next[tally.method],
      },
    ]),
  ) as Record<MethodName, MethodBacktest>;
  return {
    kind: 'backtest',
    frequency,
    origins: ends.length,
    firstOrigin: periodDate(frequency, firstPeriod, ends[0] ?? 0),
    lastOrigin: periodDate(frequency, firstPeriod, ends[ends.length - 1] ?? 0),
    methods,
  };
}
