import type { CityCounts, Count } from '@crimetracker/crossfilter';
import { VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import { expect, test } from 'vitest';
import { cityFigures } from './city-figures.js';

const YEAR = { from: '2023-01-01', to: '2023-12-31' };
const DATA = { from: '2022-01-01', to: '2023-12-31' };
const noSeries = { grain: 'month' as const, starts: [], counts: [] };

interface Planted {
  readonly total?: Count;
  readonly arrests?: readonly Count[];
  readonly categories?: Readonly<Record<string, Count>>;
  readonly weekHours?: Readonly<Record<number, Count>>;
}

function cityOf({ total = 100, arrests = [0, 0, 0], categories = {}, weekHours = {} }: Planted): CityCounts {
  const values = {
    ...Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [name, VALUE_DIMENSIONS[name].values.map(() => 0)]),
    ),
    arrest_made: arrests,
    crime_category: VALUE_DIMENSIONS.crime_category.values.map((name) => categories[name] ?? 0),
  } as unknown as CityCounts['values'];
  return {
    source: 'lapd',
    range: YEAR,
    total,
    before: null,
    values,
    jurisdiction: [],
    weekHours: Array.from({ length: 168 }, (_, hour) => weekHours[hour] ?? 0),
    noTime: 0,
    months: noSeries,
    series: noSeries,
    jurisdictionSeries: noSeries,
    weaponSeries: noSeries,
    cells: null,
  };
}

test('the share with an arrest is among incidents where it is recorded', () => {
  expect(cityFigures(cityOf({ arrests: [20, 60, 20] }), {}, DATA).arrests).toEqual({
    share: 0.25,
    recorded: 80,
  });
});

test('a city that does not publish arrests is told apart from one where nothing matches', () => {
  expect(cityFigures(cityOf({ arrests: [0, 0, 100] }), {}, DATA).arrests).toBeUndefined();
  expect(cityFigures(cityOf({ total: 0, arrests: [0, 0, 0] }), {}, DATA).arrests).toBeNull();
  expect(cityFigures(cityOf({ arrests: [null, 60, 0] }), {}, DATA).arrests).toBeNull();
});

test('the most common category is one of the chosen ones, its share is of all chosen', () => {
  const city = cityOf({ categories: { Robbery: 30, Arson: 10, Vandalism: 60 } });
  expect(cityFigures(city, {}, DATA).category).toMatchObject({ name: 'Vandalism', count: 60, share: 0.6 });
  expect(cityFigures(city, { crime_category: ['Robbery', 'Arson'] }, DATA).category).toMatchObject({
    name: 'Robbery',
    share: 0.75,
  });
});

test('the busiest hour is within the chosen hours and needs ten incidents', () => {
  const city = cityOf({ weekHours: { 23: 50, [5 * 24 + 23]: 80, [5 * 24 + 2]: 9 } });
  expect(cityFigures(city, {}, DATA).hour?.name).toBe('Saturday 23:00–00:00');
  expect(cityFigures(city, { weekday: [0] }, DATA).hour?.name).toBe('Monday 23:00–00:00');
  expect(cityFigures(city, { hour: [2] }, DATA).hour).toBeNull();
});

test('incidents a day are those of the range that is counted', () => {
  expect(cityFigures(cityOf({ total: 730 }), {}, DATA).perDay).toBe(2);
  expect(cityFigures(cityOf({ total: null }), {}, DATA).perDay).toBeNull();
});
