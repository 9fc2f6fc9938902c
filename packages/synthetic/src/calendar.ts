/** Days since 1970-01-01 of a civil date (Hinnant's algorithm); no time zones, no Date objects. */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The civil date of a day number. */
export function civilDate(number: number): CivilDate {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

export const isoDate = ({ year, month, day }: CivilDate): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** Weekday of a day number, 0 = Monday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

export function parseIso(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return dayNumber(year, month, day);
}

/** The days of the window and some after it, counted from its first day: dates are looked up, not computed. */
export class Calendar {
  readonly firstYear: number;
  readonly lastYear: number;
  /** Day number of day 0. */
  readonly origin: number;
  /** Days inside the window. */
  readonly days: number;
  readonly dates: readonly CivilDate[];

  /** `spare` days after the window can be named too: reports come later than incidents. */
  constructor(years: readonly [number, number], spare = 0) {
    [this.firstYear, this.lastYear] = years;
    this.origin = dayNumber(this.firstYear, 1, 1);
    this.days = dayNumber(this.lastYear + 1, 1, 1) - this.origin;
    this.dates = Array.from({ length: this.days + spare }, (_, day) => civilDate(this.origin + day));
  }

  date(day: number): CivilDate {
    return this.dates[day] ?? civilDate(this.origin + day);
  }

  iso(day: number): string {
    return isoDate(this.date(day));
  }

  weekday(day: number): number {
    return weekdayOf(this.origin + day);
  }

  /** Day of the window of an ISO date. */
  dayOf(iso: string): number {
    return parseIso(iso) - this.origin;
  }
}
