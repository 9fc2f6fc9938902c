import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf, notEnoughData, requireArgument, weekdayOf } from '@crimetracker/analysis-kit';
import { isoWeekOf, weeksOfIsoYear } from './iso-week.js';

export const FREQUENCIES = ['week', 'month'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Events by ISO week or calendar month, without gaps; the last period is complete. */
export interface CountSeries {
  readonly frequency: Frequency;
  /** ISO date of the Monday, or of the first of the month, with which the first count begins. */
  readonly firstPeriod: string;
  readonly counts: readonly number[];
}

/** How a series is read, trained and tested. */
export interface FrequencyPlan {
  /** Periods in a year, for scales and seasons. */
  readonly period: number;
  readonly leastTraining: number;
  /** Periods from one origin of a backtest to the next. */
  readonly originStep: number;
  readonly horizons: readonly [number, number, number];
  /** Origins after which models estimate their parameters anew; in between they only take in new counts. */
  readonly refitEvery: number;
}

export const FREQUENCY_PLANS: Readonly<Record<Frequency, FrequencyPlan>> = {
  week: { period: 52, leastTraining: 156, originStep: 4, horizons: [4, 13, 26], refitEvery: 13 },
  month: { period: 12, leastTraining: 36, originStep: 1, horizons: [1, 3, 6], refitEvery: 24 },
};

/** A series with its calendar, for `values.length + horizon` periods. */
export interface PreparedSeries {
  readonly kind: 'prepared';
  readonly frequency: Frequency;
  /** ISO date of the first period used. */
  readonly firstPeriod: string;
  readonly values: Float64Array;
  readonly horizon: number;
  /** Periods from the same week or month of the year before to each period. */
  readonly lags: readonly number[];
  /** Turns of the year at each period's middle, continuous over years. */
  readonly turns: Float64Array;
  /** Periods without any event before the series begins, cut off. */
  readonly cutOff: number;
}

const DAYS_PER_YEAR = 365.25;
const THURSDAY = 3;

/** The first day of a period, counted from the first of the series. */
export function periodDate(frequency: Frequency, firstPeriod: string, index: number): string {
  if (frequency === 'week') return isoDateOf((dayIndexOf(firstPeriod) ?? 0) + 7 * index);
  const month = Number(firstPeriod.slice(5, 7)) - 1 + index;
  const year = Number(firstPeriod.slice(0, 4)) + Math.floor(month / 12);
  return `${String(year).padStart(4, '0')}-${String((((month % 12) + 12) % 12) + 1).padStart(2, '0')}-01`;
}

/**
 * Adds the calendar to a series, and cuts off what lies before the first event when that is over a year: the category
 * or place did not exist then. Week 53 looks back to week 52 of the year before, which never has a 53rd.
 * Without any event there is a reason. A first period that is no Monday or no first of a month, or a count that is
 * negative or no number, throws.
 */
export function prepareSeries(series: CountSeries, horizon: number): PreparedSeries | NotEnoughData {
  const { frequency, counts } = series;
  const firstDay = dayIndexOf(series.firstPeriod);
  const isStart =
    firstDay !== undefined &&
    (frequency === 'week' ? weekdayOf(firstDay) === 0 : series.firstPeriod.endsWith('-01'));
  requireArgument(isStart, 'CountSeries', `${series.firstPeriod} does not begin a ${frequency}`);
  requireArgument(
    counts.every((count) => count >= 0 && Number.isFinite(count)),
    'CountSeries',
    'counts are numbers of at least 0',
  );
  const { period } = FREQUENCY_PLANS[frequency];
  const firstEvent = counts.findIndex((count) => count > 0);
  if (firstEvent < 0) {
    return notEnoughData(
      counts.length === 0
        ? `the series has no ${frequency}`
        : `no event in ${counts.length} ${frequency}${counts.length === 1 ? '' : 's'}`,
    );
  }
  const cutOff = firstEvent > period ? firstEvent : 0;
  const firstPeriod = periodDate(frequency, series.firstPeriod, cutOff);
  const values = Float64Array.from(counts.slice(cutOff));
  const length = values.length + horizon;
  const lags: number[] = [];
  const turns = new Float64Array(length);
  const monday = dayIndexOf(firstPeriod) ?? 0;
  const month = Number(firstPeriod.slice(5, 7)) - 1;
  let yearBefore = Number.NaN;
  let weeksBefore = 52;
  for (let index = 0; index < length; index++) {
    if (frequency === 'month') {
      lags.push(12);
      turns[index] = (month + index + 0.5) / 12;
    } else {
      const { year, week } = isoWeekOf(monday + 7 * index);
      if (year - 1 !== yearBefore) {
        yearBefore = year - 1;
        weeksBefore = weeksOfIsoYear(yearBefore);
      }
      lags.push(week === 53 ? 53 : weeksBefore);
      turns[index] = (monday + 7 * index + THURSDAY) / DAYS_PER_YEAR;
    }
  }
  return { kind: 'prepared', frequency, firstPeriod, values, horizon, lags, turns, cutOff };
}
