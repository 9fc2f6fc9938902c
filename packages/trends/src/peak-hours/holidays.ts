import { dayIndexOf, isoDateOf, weekdayOf } from '@crimetracker/analysis-kit';

const MONDAY = 0;
const THURSDAY = 3;

interface HolidayRule {
  readonly name: string;
  readonly month: number;
  /** A day of the month, or the n-th (−1: last) of a weekday in it. */
  readonly on: number | { readonly nth: number; readonly weekday: number };
  readonly firstYear?: number;
}

/**
 * The legal public holidays of 5 U.S.C. 6103(a), in its words and order of the calendar, on the day itself and not on
 * the weekday on which offices keep it; Inauguration Day is left out as it is one in and around Washington only.
 * Then two evenings that are none but that police plan for.
 */
const RULES = [
  // 5 U.S.C. 6103(a): "New Year's Day, January 1."
  { name: 'New Year’s Day', month: 1, on: 1 },
  // 5 U.S.C. 6103(a): "Birthday of Martin Luther King, Jr., the third Monday in January."
  { name: 'Martin Luther King Jr. Day', month: 1, on: { nth: 3, weekday: MONDAY } },
  // 5 U.S.C. 6103(a): "Washington's Birthday, the third Monday in February."
  { name: 'Washington’s Birthday', month: 2, on: { nth: 3, weekday: MONDAY } },
  // 5 U.S.C. 6103(a): "Memorial Day, the last Monday in May."
  { name: 'Memorial Day', month: 5, on: { nth: -1, weekday: MONDAY } },
  // 5 U.S.C. 6103(a): "Juneteenth National Independence Day, June 19."; Public Law 117-17 of 17 June 2021.
  { name: 'Juneteenth', month: 6, on: 19, firstYear: 2021 },
  // 5 U.S.C. 6103(a): "Independence Day, July 4."
  { name: 'Independence Day', month: 7, on: 4 },
  // 5 U.S.C. 6103(a): "Labor Day, the first Monday in September."
  { name: 'Labor Day', month: 9, on: { nth: 1, weekday: MONDAY } },
  // 5 U.S.C. 6103(a): "Columbus Day, the second Monday in October."
  { name: 'Columbus Day', month: 10, on: { nth: 2, weekday: MONDAY } },
  // Custom, no law: the eve of All Saints' Day (1 November).
  { name: 'Halloween', month: 10, on: 31 },
  // 5 U.S.C. 6103(a): "Veterans Day, November 11."
  { name: 'Veterans Day', month: 11, on: 11 },
  // 5 U.S.C. 6103(a): "Thanksgiving Day, the fourth Thursday in November."
  { name: 'Thanksgiving Day', month: 11, on: { nth: 4, weekday: THURSDAY } },
  // 5 U.S.C. 6103(a): "Christmas Day, December 25."
  { name: 'Christmas Day', month: 12, on: 25 },
  // Custom, no law: the last day of the civil year.
  { name: 'New Year’s Eve', month: 12, on: 31 },
] as const satisfies readonly HolidayRule[];

export type HolidayName = (typeof RULES)[number]['name'];
export const HOLIDAY_NAMES: readonly HolidayName[] = RULES.map(({ name }) => name);

export interface Holiday {
  readonly name: HolidayName;
  /** ISO date. */
  readonly date: string;
}

function dateOf({ month, on }: HolidayRule, year: number): string {
  const iso = (monthOf: number, day: number): string =>
    `${String(year).padStart(4, '0')}-${String(monthOf).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (typeof on === 'number') return iso(month, on);
  const first = dayIndexOf(iso(month, 1)) ?? 0;
  const firstMatch = first + ((on.weekday - weekdayOf(first) + 7) % 7);
  if (on.nth > 0) return isoDateOf(firstMatch + 7 * (on.nth - 1));
  let last = firstMatch;
  while (isoDateOf(last + 7).slice(5, 7) === isoDateOf(first).slice(5, 7)) last += 7;
  return isoDateOf(last);
}

/** The holidays of a year in order of date; Juneteenth from 2021 on. */
export function holidaysOf(year: number): readonly Holiday[] {
  return RULES.filter((rule: HolidayRule) => year >= (rule.firstYear ?? year)).map((rule) => ({
    name: rule.name,
    date: dateOf(rule, year),
  }));
}
