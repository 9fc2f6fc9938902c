import { dayIndexOf, isoDateOf, weekdayOf } from '@crimetracker/analysis-kit';

/** A week of ISO 8601: it begins on Monday and belongs to the year of its Thursday. */
export interface IsoWeek {
  readonly year: number;
  /** 1 to 52 or 53. */
  readonly week: number;
}

/** The ISO week of a day index (days since 1970-01-01). */
export function isoWeekOf(dayIndex: number): IsoWeek {
  const thursday = dayIndex - weekdayOf(dayIndex) + 3;
  const year = Number(isoDateOf(thursday).slice(0, 4));
  return { year, week: Math.floor((thursday - (dayIndexOf(`${year}-01-01`) ?? 0)) / 7) + 1 };
}

/** 52 or 53: a year has a 53rd week when it begins or ends on a Thursday. */
export function weeksOfIsoYear(year: number): number {
  // 28 December always lies in the last week.
  return isoWeekOf(dayIndexOf(`${year}-12-28`) ?? 0).week;
}
