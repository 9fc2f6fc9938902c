import { CrimeTrackerError } from '@crimetracker/schema';
import type { Dialect, SqlType } from '../dialect.js';

const TYPES: Readonly<Record<SqlType, string>> = {
  text: 'VARCHAR',
  date: 'DATE',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
};

/** As escapes of an E'' text. */
const BLANKS = [' ', '\\t', '\\r', '\\n'];

const LOWER = 'abcdefghijklmnopqrstuvwxyz';

/** Throws when a text cannot travel through SQL unchanged: NUL ends DuckDB's SQL text, half a surrogate pair has no UTF-8. */
export function assertSqlText(text: string, what: string): void {
  if (text.includes('\0')) {
    throw new CrimeTrackerError(`The ${what} contains a NUL character, which SQL cannot hold.`, {
      code: 'engine-nul-character',
      exitCode: 2,
      hint: 'Remove the NUL character.',
      where: { text: text.slice(0, 80).replaceAll('\0', '␀') },
    });
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new CrimeTrackerError(`The ${what} contains half a surrogate pair, which UTF-8 cannot hold.`, {
      code: 'engine-lone-surrogate',
      exitCode: 2,
      hint: 'Decode the text with the right encoding.',
    });
  }
}

function quoteText(text: string): string {
  assertSqlText(text, 'text');
  return `'${text.replaceAll("'", "''")}'`;
}

function quoteNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new CrimeTrackerError(`${value} is not a finite number.`, {
      code: 'engine-not-finite',
      exitCode: 1,
    });
  }
  // Without an exponent, DuckDB and Trino read 0.1 as DECIMAL, not DOUBLE.
  const plain = Number.isSafeInteger(value)
    ? String(value)
    : String(value).includes('e')
      ? String(value)
      : `${value}e0`;
  // The parentheses keep `1 - literal(-1)` from becoming a comment.
  return value < 0 ? `(${plain})` : plain;
}

function assertWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value)) {
    throw new CrimeTrackerError(`The ${what} must be a whole number, not ${value}.`, {
      code: 'engine-not-whole',
      exitCode: 1,
    });
  }
}

const codePoints = (text: string): number => [...text].length;

/** DuckDB's SQL. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  identifier(name) {
    assertSqlText(name, 'name');
    if (name === '') {
      throw new CrimeTrackerError('A name in SQL must not be empty.', {
        code: 'engine-empty-name',
        exitCode: 1,
      });
    }
    return `"${name.replaceAll('"', '""')}"`;
  },
  literal(value) {
    if (value === null) return 'NULL';
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
    return typeof value === 'number' ? quoteNumber(value) : quoteText(value);
  },
  type: (type) => TYPES[type],
  cast: (expression, type) => `CAST(${expression} AS ${TYPES[type]})`,
  date(iso) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) {
      throw new CrimeTrackerError(`${JSON.stringify(iso)} is not an ISO date.`, {
        code: 'engine-bad-date',
        exitCode: 1,
      });
    }
    return `DATE '${iso}'`;
  },
  daysBetween: (from, to) => `date_diff('day', ${from}, ${to})`,
  addYears(date, years) {
    assertWhole(years, 'number of years');
    return `CAST(${date} + to_years(${years}) AS DATE)`;
  },
  year: (date) => `year(${date})`,
  isoDate: (date) => `CAST(${date} AS VARCHAR)`,
  joinTexts: (separator, expressions) =>
    expressions.length === 0 ? "''" : `concat_ws(${quoteText(separator)}, ${expressions.join(', ')})`,
  contains: (text, part) => `contains(${text}, ${quoteText(part)})`,
  // trim() and upper() without more would also touch Unicode blanks and letters. Few texts hold a blank, and to look
  // for one costs a third of trimming.
  trim: (text) =>
    `CASE WHEN ${BLANKS.map((blank) => `contains(${text}, E'${blank}')`).join(' OR ')} ` +
    `THEN trim(${text}, E'${BLANKS.join('')}') ELSE ${text} END`,
  upper: (text) => `translate(${text}, '${LOWER}', '${LOWER.toUpperCase()}')`,
  stripPrefix: (text, prefix) =>
    `CASE WHEN starts_with(${text}, ${quoteText(prefix)}) THEN substr(${text}, ${codePoints(prefix) + 1}) ELSE ${text} END`,
  stripSuffix: (text, suffix) =>
    `CASE WHEN ends_with(${text}, ${quoteText(suffix)}) ` +
    `THEN substr(${text}, 1, length(${text}) - ${codePoints(suffix)}) ELSE ${text} END`,
  padStart(text, length, fill) {
    assertWhole(length, 'length');
    if (codePoints(fill) !== 1) {
      throw new CrimeTrackerError(`The fill must be one character, not ${JSON.stringify(fill)}.`, {
        code: 'engine-bad-fill',
        exitCode: 1,
      });
    }
    // lpad() alone cuts longer text and fills the empty one.
    return `CASE WHEN ${text} <> '' AND length(${text}) < ${length} THEN lpad(${text}, ${length}, ${quoteText(fill)}) ELSE ${text} END`;
  },
};
