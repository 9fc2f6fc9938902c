import { daysIn } from '@crimetracker/crossfilter';
import { expect, test } from 'vitest';
import { lastYears, wholeYears } from './date-presets.js';

test('the last twelve months end with the data and have a year of days', () => {
  const data = { from: '2010-01-01', to: '2023-06-30' };
  expect(lastYears(data, 1)).toEqual({ from: '2022-07-01', to: '2023-06-30' });
  expect(daysIn(lastYears(data, 1))).toBe(365);
  expect(lastYears(data, 3).from).toBe('2020-07-01');
});

test('a leap day at the end neither loses nor doubles a day', () => {
  expect(lastYears({ from: '2010-01-01', to: '2024-02-29' }, 1)).toEqual({
    from: '2023-03-01',
    to: '2024-02-29',
  });
  expect(lastYears({ from: '2010-01-01', to: '2024-02-28' }, 1)).toEqual({
    from: '2023-03-01',
    to: '2024-02-28',
  });
});

test('never before the data begin', () => {
  expect(lastYears({ from: '2023-01-01', to: '2023-06-30' }, 3).from).toBe('2023-01-01');
});

test('years are the newest first', () => {
  expect(wholeYears({ from: '2021-05-01', to: '2023-06-30' })).toEqual(['2023', '2022', '2021']);
});
