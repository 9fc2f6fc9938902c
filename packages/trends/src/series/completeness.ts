import type { Interval, NotEnoughData } from '@crimetracker/analysis-kit';
import { normalQuantile, notEnoughData, poissonInterval, requireArgument } from '@crimetracker/analysis-kit';

export interface CompletenessOptions {
  /** Share of the final count from which a period counts as complete, 0.98 by default. */
  readonly completeFrom?: number;
  /** Coverage of the intervals, 0.9 by default. */
  readonly level?: number;
  /** Take the factors from the last so many periods that show them, as delays change; all by default. */
  readonly recent?: number;
}

/** What is known of one period, and what it will be. */
export interface PeriodCompleteness {
  /** Reported so far. */
  readonly reported: number;
  /** Longest delay seen. */
  readonly delay: number;
  /** Share of the final count that is reported, 0 to 1. */
  readonly completeness: number;
  /** The expected final count. */
  readonly nowcast: number;
  /** Of the final count, never below what is reported. */
  readonly interval: Interval;
  /** Root of Mack's mean square error of prediction; undefined when nothing is reported yet. */
  readonly predictionError: number | undefined;
  readonly isComplete: boolean;
}

export interface Completeness {
  readonly kind: 'ok';
  readonly periods: readonly PeriodCompleteness[];
  /** `factors[d]`: cumulative count at delay d + 1 over that at delay d. */
  readonly factors: readonly number[];
  /** Index of the last period before the first incomplete one of the end; −1 when none is complete. */
  readonly lastComplete: number;
}

/**
 * How complete each period is when reports come late, and what it will come to: the chain ladder.
 *
 * A period is complete when at least `completeFrom` of its final count is reported; the periods after `lastComplete` must
 * not be compared with earlier ones, nor train. Nothing is expected after the longest delay of the triangle. Says why
 * there is no answer: a delay without any earlier count to develop from.
 * Source: Mack (1993), "Distribution-free calculation of the standard error of chain ladder reserve estimates", ASTIN
 * Bulletin 23; interval log-normal as Mack (1994), and where nothing is reported yet that of a Poisson count of 0, grown; agrees with his example (Taylor and Ashe 1983).
 * @param cumulative `cumulative[m][d]`: of period m, oldest first, reported with a delay of at most d; rows get shorter
 */
export function estimateCompleteness(
  cumulative: readonly (readonly number[])[],
  options: CompletenessOptions = {},
): Completeness | NotEnoughData {
  const { completeFrom = 0.98, level = 0.9, recent = Number.POSITIVE_INFINITY } = options;
  requireTriangle(cumulative);
  requireArgument(
    completeFrom > 0 && completeFrom <= 1,
    'estimateCompleteness',
    'completeFrom lies between 0 and 1',
  );
  requireArgument(level > 0 && level < 1, 'estimateCompleteness', 'a level lies between 0 and 1');
  const delays = Math.max(0, ...cumulative.map((row) => row.length));
  const steps: DevelopmentStep[] = [];
  for (let delay = 0; delay + 1 < delays; delay += 1) {
    const step = developFrom(cumulative, delay, recent);
    if (step === undefined) {
      return notEnoughData(
        `No period with reports up to delay ${delay} shows how many come at delay ${delay + 1}.`,
      );
    }
    steps.push(step);
  }
  const variances = extrapolateVariances(steps);
  const z = normalQuantile(1 - (1 - level) / 2);
  const periods = cumulative.map((row): PeriodCompleteness => {
    const delay = row.length - 1;
    const reported = row[delay] ?? 0;
    const { growth, relativeVariance } = projectFrom(reported, delay, steps, variances);
    const nowcast = reported * growth;
    const spread = Math.sqrt(Math.log1p(relativeVariance));
    const middle = Math.log(nowcast) - (spread * spread) / 2;
    return {
      reported,
      delay,
      completeness: 1 / growth,
      nowcast,
      interval:
        reported === 0
          ? { lower: 0, upper: growth === 1 ? 0 : poissonInterval(0, { level }).upper * growth }
          : {
              lower: Math.max(reported, Math.exp(middle - z * spread)),
              upper: Math.max(reported, Math.exp(middle + z * spread)),
            },
      predictionError: reported === 0 ? undefined : nowcast * Math.sqrt(relativeVariance),
      isComplete: 1 / growth >= completeFrom,
    };
  });
  const firstIncomplete = periods.findIndex(({ isComplete }) => !isComplete);
  return {
    kind: 'ok',
    periods,
    factors: steps.map(({ factor }) => factor),
    lastComplete: (firstIncomplete < 0 ? periods.length : firstIncomplete) - 1,
  };
}

interface DevelopmentStep {
  readonly factor: number;
  /** Sum of the counts that the factor develops. */
  readonly base: number;
  /** Mack's σ²; undefined when only one period shows the step. */
  readonly variance: number | undefined;
}

function developFrom(
  cumulative: readonly (readonly number[])[],
  delay: number,
  recent: number,
): DevelopmentStep | undefined {
  const rows = cumulative.filter((row) => row.length > delay + 1);
  const used = rows.slice(Math.max(0, rows.length - recent));
  let base = 0;
  let developed = 0;
  for (const row of used) {
    base += row[delay] ?? 0;
    developed += row[delay + 1] ?? 0;
  }
  if (base === 0) return undefined;
  const factor = developed / base;
  let squares = 0;
  let shown = 0;
  for (const row of used) {
    const from = row[delay] ?? 0;
    if (from === 0) continue;
    squares += from * ((row[delay + 1] ?? 0) / from - factor) ** 2;
    shown += 1;
  }
  return { factor, base, variance: shown > 1 ? squares / (shown - 1) : undefined };
}

/** The last variance, shown by one period only, continues the fall of those before it (Mack 1993, page 217). */
function extrapolateVariances(steps: readonly DevelopmentStep[]): readonly number[] {
  const variances: number[] = [];
  for (const { variance } of steps) {
    const last = variances.at(-1) ?? 0;
    const lastButOne = variances.at(-2) ?? 0;
    const continued = lastButOne > 0 ? Math.min((last * last) / lastButOne, last, lastButOne) : last;
    variances.push(variance ?? continued);
  }
  return variances;
}

function projectFrom(
  reported: number,
  delay: number,
  steps: readonly DevelopmentStep[],
  variances: readonly number[],
): { readonly growth: number; readonly relativeVariance: number } {
  let growth = 1;
  let relativeVariance = 0;
  for (const [i, { factor, base }] of steps.entries()) {
    if (i < delay) continue;
    if (reported > 0) {
      relativeVariance += ((variances[i] ?? 0) / factor ** 2) * (1 / (reported * growth) + 1 / base);
    }
    growth *= factor;
  }
  return { growth, relativeVariance };
}

function requireTriangle(cumulative: readonly (readonly number[])[]): void {
  const where = 'estimateCompleteness';
  requireArgument(cumulative.length > 0, where, 'at least one period');
  for (const [period, row] of cumulative.entries()) {
    const before = cumulative[period - 1];
    requireArgument(
      row.length > 0 && (before === undefined || row.length <= before.length),
      where,
      `period ${period} shows more delays than the period before, or none`,
    );
    for (const [delay, count] of row.entries()) {
      requireArgument(
        Number.isFinite(count) && count >= (row[delay - 1] ?? 0),
        where,
        `period ${period} falls at delay ${delay}; counts are cumulative`,
      );
    }
  }
}
