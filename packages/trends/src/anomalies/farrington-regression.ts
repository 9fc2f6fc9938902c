import type { NotEnoughData, QuasiPoissonRegression } from '@crimetracker/analysis-kit';
import { fitQuasiPoisson, predictCount, studentTCdf } from '@crimetracker/analysis-kit';

export interface FarringtonDesign {
  readonly response: readonly number[];
  readonly times: readonly number[];
  /** 0 for the reference windows, 1, 2, … for the other parts of the year. */
  readonly levels: readonly number[];
  readonly offset: readonly number[] | undefined;
}

export interface FarringtonRules {
  readonly reweight: boolean;
  /** Periods whose standardised Anscombe residual is above this get less weight. */
  readonly weightsThreshold: number;
  /**
   * "model" takes the weights of the fitted model for the dispersion behind the trend's p-value and the error of the
   * prediction. "surveillance" repeats a slip of R's farringtonFlexible (seen in 1.20.3 and 1.26.0): after
   * reweighting it puts the prior weights in the place of the model's, so that both are too small by √mean.
   */
  readonly standardErrors: 'model' | 'surveillance';
}

export interface FarringtonFit {
  readonly regression: QuasiPoissonRegression;
  /** At least 1. */
  readonly dispersion: number;
  /** What standard errors are scaled with. */
  readonly errorDispersion: number;
  readonly hasTrend: boolean;
}

/**
 * Quasi-Poisson regression on time and part of the year, fitted again with less weight for past outbreaks; without
 * time where it does not converge with it. Source: Farrington et al. (1996), sections 3.2 to 3.4.
 */
export function fitFarrington(
  design: FarringtonDesign,
  withTrend: boolean,
  rules: FarringtonRules,
): (FarringtonFit & { readonly kind: 'ok' }) | NotEnoughData {
  const first = fitOnce(design, withTrend, undefined);
  if (first.kind !== 'ok') return withTrend ? fitFarrington(design, false, rules) : first;
  if (!rules.reweight) return describeFit(first, withTrend, undefined, design, rules);
  const weights = reduceOutbreaks(design.response, first, rules.weightsThreshold);
  const second = fitOnce(design, withTrend, weights);
  return second.kind === 'ok' ? describeFit(second, withTrend, weights, design, rules) : second;
}

function describeFit(
  regression: QuasiPoissonRegression,
  hasTrend: boolean,
  weights: readonly number[] | undefined,
  design: FarringtonDesign,
  rules: FarringtonRules,
): FarringtonFit & { readonly kind: 'ok' } {
  let errorDispersion = regression.dispersion;
  if (weights !== undefined && rules.standardErrors === 'surveillance') {
    const sum = design.response.reduce((total, count, i) => {
      const mean = regression.fitted[i] ?? 1;
      return total + (weights[i] ?? 0) * ((count - mean) / mean) ** 2;
    }, 0);
    errorDispersion = regression.degreesOfFreedom > 0 ? sum / regression.degreesOfFreedom : 1;
  }
  return {
    kind: 'ok',
    regression,
    dispersion: Math.max(1, regression.dispersion),
    errorDispersion,
    hasTrend,
  };
}

function fitOnce(
  design: FarringtonDesign,
  withTrend: boolean,
  weights: readonly number[] | undefined,
): QuasiPoissonRegression | NotEnoughData {
  const columns: number[][] = [design.response.map(() => 1)];
  if (withTrend) columns.push([...design.times]);
  for (const level of levelsOf(design)) columns.push(design.levels.map((own) => (own === level ? 1 : 0)));
  return fitQuasiPoisson({
    response: design.response,
    columns,
    keepSeparated: true,
    ...(weights === undefined ? {} : { weights }),
    ...(design.offset === undefined ? {} : { offset: design.offset }),
  });
}

/** The levels other than 0 that have rows. */
function levelsOf(design: FarringtonDesign): readonly number[] {
  return [...new Set(design.levels)].filter((level) => level !== 0).sort((a, b) => a - b);
}

/** Weights that fall with the square of large residuals and sum to the number of periods. */
function reduceOutbreaks(
  response: readonly number[],
  regression: QuasiPoissonRegression,
  threshold: number,
): readonly number[] {
  const dispersion = Math.max(1, regression.dispersion);
  const raw = response.map((count, i) => {
    const mean = regression.fitted[i] ?? 1;
    const free = 1 - (regression.hatValues[i] ?? 0);
    // A period that alone decides its own mean has no residual.
    if (!(free > 1e-9)) return 1;
    const anscombe = 1.5 * (Math.cbrt(count) ** 2 * mean ** (-1 / 6) - Math.sqrt(mean));
    const residual = anscombe / Math.sqrt(dispersion * free);
    return residual > threshold ? 1 / (residual * residual) : 1;
  });
  const scale = raw.length / raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight * scale);
}

/** The two-sided p-value of the trend, by Student's t. */
export function trendPValue(fit: FarringtonFit): number {
  const { coefficients, unscaledCovariance, degreesOfFreedom } = fit.regression;
  const error = Math.sqrt((unscaledCovariance[1]?.[1] ?? 0) * fit.errorDispersion);
  if (!(error > 0)) return 0;
  return 2 * studentTCdf(-Math.abs((coefficients[1] ?? 0) / error), degreesOfFreedom);
}

/** The prediction for a period of level 0 at the given time. */
export function predictAt(
  fit: FarringtonFit,
  time: number,
  offset: number,
  dispersion: number,
): ReturnType<typeof predictCount> {
  const { coefficients } = fit.regression;
  const row = coefficients.map((_, i) => (i === 0 ? 1 : i === 1 && fit.hasTrend ? time : 0));
  return predictCount(fit.regression, row, { dispersion, offset });
}
