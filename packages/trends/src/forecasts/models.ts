import { combineForecasts } from './combine.js';
import type { PreparedSeries } from './count-series.js';
import type { SmoothingParameters } from './exponential-smoothing.js';
import {
  fitSmoothing,
  forecastSmoothing,
  runSmoothing,
  smoothingVariances,
} from './exponential-smoothing.js';
import type { HarmonicRegression } from './harmonic-regression.js';
import { fitHarmonicRegression, forecastHarmonicRegression, harmonicDesign } from './harmonic-regression.js';
import { seasonalFactors } from './seasonal-factors.js';
import type { SimpleSmoothing } from './theta.js';
import { fitSimpleSmoothing, forecastTheta } from './theta.js';

export const MODELS = ['exponential-smoothing', 'theta', 'harmonic-regression', 'combination'] as const;
export type ModelName = (typeof MODELS)[number];

type ModelForecasts = Readonly<Record<ModelName, Float64Array>>;

/** Forecasts of all models from the first `end` counts of one series; ask for ends in ascending order. */
export interface ModelRun {
  /** With `isRefit` parameters are estimated anew from those counts, starting at the last ones; the first always is. */
  readonly forecast: (end: number, isRefit: boolean) => ModelForecasts;
}

/**
 * Three models of one series and their median. No forecast is below 0.
 *
 * Exponential smoothing with damped trend works on square roots, where counts have one variance, and adds the variance
 * back: months have a season of their own in it, weeks are divided by seasonal factors first. Theta works on counts
 * divided by seasonal factors. The regression is refitted at each origin, the other two take in new counts with the
 * parameters of the last refit.
 */
export function startModels(series: PreparedSeries): ModelRun {
  const { values, horizon, frequency } = series;
  const design = harmonicDesign(series);
  const period = frequency === 'month' ? 12 : 1;
  const adjusted = new Float64Array(values.length);
  const roots = new Float64Array(values.length);
  let factors = new Float64Array(0);
  let smoothing: { parameters: SmoothingParameters; fit: ReturnType<typeof fitSmoothing> } | undefined;
  let theta: SimpleSmoothing | undefined;
  let regression: HarmonicRegression | undefined;

  function refit(end: number): void {
    factors = Float64Array.from(seasonalFactors(series, end));
    for (let index = 0; index < values.length; index++) {
      adjusted[index] = (values[index] as number) / (factors[index] as number);
      roots[index] = Math.sqrt(period === 1 ? (adjusted[index] as number) : (values[index] as number));
    }
    theta = fitSimpleSmoothing(adjusted, end);
    const fit = fitSmoothing(roots, end, period, smoothing?.parameters);
    if (fit.kind === 'smoothing') smoothing = { parameters: fit.parameters, fit };
  }

  return {
    forecast(end, isRefit) {
      if (theta === undefined || isRefit) refit(end);
      const factorOf = (step: number): number => factors[end + step] as number;
      const thetaPath = forecastTheta(adjusted, end, theta as SimpleSmoothing, horizon).map((value, step) =>
        Math.max(0, value * factorOf(step)),
      );
      regression = fitHarmonicRegression(values, end, design, regression);
      const regressionPath = forecastHarmonicRegression(regression, design, end, horizon);
      let smoothingPath = thetaPath;
      const fit = smoothing?.fit;
      if (fit?.kind === 'smoothing') {
        const state = runSmoothing(roots, end, fit.parameters, fit.initial);
        const variances = smoothingVariances(fit.parameters, horizon);
        smoothingPath = forecastSmoothing(state, fit.parameters, horizon).map(
          (root, step) =>
            (Math.max(0, root) ** 2 + fit.sigma2 * (variances[step] as number)) *
            (period === 1 ? factorOf(step) : 1),
        );
      }
      return {
        'exponential-smoothing': smoothingPath,
        theta: thetaPath,
        'harmonic-regression': regressionPath,
        combination: combineForecasts([smoothingPath, thetaPath, regressionPath]),
      };
    },
  };
}
