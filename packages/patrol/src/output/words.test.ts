import { expect, test } from 'vitest';
import { counted, dateText, daysText, hourText, localTime, percent, points } from './words.js';

test('small shares keep two digits', () => {
  expect([0, 0.5, 0.01234, 0.00456, 0.0000312, 1].map(percent)).toEqual([
    '0.0 %',
    '50.0 %',
    '1.2 %',
    '0.46 %',
    '0.0031 %',
    '100.0 %',
  ]);
  expect(points(-0.0123)).toBe('−1.2 points');
});

test('days in a row are a range', () => {
  expect(daysText([0, 1, 2, 3, 4])).toBe('Mon–Fri');
  expect(daysText([0, 1, 5])).toBe('Mon, Tue, Sat');
  expect(daysText([6])).toBe('Sun');
});

test('dates, hours and counts are words', () => {
  expect(dateText('2026-05-04')).toBe('Monday 4 May 2026');
  expect(hourText(30)).toBe('06:00');
  expect([counted(1, 'unit'), counted(1200, 'unit')]).toEqual(['1 unit', '1,200 units']);
});

test('local times carry their offset, before and after clocks change', () => {
  const at = (utc: string, zone = 'America/New_York') =>
    Object.values(localTime(zone, Date.parse(utc))).join(' ');
  expect(at('2026-03-08T06:59:00Z')).toBe('2026-03-08 01:59 UTC-05:00');
  expect(at('2026-03-08T07:00:00Z')).toBe('2026-03-08 03:00 UTC-04:00');
  expect(at('2026-01-01T20:00:00Z', 'Asia/Kolkata')).toBe('2026-01-02 01:30 UTC+05:30');
});
