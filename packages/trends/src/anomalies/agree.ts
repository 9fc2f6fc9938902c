import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { FarringtonFlexibleOptions } from './farrington.js';
import { detectByFarringtonFlexible } from './farrington.js';
import type { PoissonBandOptions } from './poisson-bands.js';
import { detectByPoissonBand } from './poisson-bands.js';
import { findSamePeriods, findSameWeeks } from './reference-periods.js';
import type { RobustResidualOptions } from './robust-residual.js';
import { detectRobustResiduals, readRobustVerdict } from './robust-residual.js';
import type { DetectorResult, Direction, Verdict } from './verdict.js';

/** In the order in which their expectation is preferred. */
const DETECTORS = ['farrington', 'robust-residual', 'poisson-bands'] as const;
type DetectorName = (typeof DETECTORS)[number];

export interface WatchedSeries {
  /** Oldest first; null where a period has no count. */
  readonly counts: readonly (number | null)[];
  /** Periods in a year: 52 or 12. */
  readonly period: number;
  /** ISO dates on which the weeks begin; with them a year back is a date, without them `period` steps. */
  readonly weekStarts?: readonly string[];
  /** Periods of the break register: they do not train, but are judged. */
  readonly masked?: readonly boolean[];
}

export interface AgreementOptions {
  /** Years that train, 5 by default; fewer are taken where the series is shorter. */
  readonly years?: number;
  /** Detectors that must agree, 2 by default. */
  readonly agreeing?: number;
  /** How many periods an anomaly is followed back at most, 26 by default. */
  readonly reach?: number;
  readonly bands?: PoissonBandOptions;
  readonly farrington?: FarringtonFlexibleOptions;
  readonly residual?: Omit<RobustResidualOptions, 'period'>;
}

/** What the detectors say together of one period. */
export interface PeriodJudgement {
  readonly kind: 'ok';
  readonly at: number;
  readonly observed: number;
  /** From the first detector of `DETECTORS` that agrees, or else that could judge. */
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** Undefined when there is no anomaly. */
  readonly direction: Direction | undefined;
  /** The first of the uninterrupted periods with an anomaly in this direction up to this one; undefined without. */
  readonly since: number | undefined;
  readonly agreeing: readonly DetectorName[];
  /**
   * Of the first detector of `DETECTORS` that could judge, whether it agrees or not, so that all cells of a table are
   * held to the same test.
   */
  readonly pValue: number;
  readonly verdicts: Readonly<Record<DetectorName, DetectorResult>>;
}

/**
 * Judges one period of a series by three detectors, each with the data up to that period only; an anomaly needs two
 * that point the same way. Says why there is no judgement: fewer detectors than that could judge.
 *
 * Defaults: Poisson band of z = 3 around eight periods; farringtonFlexible with alpha .01 on each side, "muan", ten
 * parts of the year for weeks and four for months, half a year or a quarter not training, the trend always tried
 * (Noufaily et al. 2013); robust residual 3.5.
 */
export function judgePeriod(
  series: WatchedSeries,
  at: number,
  options: AgreementOptions = {},
): PeriodJudgement | NotEnoughData {
  const { reach = 26 } = options;
  const judgement = judgeOnce(series, at, options);
  if (judgement.kind !== 'ok' || judgement.direction === undefined) return judgement;
  let since = at;
  while (since > 0 && at - since < reach) {
    const before = judgeOnce(series, since - 1, options);
    if (before.kind !== 'ok' || before.direction !== judgement.direction) break;
    since -= 1;
  }
  return { ...judgement, since };
}

function judgeOnce(
  series: WatchedSeries,
  at: number,
  options: AgreementOptions,
): PeriodJudgement | NotEnoughData {
  const { agreeing: needed = 2 } = options;
  requireArgument(
    Number.isInteger(at) && at >= 0 && at < series.counts.length,
    'judgePeriod',
    `no period ${at}`,
  );
  const observed = series.counts[at] ?? null;
  if (observed === null) return notEnoughData(`There is no count for period ${at + 1}.`);
  return agreeOn(askDetectors(series, at, options), at, observed, needed);
}

/** What detectors say together of one period; an anomaly needs `needed` of them that point the same way. */
export function agreeOn(
  verdicts: Readonly<Record<DetectorName, DetectorResult>>,
  at: number,
  observed: number,
  needed: number,
): PeriodJudgement | NotEnoughData {
  const able = DETECTORS.filter((name) => verdicts[name].kind === 'ok');
  if (able.length < needed) {
    const reasons = DETECTORS.flatMap((name) => {
      const verdict = verdicts[name];
      return verdict.kind === 'ok' ? [] : [`${name}: ${verdict.reason}`];
    });
    return notEnoughData(
      `Only ${able.length} of ${DETECTORS.length} detectors can judge. ${reasons.join(' ')}`,
    );
  }
  const pointing = (direction: Direction): readonly DetectorName[] =>
    able.filter((name) => alarmOf(verdicts[name]) === direction);
  const directions: readonly Direction[] = ['above', 'below'];
  const direction = directions.find((candidate) => pointing(candidate).length >= needed);
  const agreeing = direction === undefined ? [] : pointing(direction);
  const [first] = able.map((name) => verdicts[name]).filter(isVerdict);
  const [agreed] = agreeing.map((name) => verdicts[name]).filter(isVerdict);
  if (first === undefined) return notEnoughData('No detector can judge.');
  const { expected, lower, upper } = agreed ?? first;
  const { pValue } = first;
  return {
    kind: 'ok',
    at,
    observed,
    expected,
    lower,
    upper,
    direction,
    since: undefined,
    agreeing,
    pValue,
    verdicts,
  };
}

/** A period without anomaly, of which not every detector was asked. */
export function quietPeriod(verdict: Verdict, at: number, pValue: number): PeriodJudgement {
  const { observed, expected, lower, upper } = verdict;
  return {
    kind: 'ok',
    at,
    observed,
    expected,
    lower,
    upper,
    direction: undefined,
    since: undefined,
    agreeing: [],
    pValue,
    verdicts: { farrington: NOT_ASKED, 'robust-residual': NOT_ASKED, 'poisson-bands': NOT_ASKED },
  };
}

const NOT_ASKED = notEnoughData('Not asked, as no two detectors could agree.');

function isVerdict(result: DetectorResult): result is Verdict {
  return result.kind === 'ok';
}

function alarmOf(result: DetectorResult): Direction | undefined {
  return result.kind === 'ok' ? result.alarm : undefined;
}

/** What `judgePeriod` asks of Farrington, for weeks (52 a year) or months (12). */
export function farringtonOptions(period: number): FarringtonFlexibleOptions {
  const isWeekly = period > 12;
  return {
    w: isWeekly ? 3 : 1,
    alpha: 0.01,
    noPeriods: isWeekly ? 10 : 4,
    pastWeeksNotIncluded: isWeekly ? 26 : 3,
    pThresholdTrend: 1,
    thresholdMethod: 'muan',
  };
}

function askDetectors(
  series: WatchedSeries,
  at: number,
  options: AgreementOptions,
): Readonly<Record<DetectorName, DetectorResult>> {
  const { period, weekStarts, masked } = series;
  const { years = 5 } = options;
  const counts = series.counts
    .slice(0, at + 1)
    .map((count, i) => (masked?.[i] === true && i !== at ? null : count));
  const references = (
    weekStarts === undefined ? findSamePeriods(at, period, years) : findSameWeeks(weekStarts, at, years)
  ).filter((reference) => reference >= 0);
  const residuals = detectRobustResiduals(counts, { ...options.residual, period });
  return {
    'poisson-bands': detectByPoissonBand(counts, at, options.bands),
    farrington: detectByFarringtonFlexible(
      { counts, at, references },
      { ...farringtonOptions(period), ...options.farrington },
    ),
    'robust-residual': residuals.kind === 'ok' ? readRobustVerdict(residuals, at) : residuals,
  };
}
