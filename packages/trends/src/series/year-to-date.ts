import type { Interval } from '@crimetracker/analysis-kit';
import { exactPoissonTest, poissonMeansTest, rateRatioInterval } from '@crimetracker/analysis-kit';

export interface YearToDateInput {
  /** Counted this year so far. */
  readonly current: number;
  /** Counted in the same part of the year before. */
  readonly previous: number;
  /** Days that were counted; needed where they differ, as with 29 February. */
  readonly currentDays?: number;
  readonly previousDays?: number;
  /** Coverage of the interval and, as its complement, the limit of the p-value; 0.95 by default. */
  readonly level?: number;
  /** Variance over mean of such counts, 1 (Poisson) by default; crime counts vary more, which a plain test takes for news. */
  readonly dispersion?: number;
}

export interface YearToDate {
  readonly current: number;
  readonly previous: number;
  /** In percent of the year before, per day; undefined when that was 0. */
  readonly changePercent: number | undefined;
  /** Of the change in percent; the upper end is undefined when the year before was 0. */
  readonly interval: { readonly lower: Interval['lower']; readonly upper: Interval['upper'] | undefined };
  /** Two-sided: exact as poisson.test of R without overdispersion, else from the interval's distribution. */
  readonly pValue: number;
  /** Of the E-test, which finds more; undefined with overdispersion. */
  readonly meansTestPValue: number | undefined;
  readonly verdict: 'more' | 'fewer' | 'no clear change';
}

/**
 * Compares the count of this year to date with that of the year before.
 * Source: conditional test of Przyborowski and Wilenski (1940), interval of Clopper and Pearson (1934), E-test of
 * Krishnamoorthy and Thomson (2004).
 */
export function compareYearToDate(input: YearToDateInput): YearToDate {
  const { current, previous, currentDays = 1, previousDays = 1, level = 0.95, dispersion = 1 } = input;
  const now = { count: current, exposure: currentDays };
  const before = { count: previous, exposure: previousDays };
  const {
    ratio,
    lower,
    upper,
    pValue: centralPValue,
  } = rateRatioInterval(now, before, { level, dispersion });
  const isPoisson = dispersion === 1;
  const pValue = isPoisson ? exactPoissonTest(now, before) : centralPValue;
  const isClear = pValue <= 1 - level;
  const percent = (value: number): number => 100 * (value - 1);
  return {
    current,
    previous,
    changePercent: ratio === undefined ? undefined : percent(ratio),
    interval: { lower: percent(lower), upper: upper === undefined ? undefined : percent(upper) },
    pValue,
    meansTestPValue: isPoisson ? poissonMeansTest(now, before) : undefined,
    verdict: !isClear ? 'no clear change' : ratio === undefined || ratio > 1 ? 'more' : 'fewer',
  };
}
