import { readTime } from './times.js';

export type DateOrder = 'month-first' | 'day-first';

export interface CivilDate {
  /** ISO text, `yyyy-mm-dd`. */
  readonly date: string;
  /** How the date was written. */
  readonly format: 'month/day/year' | 'day/month/year' | 'year-month-day' | 'yyyymmdd';
}

const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:(?:T| +)(\S.*))?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:(?:T| +)(\S.*))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(?:T| +)(\S.*))?$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Reads a civil date in any format the cities have published, mixed in one column: `1/8/2020`, `01/08/20`,
 * `2020-01-08`, `20200108`, each with or without a time after it, which is dropped.
 *
 * Four-digit years stay as written, however odd (1015); of two-digit years 00-69 are 20yy and 70-99 are 19yy.
 * Null when the text is not a date, when no such day exists, or when what follows the date is not a time.
 */
export function readDate(text: string, order: DateOrder = 'month-first'): CivilDate | null {
  const trimmed = text.trim();
  const slashes = SLASHES.exec(trimmed);
  if (slashes !== null) {
    const [, first = '', second = '', year = '', rest] = slashes;
    return order === 'day-first'
      ? civilDate(fullYear(year), Number(second), Number(first), rest, 'day/month/year')
      : civilDate(fullYear(year), Number(first), Number(second), rest, 'month/day/year');
  }
  const iso = ISO.exec(trimmed);
  const parts = iso ?? COMPACT.exec(trimmed);
  if (parts === null) return null;
  const format = iso === null ? 'yyyymmdd' : 'year-month-day';
  return civilDate(Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4], format);
}

/** Tells whether `yyyy-mm-dd` text is a day of the Gregorian calendar, from year 1 on. */
export function isIsoDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

function civilDate(
  year: number,
  month: number,
  day: number,
  time: string | undefined,
  format: CivilDate['format'],
): CivilDate | null {
  if (!isDay(year, month, day)) return null;
  if (time !== undefined && readTime(time) === null) return null;
  return { date: `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`, format };
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && isLeap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0));
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
