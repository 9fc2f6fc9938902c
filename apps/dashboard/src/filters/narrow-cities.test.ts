import { expect, test } from 'vitest';
import { narrowCities } from './narrow-cities.js';

const CITIES = [
  { source: 'lapd', jurisdictions: ['Central', 'Hollywood', 'Unknown'] },
  { source: 'nypd', jurisdictions: ['Precinct 1', 'Precinct 75', 'Unknown'] },
];

test('a jurisdiction of one city shows that city only', () => {
  expect(narrowCities({}, { jurisdiction: ['Hollywood'] }, CITIES)).toEqual({
    jurisdiction: ['Hollywood'],
    source: ['lapd'],
  });
});

test('jurisdictions of both cities, or one that both have, leave the cities as they are', () => {
  expect(narrowCities({}, { jurisdiction: ['Hollywood', 'Precinct 1'] }, CITIES).source).toBeUndefined();
  expect(narrowCities({ source: ['nypd'] }, { jurisdiction: ['Unknown'] }, CITIES).source).toEqual(['nypd']);
});

test('a jurisdiction of the other city shows the other city', () => {
  const before = { source: ['lapd'], jurisdiction: ['Hollywood'] };
  expect(narrowCities(before, { jurisdiction: ['Precinct 1'] }, CITIES).source).toEqual(['nypd']);
});

test('all cities come back once the jurisdictions that narrowed them are cleared', () => {
  const before = { source: ['lapd'], jurisdiction: ['Hollywood'] };
  const changes = narrowCities(before, { jurisdiction: undefined }, CITIES);
  expect('source' in changes && changes.source === undefined).toBe(true);
});

test('another city takes out the jurisdictions of the first and keeps its own', () => {
  const before = { jurisdiction: ['Hollywood', 'Precinct 1'] };
  expect(narrowCities(before, { source: ['nypd'] }, CITIES).jurisdiction).toEqual(['Precinct 1']);
});

test('other changes pass as they are', () => {
  const changes = { crime_category: ['Arson' as const] };
  expect(narrowCities({ jurisdiction: ['Hollywood'], source: ['lapd'] }, changes, CITIES)).toBe(changes);
});
