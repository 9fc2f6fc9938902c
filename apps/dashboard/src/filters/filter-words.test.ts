import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  choiceText,
  filterSentence,
  hoursText,
  rangeText,
  runsOf,
  shortRangeText,
  weekdaysText,
} from './filter-words.js';

const CITIES = [
  { source: 'lapd', city: 'Los Angeles' },
  { source: 'nypd', city: 'New York' },
];
const chosenOf = (size: number) =>
  fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: size }).map((all) => all.sort((a, b) => a - b));

test('runs hold exactly the numbers they were made of', () => {
  fc.assert(
    fc.property(chosenOf(24), (numbers) => {
      const again = runsOf(numbers).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      expect(again).toEqual(numbers);
    }),
  );
});

test('hours in words can be read back to the same hours, around midnight too', () => {
  fc.assert(
    fc.property(chosenOf(24), (hours) => {
      const text = hoursText(hours);
      if (hours.length === 24) {
        expect(text).toBe('all hours');
        return;
      }
      const read = text.split(/, | and /).flatMap((part) => {
        const [from = 0, to = 0] = part.split('–').map((time) => Number(time.slice(0, 2)));
        const length = (to - from + 24) % 24 || 24;
        return Array.from({ length }, (_, i) => (from + i) % 24);
      });
      expect(read.sort((a, b) => a - b)).toEqual(hours);
    }),
  );
  expect(hoursText([0, 1, 22, 23])).toBe('22:00–02:00');
});

test('weekdays that follow each other are a range, two are two', () => {
  expect(weekdaysText([0, 1, 2, 3, 4])).toBe('Monday to Friday');
  expect(weekdaysText([5, 6])).toBe('Saturday and Sunday');
  expect(weekdaysText([0, 2, 3, 4])).toBe('Monday and Wednesday to Friday');
});

test('ranges of whole years are years', () => {
  expect(rangeText({ from: '2023-01-01', to: '2023-12-31' })).toBe('2023');
  expect(rangeText({ from: '2010-01-01', to: '2023-12-31' })).toBe('2010 to 2023');
  expect(rangeText({ from: '2023-03-01', to: '2023-04-15' })).toBe('1 March to 15 April 2023');
  expect(rangeText({ from: '2022-12-31', to: '2023-01-01' })).toBe('31 December 2022 to 1 January 2023');
  expect(rangeText({ from: '2023-05-05', to: '2023-05-05' })).toBe('5 May 2023');
});

test('short ranges keep both days', () => {
  expect(shortRangeText({ from: '2021-03-01', to: '2023-12-31' })).toBe('1 Mar 2021 – 31 Dec 2023');
  expect(shortRangeText({ from: '2023-01-01', to: '2023-12-31' })).toBe('2023');
  expect(shortRangeText({ from: '2010-01-01', to: '2023-12-31' })).toBe('2010 to 2023');
});

test('the sentence names every filter with all its values', () => {
  const range = { from: '2023-01-01', to: '2023-12-31' };
  expect(filterSentence({}, range, CITIES)).toBe('Los Angeles and New York, 2023: all recorded incidents.');
  const sentence = filterSentence(
    {
      source: ['nypd'],
      crime_category: ['Robbery', 'Burglary'],
      weekday: [4, 5],
      hour: [22, 23],
      jurisdiction: ['Precinct 75'],
      victim_sex: ['Female'],
    },
    range,
    CITIES,
  );
  expect(sentence).toBe(
    'New York, 2023: recorded incidents with crime category: Robbery, Burglary; victim sex: Female; jurisdiction: Precinct 75; weekday: Friday and Saturday; hour: 22:00–00:00.',
  );
});

test('a city that is not known keeps its id', () => {
  expect(choiceText('source', { source: ['cpd'] }, (source) => source)).toBe('cpd');
});
