import type { Dialect, SqlType, SqlValue } from '@crimetracker/engine';

export interface MartColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly unit?: string;
  readonly description: string;
}

/** A table of counts: one query over the incidents of a snapshot, run by the engine. */
export interface CountMart {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly MartColumn[];
  /** The query. It reads the relation `incidents` and gives the columns in their order, sorted by what identifies a row. */
  readonly select: (dialect: Dialect) => string;
}

/** A table of answers, computed from counts. */
export interface ResultMart {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly MartColumn[];
}

export type ResultRow = Readonly<Record<string, SqlValue>>;

/** Rows of a result; a column that a row does not name is null. */
export interface Result {
  readonly mart: ResultMart;
  readonly rows: readonly ResultRow[];
}

/** Whole days from 1 January 1970 to a date: what series are counted by. */
export function dayNumber(dialect: Dialect, date: string): string {
  return dialect.daysBetween(dialect.date('1970-01-01'), date);
}

/** Monday 0 to Sunday 6. Monday 1 January 1900 lies before every date of a snapshot. */
export function weekdayNumber(dialect: Dialect, date: string): string {
  return `MOD(${dialect.daysBetween(dialect.date('1900-01-01'), date)}, 7)`;
}

/** Minute of the day of a time `HH:MM`. */
export function minuteOfDay(dialect: Dialect, time: string): string {
  const part = (from: number) => dialect.cast(`SUBSTR(${time}, ${from}, 2)`, 'bigint');
  return `(${part(1)} * 60 + ${part(4)})`;
}

/** Months since January of year 0 of a date. */
export function monthNumber(dialect: Dialect, date: string): string {
  return `(${dialect.year(date)} * 12 + ${dialect.cast(`SUBSTR(${dialect.isoDate(date)}, 6, 2)`, 'bigint')} - 1)`;
}
