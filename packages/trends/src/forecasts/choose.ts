import { median } from '@crimetracker/analysis-kit';
import type { Backtest, HorizonScore, MethodName } from './backtest.js';
import type { BaselineName } from './baselines.js';
import { BASELINES } from './baselines.js';
import { FREQUENCY_PLANS } from './count-series.js';
import { dieboldMariano } from './diebold-mariano.js';
import type { ModelName } from './models.js';
import { MODELS } from './models.js';

const METHOD_TEXTS: Readonly<Record<MethodName, string>> = {
  naive: 'the last count',
  'seasonal-naive': 'the same period of last year',
  'same-period-mean': 'the mean of the same period in the last three years',
  'recent-mean': 'the mean of the last year',
  mean: 'the mean of all counts',
  drift: 'the line from the first to the last count',
  'exponential-smoothing': 'exponential smoothing',
  theta: 'the Theta method',
  'harmonic-regression': 'the regression on trend and season',
  combination: 'the median of three models',
};

export interface MethodChoice {
  readonly method: MethodName;
  readonly isBaseline: boolean;
  /** One sentence for a reader. */
  readonly reason: string;
  /** The horizon, in periods, at which the choice was made. */
  readonly horizon: number;
  /** The best model and the best baseline there. */
  readonly candidate: ModelName;
  readonly bestBaseline: BaselineName;
  /** Median over origins of 1 − squared error of the candidate ÷ that of the seasonal naive forecast. */
  readonly medianSkill: number | undefined;
  /** Diebold–Mariano, one-sided, candidate against best baseline, times the number of models; undefined if untestable. */
  readonly pValue: number | undefined;
}

const SIGNIFICANCE = 0.05;

/** The horizon in the middle decides: 13 weeks or 3 months. */
const DECISIVE = 1;

function bestOf<Name extends MethodName>(backtest: Backtest, names: readonly [Name, ...Name[]]): Name {
  let best: Name = names[0];
  const errorOf = (name: Name): number =>
    backtest.methods[name].scores[DECISIVE]?.rmse ?? Number.POSITIVE_INFINITY;
  for (const name of names) if (errorOf(name) < errorOf(best)) best = name;
  return best;
}

function skills(model: HorizonScore, baseline: HorizonScore): number | undefined {
  return median(
    Float64Array.from(model.losses, (loss, origin) => {
      const reference = baseline.losses[origin] as number;
      if (reference === 0) return loss === 0 ? 0 : Number.NEGATIVE_INFINITY;
      return 1 - loss / reference;
    }),
  );
}

/**
 * Decides which method a series is shown with: a model only where it has earned it.
 *
 * Errors are squared ones, as forecasts are means: absolute errors would prefer the median, which for rare events is
 * below the mean and often 0. The model with the smallest error must have a median skill above 0 against the seasonal naive forecast, and a smaller
 * error than the best baseline by the Diebold–Mariano test at 5 %, one-sided, the p-value multiplied by the number of
 * models it was picked from. Otherwise the baseline with the smallest error is taken. That the test is against the best
 * baseline matters: on noise around a constant any smooth forecast beats the seasonal naive one.
 */
export function chooseMethod(backtest: Backtest): MethodChoice {
  const { originStep, horizons } = FREQUENCY_PLANS[backtest.frequency];
  const horizon = horizons[DECISIVE];
  const candidate = bestOf<ModelName>(backtest, MODELS);
  const bestBaseline = bestOf<BaselineName>(backtest, BASELINES);
  const scoreOf = (name: MethodName): HorizonScore => backtest.methods[name].scores[DECISIVE] as HorizonScore;
  const medianSkill = skills(scoreOf(candidate), scoreOf('seasonal-naive'));
  const test = dieboldMariano(
    scoreOf(candidate).losses,
    scoreOf(bestBaseline).losses,
    Math.ceil(horizon / originStep),
    'better',
  );
  const pValue = test.kind === 'diebold-mariano' ? Math.min(1, test.pValue * MODELS.length) : undefined;
  const common = { horizon, candidate, bestBaseline, medianSkill, pValue };
  const ahead = `${horizon} ${backtest.frequency}s ahead, from ${backtest.origins} origins`;
  const model = METHOD_TEXTS[candidate];
  const baseline = METHOD_TEXTS[bestBaseline];
  const asBaseline = (reason: string): MethodChoice => ({
    ...common,
    method: bestBaseline,
    isBaseline: true,
    reason: `Shown is ${baseline}: ${reason}.`,
  });
  if (pValue === undefined) {
    return asBaseline(test.kind === 'not-enough-data' ? test.reason : 'the models cannot be tested');
  }
  if (medianSkill === undefined || !(medianSkill > 0)) {
    return asBaseline(`the best model, ${model}, is no better than the same period of last year ${ahead}`);
  }
  if (!(pValue < SIGNIFICANCE)) {
    return asBaseline(`no model beats it by more than chance allows ${ahead} (p = ${pValue.toFixed(2)})`);
  }
  const gain = 1 - (scoreOf(candidate).rmse ?? 0) / (scoreOf(bestBaseline).rmse ?? 1);
  return {
    ...common,
    method: candidate,
    isBaseline: false,
    reason: `Shown is ${model}: its root mean squared error is ${(100 * gain).toFixed(0)} % below that of the best simple forecast, ${baseline}, ${ahead}.`,
  };
}
