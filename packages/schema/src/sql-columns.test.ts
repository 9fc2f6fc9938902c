import { expect, test } from 'vitest';
import { COLUMN_NAMES } from './columns.js';
import { athenaColumns, duckDbColumns } from './sql-columns.js';

test('both engines list every column of the catalogue in its order', () => {
  expect(duckDbColumns().map((column) => column.name)).toEqual(COLUMN_NAMES);
  expect(athenaColumns().map((column) => column.name)).toEqual(COLUMN_NAMES);
});

test.each([
  ['report_date', 'DATE', 'date'],
  ['occurred_time', 'VARCHAR', 'string'],
  ['crime_code', 'VARCHAR', 'string'],
  ['latitude', 'DOUBLE', 'double'],
  ['victim_age_years', 'BIGINT', 'bigint'],
])('%s is %s in DuckDB and %s in Athena', (name, duckDb, athena) => {
  expect(duckDbColumns().find((column) => column.name === name)?.type).toBe(duckDb);
  expect(athenaColumns().find((column) => column.name === name)?.type).toBe(athena);
});
