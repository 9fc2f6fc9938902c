import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addYearsTo, dayNumber, yearOf } from './civil-date.js';

// Date is the yardstick here: it knows the same calendar, but its texts need four-digit years.
const isoDates = fc
  .date({ min: new Date('0001-01-01'), max: new Date('8999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('days are counted as JavaScript counts them, through every century', () => {
  fc.assert(
    fc.property(isoDates, isoDates, (from, to) => {
      expect(dayNumber(to) - dayNumber(from)).toBe((Date.parse(to) - Date.parse(from)) / 86_400_000);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['2019-02-28', '2019-03-01', 1],
  ['2020-02-28', '2020-03-01', 2],
  ['1900-02-28', '1900-03-01', 1],
  ['2000-02-28', '2000-03-01', 2],
  ['1919-10-11', '2019-10-11', 36_525],
  ['9999-12-31', '10000-01-01', 1],
])('from %s to %s it is %i days', (from, to, days) => {
  expect(dayNumber(to) - dayNumber(from)).toBe(days);
});

test.each([
  ['1015-06-30', 1000, '2015-06-30'],
  ['1919-10-11', 100, '2019-10-11'],
  ['1920-02-29', 100, '2020-02-29'],
  ['2000-02-29', 100, '2100-02-28'],
  ['0019-01-01', 100, '0119-01-01'],
  ['9999-12-31', 1000, '10999-12-31'],
])('%s plus %i years is %s', (date, years, later) => {
  expect(addYearsTo(date, years)).toBe(later);
});

test('a year with five digits is read whole', () => {
  expect(yearOf('10999-12-31')).toBe(10_999);
  expect(yearOf('0019-12-31')).toBe(19);
});
