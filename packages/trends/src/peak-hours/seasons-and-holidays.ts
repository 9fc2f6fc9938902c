import type { NotEnoughData } from '@crimetracker/analysis-kit';
import {
  dayIndexOf,
  isoDateOf,
  notEnoughData,
  rateRatioInterval,
  requireArgument,
} from '@crimetracker/analysis-kit';
import type { HolidayName } from './holidays.js';
import { HOLIDAY_NAMES, holidaysOf } from './holidays.js';

export interface DailyCounts {
  /** ISO date of the first count. */
  readonly firstDate: string;
  /** One count a day, without a gap. */
  readonly counts: readonly number[];
}

const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const;
type Season = (typeof SEASONS)[number];

/** A rate of events a day against another, with its interval; undefined where the other is 0. */
interface RateEffect {
  readonly count: number;
  readonly days: number;
  readonly ratePerDay: number;
  readonly ratio: number | undefined;
  readonly lower: number;
  readonly upper: number | undefined;
}

export type SeasonEffects =
  | {
      readonly kind: 'seasons';
      /** Whole calendar years used; others would mix season with trend. */
      readonly years: readonly number[];
      /** Variance ÷ mean of month counts once year and month are accounted for, at least 1. */
      readonly dispersion: number;
      /** January first. */
      readonly months: readonly ({ readonly month: number } & RateEffect)[];
      /** Meteorological: winter is December to February. */
      readonly seasons: readonly ({ readonly season: Season } & RateEffect)[];
    }
  | NotEnoughData;

interface HolidayEffect extends RateEffect {
  readonly name: HolidayName;
  /** What the same weekday in the four weeks before and after lets expect. */
  readonly expected: number;
  /** Variance ÷ mean of those days around their mean, at least 1. */
  readonly dispersion: number;
  /** What a reader must know before believing the number. */
  readonly caution: string | undefined;
}

export type HolidayEffects =
  | {
      readonly kind: 'holidays';
      readonly holidays: readonly HolidayEffect[];
      readonly leftOut: readonly { readonly name: HolidayName; readonly reason: string }[];
    }
  | NotEnoughData;

function checkedDays({ firstDate, counts }: DailyCounts): number {
  const first = dayIndexOf(firstDate);
  requireArgument(first !== undefined, 'DailyCounts', `the first date is ${firstDate}`);
  requireArgument(
    counts.every((count) => count >= 0),
    'DailyCounts',
    'counts are at least 0',
  );
  return first ?? 0;
}

/** Group against all other days, as events a day. */
function effectOf(
  count: number,
  days: number,
  total: number,
  allDays: number,
  dispersion: number,
): RateEffect {
  const { ratio, lower, upper } = rateRatioInterval(
    { count, exposure: days },
    { count: total - count, exposure: allDays - days },
    { dispersion },
  );
  return { count, days, ratePerDay: count / days, ratio, lower, upper };
}

/**
 * How the rate of events a day in each month, and in each season, compares with the rest of the year.
 *
 * Only whole calendar years count. Intervals are exact conditional ones on counts divided by the dispersion that
 * months show around year × month, so that bad years do not pass for seasons. No whole year, or no event in them, is a
 * stated reason.
 * Source: rateRatioInterval; dispersion is Pearson's χ²/df of the independence table.
 */
export function seasonEffects(daily: DailyCounts): SeasonEffects {
  const first = checkedDays(daily);
  const byYear = new Map<number, { readonly counts: number[]; readonly days: number[] }>();
  for (const [offset, count] of daily.counts.entries()) {
    const date = isoDateOf(first + offset);
    const year = Number(date.slice(0, 4));
    const month = Number(date.slice(5, 7)) - 1;
    let months = byYear.get(year);
    if (months === undefined) {
      months = { counts: new Array<number>(12).fill(0), days: new Array<number>(12).fill(0) };
      byYear.set(year, months);
    }
    months.counts[month] = (months.counts[month] ?? 0) + count;
    months.days[month] = (months.days[month] ?? 0) + 1;
  }
  const whole = [...byYear].filter(([year, { days }]) => sum(days) === daysOfYear(year));
  if (whole.length === 0)
    return notEnoughData('no whole calendar year, so season and trend cannot be told apart');
  const tables = whole.map(([, table]) => table);
  const monthCounts = Array.from({ length: 12 }, (_, month) =>
    sum(tables.map(({ counts }) => counts[month] ?? 0)),
  );
  const monthDays = Array.from({ length: 12 }, (_, month) => sum(tables.map(({ days }) => days[month] ?? 0)));
  const total = sum(monthCounts);
  if (total === 0) return notEnoughData('no event in a whole calendar year');

  let chiSquare = 0;
  for (const { counts } of tables) {
    const share = sum(counts) / total;
    for (const [month, count] of counts.entries()) {
      const expected = share * (monthCounts[month] ?? 0);
      if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
    }
  }
  const dispersion = Math.max(1, tables.length > 1 ? chiSquare / ((tables.length - 1) * 11) : 1);
  const allDays = sum(monthDays);
  const effect = (months: readonly number[]): RateEffect =>
    effectOf(
      sum(months.map((month) => monthCounts[month] ?? 0)),
      sum(months.map((month) => monthDays[month] ?? 0)),
      total,
      allDays,
      dispersion,
    );
  return {
    kind: 'seasons',
    years: whole.map(([year]) => year),
    dispersion,
    months: monthCounts.map((_, month) => ({ month: month + 1, ...effect([month]) })),
    seasons: SEASONS.map((season, place) => ({
      season,
      ...effect([(place * 3 + 11) % 12, place * 3, place * 3 + 1]),
    })),
  };
}

const WEEKS_AROUND = [-4, -3, -2, -1, 1, 2, 3, 4] as const;
const LEAST_REFERENCE_DAYS = 4;

/**
 * How many events holidays have, against the same weekday in the four weeks before and after.
 *
 * Days of reference that are holidays themselves are left out, and a holiday with fewer than four such days in the
 * data is not counted. Observed and expected are summed over years; the interval is the exact conditional one of the
 * two rates, on counts divided by the dispersion of the reference days. No event, or no holiday, is a stated reason.
 */
export function holidayEffects(daily: DailyCounts): HolidayEffects {
  const first = checkedDays(daily);
  const { counts } = daily;
  if (counts.length === 0 || sum(counts) === 0) return notEnoughData('no event in the period');
  const firstYear = Number(isoDateOf(first).slice(0, 4));
  const lastYear = Number(isoDateOf(first + counts.length - 1).slice(0, 4));
  const dates = new Map<number, HolidayName>();
  for (let year = firstYear - 1; year <= lastYear + 1; year++) {
    for (const { name, date } of holidaysOf(year)) dates.set(dayIndexOf(date) ?? 0, name);
  }
  const holidays: HolidayEffect[] = [];
  const leftOut: { readonly name: HolidayName; readonly reason: string }[] = [];
  for (const name of HOLIDAY_NAMES) {
    let observed = 0;
    let expected = 0;
    let days = 0;
    let referenceCount = 0;
    let squares = 0;
    let degreesOfFreedom = 0;
    for (const [dayIndex, holiday] of dates) {
      const count = counts[dayIndex - first];
      if (holiday !== name || count === undefined) continue;
      const reference = WEEKS_AROUND.flatMap((weeks) => {
        const other = dayIndex + 7 * weeks;
        const value = dates.has(other) ? undefined : counts[other - first];
        return value === undefined ? [] : [value];
      });
      if (reference.length < LEAST_REFERENCE_DAYS) continue;
      const mean = sum(reference) / reference.length;
      observed += count;
      expected += mean;
      days += 1;
      referenceCount += sum(reference);
      if (mean > 0) {
        squares += sum(reference.map((value) => (value - mean) ** 2 / mean));
        degreesOfFreedom += reference.length - 1;
      }
    }
    if (days === 0) {
      leftOut.push({ name, reason: 'not in the period together with four of the same weekdays around it' });
      continue;
    }
    const dispersion = Math.max(1, degreesOfFreedom > 0 ? squares / degreesOfFreedom : 1);
    const { ratio, lower, upper } = rateRatioInterval(
      { count: observed, exposure: days },
      // The days whose mean makes up what is expected; exact where every year has as many.
      { count: referenceCount, exposure: expected > 0 ? (days * referenceCount) / expected : days },
      { dispersion },
    );
    holidays.push({
      name,
      count: observed,
      days,
      ratePerDay: observed / days,
      expected,
      ratio,
      lower,
      upper,
      dispersion,
      caution:
        name === 'New Year’s Day'
          ? 'Forms give 1 January when only the year is known, so part of the excess may be no event of that day.'
          : undefined,
    });
  }
  if (holidays.length === 0)
    return notEnoughData('no holiday in the period with four of the same weekdays around it');
  return { kind: 'holidays', holidays, leftOut };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function daysOfYear(year: number): number {
  return (dayIndexOf(`${year + 1}-01-01`) ?? 0) - (dayIndexOf(`${year}-01-01`) ?? 0);
}
