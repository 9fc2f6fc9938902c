import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { FarringtonDesign, FarringtonFit, FarringtonRules } from './farrington-regression.js';
import { fitFarrington, predictAt, trendPValue } from './farrington-regression.js';
import type { PowerTransform, Threshold } from './farrington-threshold.js';
import { farringtonThreshold, negativeBinomialThreshold } from './farrington-threshold.js';
import type { Verdict } from './verdict.js';

/** A series of counts and the period of it that is judged; later periods are not looked at. */
export interface FarringtonInput {
  /** Oldest first; null where a period is missing or masked, which leaves it out of the training. */
  readonly counts: readonly (number | null)[];
  readonly at: number;
  /** The same period one, two, … years before, by `findSameWeeks` or `findSamePeriods`; −1 where there is none. */
  readonly references: readonly number[];
  /** Population or another exposure of each period; the expected count is proportional to it. */
  readonly population?: readonly number[];
}

export interface FarringtonOptions {
  /** Periods on each side of a reference period; 3 by default. */
  readonly w?: number;
  /** 0.05 by default. */
  readonly alpha?: number;
  readonly reweight?: boolean;
  /** Allow a trend; true by default. */
  readonly trend?: boolean;
  readonly power?: PowerTransform;
  /** No alarm above when fewer than the first number of cases are in the last periods of the second; [5, 4]. */
  readonly limit54?: readonly [cases: number, periods: number];
}

export interface FarringtonFlexibleOptions extends FarringtonOptions {
  /** Parts of the year that have a level of their own, with the reference window as one; 1 (windows only) by default. */
  readonly noPeriods?: number;
  /** Periods before the judged one that do not train; `w` by default, Noufaily et al. take 26 weeks. */
  readonly pastWeeksNotIncluded?: number;
  /** 2.58 by default. */
  readonly weightsThreshold?: number;
  /** The trend is kept below this p-value, 0.05 by default; 1 keeps it where it does not extrapolate. */
  readonly pThresholdTrend?: number;
  readonly thresholdMethod?: 'delta' | 'nbPlugin' | 'muan';
  readonly standardErrors?: FarringtonRules['standardErrors'];
}

export interface FarringtonVerdict extends Verdict {
  /** At least 1. */
  readonly dispersion: number;
  /** Of the expected count. */
  readonly standardError: number;
  /** Change of the logarithm of the expected count per period; undefined without trend. */
  readonly trend: number | undefined;
  /** Periods that trained. */
  readonly training: number;
}

/** An expected count below this comes from zeros alone. */
const NO_CASE = 1e-6;

/** Fewer periods do not tell a dispersion. */
const FEWEST = 10;

/**
 * Judges a period by the same weeks of earlier years: the original algorithm, two-sided at alpha.
 *
 * The score is (count − expected) over the distance from the expected count to the end of the band it lies towards; an
 * alarm is a score beyond 1 or −1. Source: Farrington, Andrews, Beale and Catchpole (1996), "A statistical algorithm
 * for the early detection of outbreaks of infectious disease"; as algo.farrington of R's surveillance, which has the
 * alarm above only.
 */
export function detectByFarrington(
  input: FarringtonInput,
  options: FarringtonOptions = {},
): FarringtonVerdict | NotEnoughData {
  const { w = 3, alpha = 0.05, trend = true, power = '2/3' } = options;
  requireInput(input, w, alpha);
  const indices = input.references
    .toReversed()
    .flatMap((reference) => (reference < 0 ? [] : windowOf(reference, w)))
    .filter((index) => index >= 0 && index < input.counts.length);
  return judge(input, options, {
    design: readDesign(input, indices, () => 0),
    trend,
    pThresholdTrend: 0.05,
    rules: { reweight: options.reweight ?? true, weightsThreshold: 1, standardErrors: 'model' },
    errorsWithFloor: true,
    threshold: ({ expected, standardError, dispersion, observed }) =>
      farringtonThreshold({ expected, standardError, dispersion }, observed, alpha / 2, power),
  });
}

/**
 * Judges a period by all earlier years, with a level for each part of the year: the improved algorithm, one-sided at
 * alpha on each side.
 *
 * Score and alarm as `detectByFarrington`. Source: Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett (2013),
 * "An improved algorithm for outbreak detection in multiple surveillance systems"; options, defaults and upper ends as
 * farringtonFlexible of R's surveillance (Salmon, Schumacher and Höhle 2016), except for `standardErrors`.
 */
export function detectByFarringtonFlexible(
  input: FarringtonInput,
  options: FarringtonFlexibleOptions = {},
): FarringtonVerdict | NotEnoughData {
  const {
    w = 3,
    alpha = 0.05,
    trend = true,
    power = '2/3',
    noPeriods = 1,
    thresholdMethod = 'delta',
  } = options;
  const { pThresholdTrend = 0.05, weightsThreshold = 2.58, standardErrors = 'model' } = options;
  requireInput(input, w, alpha);
  requireArgument(
    Number.isInteger(noPeriods) && noPeriods >= 1,
    'farrington',
    `noPeriods is at least 1, got ${noPeriods}`,
  );
  const levels = assignLevels(input, w, noPeriods);
  if (levels.kind !== 'ok') return levels;
  const lastTraining = input.at - (options.pastWeeksNotIncluded ?? w) - 1;
  const indices = [...levels.level.keys()].filter((index) => index <= lastTraining).sort((a, b) => a - b);
  return judge(input, options, {
    design: readDesign(input, indices, (index) => levels.level.get(index) ?? 0),
    trend,
    pThresholdTrend,
    rules: { reweight: options.reweight ?? true, weightsThreshold, standardErrors },
    errorsWithFloor: standardErrors === 'model',
    threshold: ({ expected, standardError, linear, linearError, dispersion, observed }) =>
      thresholdMethod === 'delta'
        ? farringtonThreshold({ expected, standardError, dispersion }, observed, alpha, power)
        : negativeBinomialThreshold(
            { linear, linearError, dispersion },
            observed,
            alpha,
            thresholdMethod === 'muan' ? 'muan' : 'plugin',
          ),
  });
}

interface Judgement {
  readonly design: FarringtonDesign;
  readonly trend: boolean;
  readonly pThresholdTrend: number;
  readonly rules: FarringtonRules;
  /** Standard errors of the prediction from a dispersion of at least 1. */
  readonly errorsWithFloor: boolean;
  readonly threshold: (prediction: {
    readonly expected: number;
    readonly standardError: number;
    readonly linear: number;
    readonly linearError: number;
    readonly dispersion: number;
    readonly observed: number;
  }) => Threshold;
}

function judge(
  input: FarringtonInput,
  options: FarringtonOptions,
  judgement: Judgement,
): FarringtonVerdict | NotEnoughData {
  const { design, rules } = judgement;
  const observed = input.counts[input.at] ?? null;
  if (observed === null) return notEnoughData(`There is no count for period ${input.at + 1}.`);
  if (design.response.length < FEWEST) {
    return notEnoughData(`${design.response.length} earlier periods are known, ${FEWEST} are needed.`);
  }
  const offset = Math.log(input.population?.[input.at] ?? 1);
  let fit = fitFarrington(design, judgement.trend, rules);
  if (fit.kind !== 'ok') return fit;
  if (fit.hasTrend && !isTrendKept(fit, input, design, judgement.pThresholdTrend, offset)) {
    fit = fitFarrington(design, false, rules);
    if (fit.kind !== 'ok') return fit;
  }
  const errorDispersion = judgement.errorsWithFloor ? Math.max(1, fit.errorDispersion) : fit.errorDispersion;
  const { mean, meanError, linear, linearError } = predictAt(fit, input.at, offset, errorDispersion);
  if (mean < NO_CASE) return notEnoughData('The same periods of earlier years have no case.');
  const limits = judgement.threshold({
    expected: mean,
    standardError: meanError,
    linear,
    linearError,
    dispersion: fit.dispersion,
    observed,
  });
  if (![meanError, ...Object.values(limits)].every(Number.isFinite)) {
    return notEnoughData('The earlier periods do not tell what to expect.');
  }
  const score = scoreOf(observed, mean, limits);
  const [cases, periods] = options.limit54 ?? [5, 4];
  const recent = input.counts.slice(Math.max(0, input.at - periods + 1), input.at + 1);
  const isEnough = recent.reduce<number>((sum, count) => sum + (count ?? 0), 0) >= cases;
  const isAbove = observed > limits.upper && isEnough;
  return {
    kind: 'ok',
    observed,
    expected: mean,
    lower: limits.lower,
    upper: limits.upper,
    score,
    pValue: Math.min(1, 2 * Math.min(limits.upperTail, limits.lowerTail)),
    alarm: isAbove ? 'above' : observed < limits.lower ? 'below' : undefined,
    dispersion: fit.dispersion,
    standardError: meanError,
    trend: fit.hasTrend ? fit.regression.coefficients[1] : undefined,
    training: design.response.length,
  };
}

/** At least three years, a significant slope, and no expected count above all earlier counts. */
function isTrendKept(
  fit: FarringtonFit,
  input: FarringtonInput,
  design: FarringtonDesign,
  pThreshold: number,
  offset: number,
): boolean {
  const years = input.references.filter((reference) => reference >= 0).length;
  const { mean } = predictAt(fit, input.at, offset, 1);
  return years >= 3 && trendPValue(fit) < pThreshold && mean <= Math.max(...design.response);
}

function scoreOf(observed: number, expected: number, { lower, upper }: Threshold): number {
  const width = observed >= expected ? upper - expected : expected - lower;
  return width > 0 ? (observed - expected) / width : 0;
}

function windowOf(centre: number, w: number): readonly number[] {
  return Array.from({ length: 2 * w + 1 }, (_, i) => centre - w + i);
}

function readDesign(
  input: FarringtonInput,
  indices: readonly number[],
  levelOf: (index: number) => number,
): FarringtonDesign {
  const known = indices.filter((index) => (input.counts[index] ?? null) !== null);
  return {
    response: known.map((index) => input.counts[index] ?? 0),
    times: known,
    levels: known.map(levelOf),
    offset: input.population && known.map((index) => Math.log(input.population?.[index] ?? 1)),
  };
}

/**
 * The level of each index: 0 in the windows around the reference periods and before the judged one; the stretch
 * between two windows is shared evenly among the other levels, the first of them taking what is left over.
 */
function assignLevels(
  input: FarringtonInput,
  w: number,
  noPeriods: number,
): { readonly kind: 'ok'; readonly level: ReadonlyMap<number, number> } | NotEnoughData {
  const level = new Map<number, number>();
  for (let index = input.at - w; index <= input.at; index += 1) level.set(index, 0);
  let next = input.at;
  for (const reference of input.references) {
    if (reference < 0) break;
    for (const index of windowOf(reference, w)) level.set(index, 0);
    if (noPeriods > 1) {
      const stretch = next - 2 * w - 1 - reference;
      const length = Math.floor(stretch / (noPeriods - 1));
      const extra = stretch % (noPeriods - 1);
      if (length < 1)
        return notEnoughData(`A year has no room for ${noPeriods} parts around windows of ${2 * w + 1}.`);
      let index = reference + w + 1;
      for (let part = 1; part < noPeriods; part += 1) {
        for (let step = 0; step < length + (part <= extra ? 1 : 0); step += 1) level.set(index++, part);
      }
    }
    next = reference;
  }
  for (const index of [...level.keys()]) if (index < 0) level.delete(index);
  return { kind: 'ok', level };
}

function requireInput(input: FarringtonInput, w: number, alpha: number): void {
  const { counts, at, references, population } = input;
  requireArgument(
    Number.isInteger(at) && at >= 0 && at < counts.length,
    'farrington',
    `no period at index ${at}`,
  );
  requireArgument(Number.isInteger(w) && w >= 0, 'farrington', `w is at least 0, got ${w}`);
  requireArgument(alpha > 0 && alpha < 1, 'farrington', `alpha lies between 0 and 1, got ${alpha}`);
  requireArgument(
    population === undefined ||
      (population.length === counts.length && population.every((value) => value > 0)),
    'farrington',
    'a population above 0 for each period',
  );
  for (const [i, count] of counts.entries()) {
    requireArgument(
      count === null || (count >= 0 && Number.isFinite(count)),
      'farrington',
      `counts are at least 0 or null, got ${count} in period ${i + 1}`,
    );
  }
  let later = at;
  for (const reference of references) {
    requireArgument(reference < later, 'farrington', 'reference periods go back from the judged one');
    if (reference >= 0) later = reference;
  }
}
