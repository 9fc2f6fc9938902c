import { CrimeTrackerError } from '@crimetracker/schema';
import type { DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import dataAccessors from '@duckdb/node-api/lib/vectors/dataAccessors.js';
import type { SqlType } from '../dialect.js';
import type { NumberColumns, SqlRow, SqlValue, TableColumn } from '../engine.js';
import { assertSqlText } from './duckdb-dialect.js';

const MS_PER_DAY = 86_400_000;

/** Nearly every text; it is spared the closer look. */
const ORDINARY_TEXT = /^[ -~]*$/;

type Json = SqlValue | readonly Json[] | { readonly [key: string]: Json };

function toSafeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new CrimeTrackerError(`The whole number ${value} is too large to be held exactly.`, {
      code: 'engine-number-too-large',
      exitCode: 2,
      hint: 'Cast it in the query: CAST(… AS VARCHAR) or CAST(… AS DOUBLE).',
    });
  }
  return number;
}

function toJson(value: DuckDBValue): Json {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (typeof value === 'bigint') return toSafeNumber(value);
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue ||
    value instanceof DuckDBTimestampTZValue
  ) {
    return value.toString().replace(' ', 'T');
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toJson);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, toJson(entry)]));
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(({ key, value: entry }) => ({ key: toJson(key), value: toJson(entry) }));
  }
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex');
  return value.toString();
}

function toSqlValue(value: DuckDBValue): SqlValue {
  if (value === null || typeof value === 'string') return value;
  const json = toJson(value);
  return json !== null && typeof json === 'object' ? JSON.stringify(json) : json;
}

/**
 * Makes the binding return texts whole. Its decoder (1.5.6) takes U+FEFF at the start of a value for a byte order
 * mark and drops it, so that a text read with SELECT DISTINCT would no longer join with the text it came from.
 */
export function keepByteOrderMarks(): void {
  if (!dataAccessors.textDecoder.ignoreBOM) {
    Object.assign(dataAccessors, { textDecoder: new TextDecoder('utf-8', { ignoreBOM: true }) });
  }
}

/** Reads a result as plain rows. A second column of the same name gets the suffix `:1`. */
export async function readRows(result: DuckDBMaterializedResult): Promise<readonly SqlRow[]> {
  const names = result.deduplicatedColumnNames();
  // A column may be called __proto__: assigning to it would not make a value of that name.
  const row: (values: readonly SqlValue[]) => SqlRow = names.includes('__proto__')
    ? (values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]))
    : (values) => {
        const made: Record<string, SqlValue> = {};
        for (let index = 0; index < names.length; index += 1) {
          made[names[index] as string] = values[index] ?? null;
        }
        return made;
      };
  const rows: SqlRow[] = [];
  for await (const chunk of result) {
    const columns = chunk.getColumns().map((values) => values.map(toSqlValue));
    for (let at = 0; at < chunk.rowCount; at += 1)
      rows.push(row(columns.map((values) => values[at] ?? null)));
  }
  return rows;
}

/** Reads a result of numbers as columns. */
export async function readNumbers(result: DuckDBMaterializedResult): Promise<NumberColumns> {
  const columns = result
    .deduplicatedColumnNames()
    .map((name) => ({ name, numbers: new Float64Array(result.rowCount) }));
  let first = 0;
  for await (const chunk of result) {
    const { rowCount } = chunk;
    for (const [index, { name, numbers }] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let at = 0; at < rowCount; at += 1) {
        numbers[first + at] = toNumber(vector.getItem(at) as DuckDBValue, name);
      }
    }
    first += rowCount;
  }
  return Object.fromEntries(columns.map(({ name, numbers }) => [name, numbers]));
}

function toNumber(value: DuckDBValue, column: string): number {
  if (typeof value === 'number') return value;
  if (value === null) return Number.NaN;
  const json = typeof value === 'string' ? value : toJson(value);
  if (typeof json === 'number') return json;
  throw new CrimeTrackerError(`The column ${column} holds ${JSON.stringify(json)}, which is no number.`, {
    code: 'engine-bad-value',
    exitCode: 1,
    where: { column },
  });
}

function badValue(value: SqlValue, column: TableColumn): CrimeTrackerError {
  return new CrimeTrackerError(
    `${JSON.stringify(value)} is not a value of the ${column.type} column ${column.name}.`,
    {
      code: 'engine-bad-value',
      exitCode: 1,
      where: { column: column.name },
    },
  );
}

function toDate(value: SqlValue, column: TableColumn): DuckDBDateValue {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw badValue(value, column);
  const time = Date.parse(`${value}T00:00:00Z`);
  // Date.parse rolls 30 February over to 1 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    throw badValue(value, column);
  return new DuckDBDateValue(time / MS_PER_DAY);
}

function toText(value: SqlValue, column: TableColumn): string {
  if (typeof value !== 'string') throw badValue(value, column);
  if (!ORDINARY_TEXT.test(value)) assertSqlText(value, `text in column ${column.name}`);
  return value;
}

function toBigInt(value: SqlValue, column: TableColumn): bigint {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw badValue(value, column);
  return BigInt(value);
}

function toDouble(value: SqlValue, column: TableColumn): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badValue(value, column);
  return value;
}

function toBoolean(value: SqlValue, column: TableColumn): boolean {
  if (typeof value !== 'boolean') throw badValue(value, column);
  return value;
}

const CONVERTERS: Readonly<Record<SqlType, (value: SqlValue, column: TableColumn) => DuckDBValue>> = {
  text: toText,
  date: toDate,
  double: toDouble,
  bigint: toBigInt,
  boolean: toBoolean,
};

/** Makes the function that checks a column's values and converts them to DuckDB's. */
export function valueConverter(column: TableColumn): (value: SqlValue) => DuckDBValue {
  const convert = CONVERTERS[column.type];
  if (column.type !== 'date') return (value) => (value === null ? null : convert(value, column));
  // Reading a date costs 2 µs, and a table of crimes has few dates.
  const known = new Map<SqlValue, DuckDBValue>([[null, null]]);
  return (value) => {
    let date = known.get(value);
    if (date === undefined) {
      date = convert(value, column);
      known.set(value, date);
    }
    return date;
  };
}
