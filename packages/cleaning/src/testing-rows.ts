import type { Engine, SqlRow, SqlType, SqlValue, TableColumn } from '@crimetracker/engine';
import type { AdapterColumnName, ColumnName, ColumnType, FindingId } from '@crimetracker/schema';
import { ADAPTER_COLUMN_NAMES, columnDefinition, FINDING_IDS } from '@crimetracker/schema';
import fc from 'fast-check';
import { addYearsTo } from './civil-date.js';
import type { CanonicalRow, RowContext } from './clean-row.js';
import type { RowValue } from './evaluate.js';
import { DEFAULT_WINDOW } from './row-rules.js';

/** A sound row: no rule hits it. */
export const SOUND_ROW: CanonicalRow = {
  ...(Object.fromEntries(ADAPTER_COLUMN_NAMES.map((name) => [name, null])) as Record<
    AdapterColumnName,
    RowValue
  >),
  case_num: '123456789',
  report_date: '2019-10-13',
  occurred_date: '2019-10-11',
  occurred_time: '22:15',
  occurred_end_date: '2019-10-12',
  occurred_end_time: '01:30',
  latitude: 40.712776,
  longitude: -74.005974,
  coordinate_quality: 'Located',
};

export const SOUND_CONTEXT: RowContext = { findings: [], atStationHouse: false, window: DEFAULT_WINDOW };

export interface TestRow {
  readonly row: CanonicalRow;
  readonly context: RowContext;
}

/** Dates that lie close together, apart by exactly a century or a millennium, on leap days, or at the edges. */
const dates = fc.oneof(
  { weight: 8, arbitrary: nearby('2019-10-01') },
  { weight: 2, arbitrary: nearby('1919-10-01') },
  { weight: 2, arbitrary: nearby('1019-10-01') },
  { weight: 1, arbitrary: nearby('2119-10-01') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '2020-02-29',
        '1920-02-29',
        '1020-02-29',
        '2016-02-29',
        '1916-02-28',
        '1015-06-30',
        '2015-07-01',
        '2091-01-01',
      ],
      ...[
        '2009-12-31',
        '2010-01-01',
        '2023-12-31',
        '2024-01-01',
        '0019-10-05',
        '0001-01-01',
        '9999-12-31',
        '1900-02-28',
      ],
    ),
  },
);

function nearby(iso: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.integer({ min: -1, max: 1 }),
      fc.constantFrom('10-01', '10-02', '10-03', '12-31', '01-01', '09-30'),
    )
    .map(([years, day]) => addYearsTo(`${iso.slice(0, 4)}-${day}`, years));
}

const times = fc.constantFrom('00:00', '00:01', '12:00', '12:01', '23:59', '08:45', '22:15');
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 6 });

/** Rows near every edge of every rule, with findings and station houses. */
export const testRows: fc.Arbitrary<TestRow> = fc.record({
  row: fc
    .record({
      case_num: orNull(fc.constantFrom('1', "O'Hara;x", '')),
      report_date: orNull(dates),
      occurred_date: orNull(dates),
      occurred_time: orNull(times),
      occurred_end_date: orNull(dates),
      occurred_end_time: orNull(times),
      victim_age_years: orNull(fc.integer({ min: 0, max: 110 })),
      latitude: orNull(fc.constantFrom(40.712776, 34.05)),
      crime_category: fc.constantFrom('Other', "it's", 'Ünïcode 🙂'),
      coordinate_quality: fc.constantFrom('Located', 'Missing', 'Zero'),
    })
    .map((values) => ({ ...SOUND_ROW, ...values })),
  context: fc.record({
    findings: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...FINDING_IDS), { maxLength: 4 }) },
      {
        weight: 1,
        arbitrary: fc.subarray<FindingId>(['occurred-date-unreadable', 'report-date-unreadable'], {
          minLength: 1,
        }),
      },
    ),
    atStationHouse: fc.boolean(),
    window: fc.constant(DEFAULT_WINDOW),
  }),
});

const SQL_TYPES: Readonly<Record<ColumnType, SqlType>> = {
  text: 'text',
  time: 'text',
  date: 'date',
  number: 'double',
  integer: 'bigint',
};

/** The type in which a column is loaded. */
export function sqlTypeOf(name: ColumnName): SqlType {
  return SQL_TYPES[columnDefinition(name).type];
}

/** Loads rows under a name, numbered from 0 in the column `test_row`. */
export async function loadTestRows(engine: Engine, name: string, rows: readonly TestRow[]): Promise<void> {
  const columns: readonly TableColumn[] = [
    { name: 'test_row', type: 'bigint' },
    ...ADAPTER_COLUMN_NAMES.map((column) => ({ name: column, type: sqlTypeOf(column) })),
    { name: 'field_findings', type: 'text' },
    { name: 'at_station_house', type: 'boolean' },
  ];
  await engine.loadRows(
    name,
    columns,
    rows.map(({ row, context }, index): readonly SqlValue[] => [
      index,
      ...ADAPTER_COLUMN_NAMES.map((column) => row[column]),
      FINDING_IDS.filter((id) => context.findings.includes(id)).join(';'),
      context.atStationHouse,
    ]),
  );
}

/** Rows in an order that both readings share. */
export function sorted<Row extends object>(rows: readonly Row[] | readonly SqlRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}
