import type { NotEnoughData } from '@crimetracker/analysis-kit';
import {
  MAD_TO_SIGMA,
  median,
  medianAbsoluteDeviation,
  normalCdf,
  notEnoughData,
} from '@crimetracker/analysis-kit';
import type { PeriodJudgement } from './agree.js';
import { agreeOn, quietPeriod } from './agree.js';
import type { FarringtonVerdict } from './farrington.js';
import { detectByFarringtonFlexible } from './farrington.js';
import { negativeBinomialThreshold } from './farrington-threshold.js';
import { detectByPoissonBand } from './poisson-bands.js';
import { findSamePeriods } from './reference-periods.js';
import { estimateUsualCounts } from './usual-counts.js';
import type { DetectorResult, Direction } from './verdict.js';

export interface HistorySeries {
  /** Oldest first; null where a period has no count. */
  readonly counts: readonly (number | null)[];
  /** Periods in a year: 52 or 12. */
  readonly period: number;
  /** The place of each period in the year, from 0 to `period` − 1. */
  readonly places: readonly number[];
  /** Periods of the break register: they do not train, but are judged. */
  readonly masked: readonly boolean[];
}

/** Years before a period that tell how much counts vary. */
const YEARS = 5;
/** Fewer years before it do not judge a period. */
const LEAST_YEARS = 2;
/** Robust standard deviations that make an alarm. */
const RESIDUAL = 3.5;
const AGREEING = 2;

const TOO_EARLY = `Less than ${LEAST_YEARS} years of counts come before.`;
const NO_COUNT = 'There is no count for the period.';

/**
 * Judges every period of a series, with hindsight, by three detectors; an anomaly needs two that point the same way.
 *
 * What is usual comes from the periods around (`estimateUsualCounts`), so that neither a step of the level nor a slope is
 * an anomaly. Farrington takes it as exposure and learns from all periods of the five years before, but the last half
 * year, how much counts vary around it; the robust residual is held against all periods; the Poisson band knows only the
 * eight periods before.
 *
 * The p-value is that of Farrington's prediction: negative binomial, with the errors of mean and level in its variance. A period
 * on which neither of the other two raises an alarm cannot be an anomaly; it has p-value 1, as if it lay on the mean,
 * which makes q-values of others larger, never smaller.
 */
export function judgeHistory(series: HistorySeries): readonly (PeriodJudgement | NotEnoughData)[] {
  const { counts, period, masked } = series;
  const training = counts.map((count, i) => (masked[i] === true ? null : count));
  const usual = estimateUsualCounts(training, series);
  const residuals = judgeResiduals(counts, training, usual);
  let known = 0;
  const judgements: (PeriodJudgement | NotEnoughData)[] = [];
  for (const [at, observed] of counts.entries()) {
    const isEarly = known < LEAST_YEARS * period;
    if (training[at] !== null) known += 1;
    if (observed === null) judgements.push(notEnoughData(NO_COUNT));
    else if (isEarly) judgements.push(notEnoughData(TOO_EARLY));
    else judgements.push(judgeOne(at, observed, { period, training, usual, residual: residuals(at) }));
  }
  return judgements.map((judgement, at) => {
    if (judgement.kind !== 'ok' || judgement.direction === undefined) return judgement;
    let since = at;
    while (isSame(judgements[since - 1], judgement.direction)) since -= 1;
    return { ...judgement, since };
  });
}

function isSame(judgement: PeriodJudgement | NotEnoughData | undefined, direction: Direction): boolean {
  return judgement?.kind === 'ok' && judgement.direction === direction;
}

interface Known {
  readonly period: number;
  readonly training: readonly (number | null)[];
  readonly usual: readonly number[];
  readonly residual: DetectorResult;
}

function judgeOne(
  at: number,
  observed: number,
  { period, training, usual, residual }: Known,
): PeriodJudgement | NotEnoughData {
  const counts = [...training];
  counts[at] = observed;
  const band = detectByPoissonBand(counts, at);
  if (
    residual.kind === 'ok' &&
    residual.alarm === undefined &&
    (band.kind !== 'ok' || band.alarm === undefined)
  )
    return quietPeriod(residual, at, 1);
  const farrington = detectByFarringtonFlexible(
    {
      counts,
      at,
      references: findSamePeriods(at, period, YEARS).filter((index) => index >= 0),
      population: usual,
    },
    {
      w: period / 2,
      alpha: 0.01,
      pastWeeksNotIncluded: period / 2,
      trend: false,
      thresholdMethod: 'muan',
    },
  );
  const judgement = agreeOn(
    { farrington, 'robust-residual': residual, 'poisson-bands': band },
    at,
    observed,
    AGREEING,
  );
  return judgement.kind === 'ok' && farrington.kind === 'ok'
    ? { ...judgement, pValue: predictivePValue(farrington, period / 2) }
    : judgement;
}

/**
 * Two-sided, from a negative binomial with the mean of the prediction and the variance of the count, of that mean, and of
 * the level, which is a mean of `around` periods.
 */
function predictivePValue(
  { observed, expected, standardError, dispersion }: FarringtonVerdict,
  around: number,
): number {
  const variance = dispersion * (1 + 1 / around) + standardError ** 2 / expected;
  const { upperTail, lowerTail } = negativeBinomialThreshold(
    { linear: Math.log(expected), linearError: 0, dispersion: variance },
    observed,
    0.01,
    'plugin',
  );
  return Math.min(1, 2 * Math.min(upperTail, lowerTail));
}

/** Robust residuals of √counts around what is usual. */
function judgeResiduals(
  counts: readonly (number | null)[],
  training: readonly (number | null)[],
  usual: readonly number[],
): (at: number) => DetectorResult {
  const residualOf = (count: number, at: number): number => Math.sqrt(count) - Math.sqrt(usual[at] ?? 0);
  const known = training.flatMap((count, at) => (count === null ? [] : [residualOf(count, at)]));
  const centre = median(known) ?? 0;
  const spread = MAD_TO_SIGMA * (medianAbsoluteDeviation(known) ?? 0);
  return (at) => {
    const observed = counts[at] ?? null;
    if (observed === null || !(spread > 0)) return notEnoughData('Most periods show no variation at all.');
    const middle = Math.sqrt(usual[at] ?? 0) + centre;
    const back = (root: number): number => Math.max(0, root) ** 2;
    const score = (residualOf(observed, at) - centre) / spread;
    return {
      kind: 'ok',
      observed,
      expected: back(middle),
      lower: back(middle - RESIDUAL * spread),
      upper: back(middle + RESIDUAL * spread),
      score,
      pValue: Math.min(1, 2 * normalCdf(-Math.abs(score))),
      alarm: score > RESIDUAL ? 'above' : score < -RESIDUAL ? 'below' : undefined,
    };
  };
}
