import { expect, test } from 'vitest';
import { incompleteMonths } from './incomplete-months.js';

const month = (name: string, completeness: number | null, isComplete: boolean | null) => ({
  month: name,
  reported: 100,
  completeness,
  isComplete,
});
const CITY = {
  city: 'New York',
  completeness: [
    month('2023-09-01', 0.99, true),
    month('2023-10-01', 0.97, false),
    month('2023-11-01', 0.95, false),
    month('2023-12-01', 0.87, false),
  ],
};

test('months of the range that are not complete are named with how much is there', () => {
  expect(incompleteMonths([CITY], { from: '2023-01-01', to: '2023-12-31' })).toEqual([
    'New York: October 2023 to December 2023 are not complete yet (about 87.0 % of the last month is reported). Counts of these months are too low.',
  ]);
  expect(incompleteMonths([CITY], { from: '2023-12-05', to: '2023-12-31' })[0]).toMatch(
    /^New York: December 2023 is not complete yet \(about 87/,
  );
});

test('ranges before them, and months of which nothing is known, are not warned of', () => {
  expect(incompleteMonths([CITY], { from: '2022-01-01', to: '2023-09-30' })).toEqual([]);
  const unknown = { city: 'Los Angeles', completeness: [month('2023-12-01', null, null)] };
  expect(incompleteMonths([unknown], { from: '2023-01-01', to: '2023-12-31' })).toEqual([]);
});
