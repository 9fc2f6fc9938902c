import { describe, expect, test } from 'vitest';
import type { SortColumn } from './jurisdiction-rows.js';
import { comparedYears, jurisdictionRows, shownRows, sparkline } from './jurisdiction-rows.js';

const months = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => new Date(Date.UTC(first, place, 1)).toISOString().slice(0, 10));
const twoYears = { grain: 'month', starts: months(2022, 24) } as const;
const range = { from: '2022-01-01', to: '2023-12-31' };
const open = (month: string) => ({ month, reported: 1, completeness: 0.9, isComplete: false });

describe('comparedYears', () => {
  test('holds the last year against the one before', () => {
    const years = comparedYears(twoYears, range, []);
    expect(years).toMatchObject({ from: '2023-01-01', to: '2023-12-01' });
    expect([years?.before[0], years?.after[0]]).toEqual([0, 12]);
  });

  test('needs two years of whole months', () => {
    expect(comparedYears(twoYears, { ...range, from: '2022-01-02' }, [])).toBeUndefined();
  });

  test('leaves out what is not completely reported', () => {
    expect(comparedYears(twoYears, range, [open('2023-12-01')])).toBeUndefined();
    const three = { grain: 'month', starts: months(2021, 36) } as const;
    const years = comparedYears(three, { from: '2021-01-01', to: '2023-12-31' }, [open('2023-06-01')]);
    expect(years).toMatchObject({ from: '2022-06-01', to: '2023-05-01' });
  });

  test('takes a quarter for complete when its last month is', () => {
    const quarters = {
      grain: 'quarter',
      starts: months(2021, 36).filter((_, place) => place % 3 === 0),
    } as const;
    const years = comparedYears(quarters, { from: '2021-01-01', to: '2023-12-31' }, [open('2023-06-01')]);
    expect(years).toMatchObject({ from: '2022-04-01', to: '2023-01-01' });
  });
});

describe('rows of jurisdictions', () => {
  const series = {
    ...twoYears,
    counts: [
      Array.from({ length: 24 }, (_, place) => (place < 12 ? 10 : 15)),
      Array.from({ length: 24 }, (_, place) => (place === 3 ? null : 10)),
      Array.from({ length: 24 }, () => 0),
    ],
  };
  const entry = { source: 'nypd', city: 'New York', jurisdictions: ['Precinct 10', 'Precinct 9', 'Unknown'] };
  const rows = jurisdictionRows(entry, [300, null, 0], series, comparedYears(twoYears, range, []));
  const names = (column: SortColumn, isDescending: boolean, words = '') =>
    shownRows(rows, { column, isDescending }, words).map(({ name }) => name);

  test('have a change only where all counts are known and there was something before', () => {
    expect(rows.map((row) => row.change)).toEqual([0.5, null, null]);
    expect(rows.map((row) => row.share)).toEqual([1, null, 0]);
    expect(rows.map((row) => row.isClear)).toEqual([true, false, false]);
  });

  test('sort by each column, a hidden count between none and those that are shown, and names by their number', () => {
    expect(names('count', true)).toEqual(['Precinct 10', 'Precinct 9', 'Unknown']);
    expect(names('count', false)).toEqual(['Unknown', 'Precinct 9', 'Precinct 10']);
    expect(names('share', true)).toEqual(['Precinct 10', 'Precinct 9', 'Unknown']);
    expect(names('change', true)[0]).toBe('Precinct 10');
    expect(names('change', false)[0]).toBe('Precinct 10');
    expect(names('name', false)).toEqual(['Precinct 9', 'Precinct 10', 'Unknown']);
  });

  test('are found by a part of the name in any case', () => {
    expect(names('name', false, ' PRECINCT 1')).toEqual(['Precinct 10']);
    expect(names('name', false, 'new york')).toHaveLength(3);
  });
});

test('a sparkline starts at zero and stops at hidden counts', () => {
  expect(sparkline([0, 4, null, 2], 30, 8)).toBe('M0.0,8.0L10.0,0.0M30.0,4.0');
});
