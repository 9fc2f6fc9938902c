import type { CityCounts } from '@crimetracker/crossfilter';
import { VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import { expect, test } from 'vitest';
import { sumOf, timeCounts, waysOut } from './filter-counts.js';
import { FILTER_LABELS } from './filter-words.js';

const LABELS = { ...FILTER_LABELS, dates: 'Dates', time: 'Weekday and hour' };
const noSeries = { grain: 'month' as const, starts: ['2022-01-01'], counts: [0] };

/** Counts of a city where nothing matches, with some of them changed. */
function cityOf(changes: Partial<CityCounts>): CityCounts {
  const values = Object.fromEntries(
    VALUE_DIMENSION_NAMES.map((name) => [name, VALUE_DIMENSIONS[name].values.map(() => 0)]),
  ) as unknown as CityCounts['values'];
  return {
    source: 'lapd',
    range: { from: '2023-01-01', to: '2023-12-31' },
    total: 0,
    before: null,
    values,
    jurisdiction: [0, 0],
    weekHours: new Array<number>(168).fill(0),
    noTime: 0,
    months: noSeries,
    series: noSeries,
    jurisdictionSeries: { ...noSeries, counts: [] },
    weaponSeries: { ...noSeries, counts: [] },
    cells: null,
    ...changes,
  };
}

test('a hidden count makes a sum unknown', () => {
  expect(sumOf([1, 2, 3])).toBe(6);
  expect(sumOf([1, null, 3])).toBeNull();
  expect(sumOf([])).toBe(0);
});

test('weekdays are counted under the chosen hours, and hours under the chosen weekdays', () => {
  const weekHours = Array.from({ length: 168 }, (_, i) => i);
  const city = cityOf({ weekHours });
  expect(timeCounts(city, 'weekday', { hour: [0, 1] })[2]).toBe(48 + 49);
  expect(timeCounts(city, 'hour', { weekday: [0, 6] })[5]).toBe(5 + 149);
  expect(timeCounts(city, 'hour', {})).toHaveLength(24);
});

test('only filters whose clearing finds something are a way out', () => {
  const filters = {
    from: '2023-01-01',
    to: '2023-12-31',
    crime_category: ['Arson' as const],
    weapon_category: ['Knife' as const],
    jurisdiction: ['Hollywood'],
    hour: [3],
  };
  const base = cityOf({});
  const city = cityOf({
    values: { ...base.values, weapon_category: [0, 3, 4] },
    months: { ...noSeries, counts: [9] },
  });
  const ways = waysOut(filters, [city], LABELS);
  expect(ways.map(({ label, counts }) => [label, counts])).toEqual([
    ['Weapon', [7]],
    ['Dates', [9]],
  ]);
  expect(waysOut(filters, [base], LABELS)).toEqual([]);
});
