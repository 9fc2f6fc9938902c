import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Calendar, civilDate, dayNumber, isoDate, weekdayOf } from './calendar.js';

test('day numbers and civil dates agree with the built-in calendar for four centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -70_000, max: 80_000 }), (day) => {
      const builtIn = new Date(day * 86_400_000);
      const date = civilDate(day);
      expect(isoDate(date)).toBe(builtIn.toISOString().slice(0, 10));
      expect(dayNumber(date.year, date.month, date.day)).toBe(day);
      expect(weekdayOf(day)).toBe((builtIn.getUTCDay() + 6) % 7);
    }),
  );
});

test('a calendar counts days from its first one and can name days after its last', () => {
  const calendar = new Calendar([2019, 2020], 40);
  expect(calendar.days).toBe(365 + 366);
  expect(calendar.iso(0)).toBe('2019-01-01');
  expect(calendar.iso(calendar.days)).toBe('2021-01-01');
  expect(calendar.dayOf('2020-02-29')).toBe(365 + 59);
  expect(calendar.iso(-1)).toBe('2018-12-31');
});
