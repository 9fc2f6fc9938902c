import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSources } from '../sources.js';
import { columnOf, observationIds, profileOf } from './testing-profile.js';

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

describe('what a column holds', { timeout: 30_000 }, () => {
  it('counts each kind of value by its characters', async () => {
    const values = [
      '',
      '12',
      ' 7 ',
      '"1,035,836"',
      '75.0',
      '-1.5',
      '1.5E+08',
      '03/01/2020',
      '2020-03-01T10:00:00.000',
      '10:30',
      '9:05 PM',
      '(null)',
      'N/A',
      'word',
    ];
    const profile = await profileOf({
      csv: lines('id,v', ...values.map((value, index) => `${index},${value}`)),
    });
    const column = columnOf(profile, 'v');
    expect(column.kinds).toEqual({ empty: 1, marker: 2, integer: 3, decimal: 3, date: 2, time: 2, text: 1 });
    expect(column.markers.map(({ value, records }) => [value, records])).toEqual([
      ['(null)', 1],
      ['N/A', 1],
    ]);
    expect(column.numbers_written).toEqual({
      with_decimal_zero: 1,
      with_thousands_commas: 1,
      with_exponent: 1,
      with_leading_zero: 0,
    });
    expect(column.whitespace).toEqual({ leading: 1, trailing: 1, double: 0, only: 0 });
    expect(column.distinct).toBe(13);
    expect(column.lengths).toEqual({ min: 2, max: 23 });
  });

  it('ranks values and shapes, and counts what is repeated', async () => {
    const profile = await profileOf({ csv: lines('v', 'ab', 'ab', 'ab', 'CD', 'CD', 'x1', '') });
    const column = columnOf(profile, 'v');
    expect(column.top).toEqual([
      { value: 'ab', records: 3, share: 3 / 6 },
      { value: 'CD', records: 2, share: 2 / 6 },
      { value: 'x1', records: 1, share: 1 / 6 },
    ]);
    expect(column.repeated).toEqual({ values: 2, records: 5 });
    expect(column.shapes).toEqual({
      distinct: 3,
      sampled_values: null,
      top: [
        { shape: 'aa', records: 3, share: 3 / 6, example: 'ab' },
        { shape: 'AA', records: 2, share: 2 / 6, example: 'CD' },
        { shape: 'a9', records: 1, share: 1 / 6, example: 'x1' },
      ],
    });
    expect([column.first, column.last]).toEqual(['CD', 'x1']);
  });

  it('finds blanks, control characters and spellings of the same value', async () => {
    const profile = await profileOf({
      csv: lines('id,v', '1,New York', '2,NEW YORK', '3,New  York', '4,"a\tb"', '5,   '),
    });
    const column = columnOf(profile, 'v');
    expect(column.whitespace).toEqual({ leading: 0, trailing: 0, double: 1, only: 1 });
    expect(column.control_characters).toBe(1);
    expect(column.spellings).toEqual([['NEW YORK', 'New  York', 'New York']]);
    expect(observationIds(profile, 'v')).toEqual(
      expect.arrayContaining(['spellings', 'control-characters', 'blanks-only', 'blanks-double']),
    );
  });

  it('describes numbers with weighted quartiles and a histogram that loses nobody', async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => String(index + 1));
    const { numbers: found } = columnOf(
      await profileOf({ csv: lines('v', ...numbers, '-5', '0', '"1,000,000"') }),
      'v',
    );
    expect(found).toMatchObject({
      records: 1003,
      min: -5,
      max: 1_000_000,
      zeros: 1,
      negatives: 1,
      quartiles: [249, 500, 751],
    });
    expect(found?.mean).toBeCloseTo((500_500 - 5 + 1_000_000) / 1003, 6);
    const { bins, below, above } = found?.histogram ?? { bins: [], below: 0, above: 0 };
    expect(bins.reduce((sum, n) => sum + n, 0) + below + above).toBe(1003);
    expect(below).toBeGreaterThan(0);
    expect(above).toBeGreaterThan(0);
  });

  it('gives bins of whole numbers the same number of them', async () => {
    const ages = Array.from({ length: 6000 }, (_, index) => String(index % 60));
    const { numbers } = columnOf(await profileOf({ csv: lines('age', ...ages) }), 'age');
    expect(numbers?.histogram).toEqual({
      from: 0,
      to: 59,
      width: 2,
      bins: new Array(30).fill(200),
      below: 0,
      above: 0,
    });
  });

  it('survives numbers no double holds', async () => {
    const { numbers } = columnOf(await profileOf({ csv: lines('v', '9'.repeat(400), '1E999', '5') }), 'v');
    expect(numbers).toMatchObject({ records: 1, min: 5, max: 5, histogram: null });
  });

  it('estimates shapes from a sample when there are too many values, and says so', async () => {
    const ids = Array.from({ length: 5000 }, (_, index) =>
      index % 10 === 0 ? `H${index}` : String(100_000 + index),
    );
    const { shapes, distinct } = columnOf(
      await profileOf({ csv: lines('id', ...ids) }, { shapedValues: 1000 }),
      'id',
    );
    expect(distinct).toBe(5000);
    expect(shapes.sampled_values).toBeGreaterThan(500);
    expect(shapes.sampled_values).toBeLessThan(2000);
    expect(shapes.top[0]?.shape).toBe('999999');
    expect(shapes.top[0]?.share).toBeGreaterThan(0.85);
    expect(shapes.top[0]?.share).toBeLessThan(0.95);
  });
});

describe('dates', { timeout: 30_000 }, () => {
  it('reads one column of several formats, and says that it has several', async () => {
    const values = [
      '03/15/2020',
      '3/15/20',
      '03/15/2020 12:00:00 AM',
      '2020-03-15T00:00:00.000',
      '20200315 00:00:00.000',
      '02/30/2020',
    ];
    const profile = await profileOf({
      csv: lines('id,when', ...values.map((value, index) => `${index},${value}`)),
    });
    const { dates } = columnOf(profile, 'when');
    expect(dates).toMatchObject({
      records: 5,
      unreadable: 1,
      order: 'month-first',
      min: '2020-03-15',
      max: '2020-03-15',
      distinct: 1,
    });
    expect(dates?.years).toEqual([{ year: 2020, records: 5 }]);
    expect(dates?.weekdays).toEqual([0, 0, 0, 0, 0, 0, 5]);
    expect(observationIds(profile, 'when')).toEqual(
      expect.arrayContaining(['formats-mixed', 'dates-impossible']),
    );
  });

  it('does not call one digit or two different formats', async () => {
    const profile = await profileOf({
      csv: lines('when', '1/2/2020 0:00', '11/2/2020 0:00', '11/22/2020 10:00'),
    });
    expect(observationIds(profile, 'when')).not.toContain('formats-mixed');
  });

  it.each([
    ['month-first', ['01/02/2020', '01/25/2020'], '2020-01-02'],
    ['day-first', ['01/02/2020', '25/01/2020'], '2020-01-25'],
    ['undecided', ['01/02/2020', '03/04/2020'], '2020-01-02'],
    ['year-first', ['2020-01-02', '2020-03-04'], '2020-01-02'],
    ['mixed', ['25/01/2020', '26/01/2020', '01/27/2020'], '2020-01-25'],
  ])('finds the order %s by the values above 12', async (order, values, first) => {
    const { dates } = columnOf(await profileOf({ csv: lines('when', ...values) }), 'when');
    expect(dates).toMatchObject({ order, min: first, records: values.length, unreadable: 0 });
  });

  it('reads two-digit years as 1970 to 2069', async () => {
    const { dates } = columnOf(await profileOf({ csv: lines('when', '1/31/69', '1/31/70') }), 'when');
    expect([dates?.min, dates?.max]).toEqual(['1970-01-31', '2069-01-31']);
  });

  it('measures heaping on the first of the month and of the year', async () => {
    const year = Array.from({ length: 365 }, (_, index) =>
      new Date(Date.UTC(2021, 0, 1 + index)).toISOString().slice(0, 10),
    );
    const profile = await profileOf({
      csv: lines('when', ...year, ...new Array<string>(100).fill('2021-01-01')),
    });
    const { dates } = columnOf(profile, 'when');
    const [dayOne, newYear] = dates?.heaps ?? [];
    expect(dayOne).toMatchObject({ what: 'day 1', records: 112, share: 112 / 465, expected: 12 / 365.25 });
    expect(newYear).toMatchObject({
      what: '1 January',
      records: 101,
      share: 101 / 465,
      expected: 1 / 365.25,
    });
    expect(dates?.days[0]).toBe(112);
    expect(observationIds(profile, 'when').filter((id) => id === 'days-heaped')).toHaveLength(2);
  });

  it('tells a dummy time behind dates', async () => {
    const profile = await profileOf({ csv: lines('when', '1/20/2020 0:00', '1/21/2020 0:00') });
    expect(observationIds(profile, 'when')).toContain('time-dummy');
  });
});

describe('times', { timeout: 30_000 }, () => {
  it('reads clocks with and without seconds, and with AM and PM', async () => {
    const profile = await profileOf({
      csv: lines(
        'at',
        '00:00:00',
        '0:38:00',
        '12:00 AM',
        '12:30 PM',
        '11:59 pm',
        '24:00:00',
        '25:10',
        '13:00 PM',
      ),
    });
    const { times } = columnOf(profile, 'at');
    expect(times).toMatchObject({ records: 5, at_24: 1, unreadable: 2 });
    expect(times?.minutes[0]).toBe(2);
    expect(times?.minutes[38]).toBe(1);
    expect(times?.minutes[12 * 60 + 30]).toBe(1);
    expect(times?.minutes[23 * 60 + 59]).toBe(1);
  });

  it('reads military digits in a column that is called a time, and only there', async () => {
    const profile = await profileOf({
      csv: lines('TIME OCC,code', '1,1', '845,845', '2130,2130', '75.0,75', '2400,2400'),
    });
    const { times, numbers } = columnOf(profile, 'TIME OCC');
    expect(times).toMatchObject({ records: 3, at_24: 1, unreadable: 1 });
    expect([times?.minutes[1], times?.minutes[8 * 60 + 45], times?.minutes[21 * 60 + 30]]).toEqual([1, 1, 1]);
    expect(numbers).toBeNull();
    expect(columnOf(profile, 'code').times).toBeNull();
  });
});

describe('ids and duplicates', { timeout: 30_000 }, () => {
  it('finds the id by its values, repeated ids, and rows equal in all or in all but the id', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${1000 + index},street ${index},${index % 7}`);
    const profile = await profileOf({
      csv: lines(
        'case_number,place,kind',
        ...rows,
        '1000,street 0,0',
        '1001,elsewhere,3',
        '5000,street 5,5',
        ',street 6,6',
      ),
    });
    expect(profile.duplicates).toEqual({
      id_column: 'case_number',
      id_known_by: 'values',
      id_empty: 1,
      repeated_ids: 2,
      repeated_id_records: 4,
      repeated_ids_with_different_rows: 1,
      examples: [
        { value: '1000', records: 2, share: 2 / 104 },
        { value: '1001', records: 2, share: 2 / 104 },
      ],
      identical_rows: { groups: 1, records: 2 },
      identical_except_id: { groups: 1, records: 2 },
      excluded: ['case_number'],
    });
  });

  it('leaves out the unnamed index that pandas writes, in which every row differs', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `${index},${9000 + index},same`);
    const { duplicates } = await profileOf({ csv: lines(',case_id,what', ...rows) });
    expect(duplicates).toMatchObject({
      id_column: 'case_id',
      identical_except_id: { groups: 1, records: 50 },
      excluded: ['column 1', 'case_id'],
    });
  });

  it('calls no column an id when none is', async () => {
    const { duplicates } = await profileOf({ csv: lines('a,b', '1,x', '1,x', '2,y', '2,y') });
    expect(duplicates).toMatchObject({
      id_column: null,
      identical_rows: { groups: 2, records: 4 },
      identical_except_id: null,
    });
  });
});

describe('coordinates', { timeout: 30_000 }, () => {
  it('sorts points into located, zero, missing and not on the globe', async () => {
    const { coordinates } = await profileOf({
      csv: lines(
        'id,Lat,Lng',
        '1,34.05,-118.25',
        '2,34.05,-118.25',
        '3,34.10,-118.30',
        '4,0,0',
        '5,0.0,-118.2',
        '6,,',
        '7,34.1,',
        '8,(null),-118',
        '9,x,-118.2',
        '10,91,-118.2',
      ),
    });
    expect(coordinates).toHaveLength(1);
    expect(coordinates[0]).toMatchObject({
      source: null,
      latitude: 'Lat',
      longitude: 'Lng',
      records: 10,
      located: 3,
      zeros: 2,
      missing: 3,
      unreadable: 2,
      outside_city: null,
      box: { south: 34.05, west: -118.3, north: 34.1, east: -118.25 },
      distinct_points: 2,
    });
    expect(coordinates[0]?.shared).toEqual([
      { latitude: 34.05, longitude: -118.25, records: 2, share: 0.2 },
      { latitude: 34.1, longitude: -118.3, records: 1, share: 0.1 },
    ]);
    expect(coordinates[0]?.grid?.cells.reduce((sum, [, , n]) => sum + n, 0)).toBe(3);
  });
});

describe('files of every kind', { timeout: 30_000 }, () => {
  it('profiles a header without records', async () => {
    const profile = await profileOf({ csv: 'a,b\n' });
    expect(profile).toMatchObject({ records: 0, duplicates: null, coordinates: [] });
    expect(profile.columns.map(({ label, kinds, top, lengths }) => ({ label, kinds, top, lengths }))).toEqual(
      [
        { label: 'a', kinds: {}, top: [], lengths: null },
        { label: 'b', kinds: {}, top: [], lengths: null },
      ],
    );
    expect(observationIds(profile, null)).toContain('no-records');
  });

  it('names blank and repeated columns by their position, and keeps their values apart', async () => {
    const profile = await profileOf({ csv: lines('id,x,,x,', '1,a,b,c,d', '2,a,b,c,e') });
    expect(profile.columns.map(({ label, top }) => [label, top[0]?.value])).toEqual([
      ['id', '1'],
      ['x (2)', 'a'],
      ['column 3', 'b'],
      ['x (4)', 'c'],
      ['column 5', 'd'],
    ]);
    expect(observationIds(profile, null)).toEqual(
      expect.arrayContaining(['header-blank', 'header-repeated']),
    );
  });

  it('counts malformed records by reason and leaves them out', async () => {
    const profile = await profileOf({ csv: lines('a,b', '1,2', 'only one', '3,4', '5,6,7', '8') });
    expect(profile.records).toBe(2);
    expect(profile.file).toMatchObject({ malformed: 3 });
    expect(profile.file?.malformed_by_reason.reduce((sum, { records }) => sum + records, 0)).toBe(3);
    expect(profile.file?.malformed_by_reason[0]).toMatchObject({ records: 2, first_record: 2 });
    expect(columnOf(profile, 'a').top.map(({ value }) => value)).toEqual(['1', '3']);
  });

  it('gives the same figures for gzip, tabs, UTF-16 and Windows line ends', async () => {
    const plain = lines('id,when,naïve', '1,01/20/2020,é', '2,01/21/2020,è');
    const figures = async (csv: string | Buffer) => (await profileOf({ csv })).columns;
    const expected = await figures(plain);
    expect(await figures(gzipSync(plain))).toEqual(expected);
    expect(await figures(plain.replaceAll(',', '\t'))).toEqual(expected);
    expect(await figures(plain.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(await figures(Buffer.from(`\ufeff${plain}`, 'utf16le'))).toEqual(expected);
    expect(await figures(Buffer.from(plain, 'latin1'))).toEqual(expected);
  });

  it('describes any table in a document of its schema, every record once', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '(null)',
        '1e400',
        '1,234',
        '75.0',
        '24:00:00',
        '13/13/2020',
        '0/0/0000',
        '12/31/9999 11:59 pm',
        '-inf',
        '.',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0')),
    );
    const inCsv = (row: readonly string[]) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
    const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const profile = await profileOf({ csv: lines('lat,lon,time', ...rows.map(inCsv)) });
        for (const { kinds } of profile.columns) {
          expect(Object.values(kinds).reduce((sum, n) => sum + n, 0)).toBe(rows.length);
        }
        const { located = 0, missing = 0, zeros = 0, unreadable = 0 } = profile.coordinates[0] ?? {};
        expect(located + missing + zeros + unreadable).toBe(rows.length);
      }),
      { numRuns: 25 },
    );
  });

  it('takes names and values that are SQL or HTML for what they are', async () => {
    const hostile = `<script>alert('x')</script>"; DROP TABLE profile_values; --`;
    const quoted = `"${hostile.replaceAll('"', '""')}"`;
    const profile = await profileOf({ csv: lines(`${quoted},b`, `${quoted},1`, `${quoted},2`) });
    expect(columnOf(profile, hostile).top).toEqual([{ value: hostile, records: 2, share: 1 }]);
  });

  it('says why no source is recognised', async () => {
    const adapters = (await loadSources()).map(({ adapter }) => adapter);
    const { file } = await profileOf({ csv: lines('a,b', '1,2') }, { adapters });
    expect(file?.source).toBeNull();
    expect(file?.not_recognised).toContain('nypd: lacks cmplnt_num');
  });

  it('refuses a file that is not of the source the user named', async () => {
    const adapters = (await loadSources()).map(({ adapter }) => adapter);
    await expect(profileOf({ csv: lines('a,b', '1,2') }, { adapters, source: 'nypd' })).rejects.toMatchObject(
      { code: 'header-unknown' },
    );
  });
});
