import { expect, test } from 'vitest';
import { firstYearNeeded, loadedRange, sizeText, yearsText, yearsToLoad } from './needed-years.js';

const CITY = {
  source: 'nypd',
  range: { from: '2010-01-01', to: '2023-12-31' },
  years: [2010, 2011, 2020, 2021, 2022, 2023].map((year) => ({ year, incidents: 10, bytes: 100 })),
};

test('a year needs itself and the year before', () => {
  expect(firstYearNeeded({ from: '2023-01-01', to: '2023-12-31' }, CITY)).toBe(2022);
  expect(firstYearNeeded({ from: '2021-07-01', to: '2022-06-30' }, CITY)).toBe(2020);
});

test('ranges of several years need as many years before them', () => {
  expect(firstYearNeeded({ from: '2020-01-01', to: '2022-12-31' }, CITY)).toBe(2017);
});

test('years before that the data do not have are not needed, as nothing is compared', () => {
  expect(firstYearNeeded({ from: '2012-01-01', to: '2023-12-31' }, CITY)).toBe(2012);
  expect(firstYearNeeded({}, CITY)).toBe(2010);
});

test('a range beside the data needs hardly anything', () => {
  expect(firstYearNeeded({ from: '2001-01-01', to: '2002-01-01' }, CITY)).toBe(2023);
});

test('what is loaded is never loaded again, and leaves no gap', () => {
  const years = (first: number, loaded?: number) => yearsToLoad(CITY, first, loaded).map(({ year }) => year);
  expect(years(2022)).toEqual([2023, 2022]);
  expect(years(2011, 2022)).toEqual([2021, 2020, 2011]);
  expect(years(2022, 2022)).toEqual([]);
  expect(loadedRange(CITY, 2020)).toEqual({ from: '2020-01-01', to: '2023-12-31' });
  expect(loadedRange({ range: { from: '2010-05-01', to: '2023-12-31' } }, 2010).from).toBe('2010-05-01');
});

test('sizes and years are told in few words', () => {
  expect(sizeText(12_345_678)).toBe('12 MB');
  expect(sizeText(20_000)).toBe('0.1 MB');
  expect(yearsText([2012, 2010, 2011])).toBe('2010 to 2012');
});
