import { expect, test } from 'vitest';
import { NO_VALUE, valueText } from './values.js';

test('a value is written as its column says', () => {
  expect(valueText(12_345, 'count')).toBe('12,345');
  expect(valueText(-12, 'count')).toBe('−12');
  expect(valueText(0.1234, 'share')).toBe('12.3 %');
  expect(valueText(0.00123, 'share')).toBe('0.12 %');
  expect(valueText(1.1032, 'change')).toBe('+10.3 %');
  expect(valueText(0.9, 'change')).toBe('−10.0 %');
  expect(valueText(1.0001, 'change')).toBe('0.0 %');
  expect(valueText(0.9999, 'change')).toBe('0.0 %');
  expect(valueText(-3, 'percent')).toBe('−3.0 %');
  expect(valueText(0.2, 'points')).toBe('+20.0 points');
  expect(valueText(0.0000001, 'probability')).toBe('below 0.001');
  expect(valueText('2023-12-01', 'month')).toBe('December 2023');
  expect(valueText('2023-12-01', 'date')).toBe('1 December 2023');
  expect(valueText('soon', 'date')).toBe('soon');
  expect(valueText(5, 'weekday')).toBe('Saturday');
  expect(valueText(7, 'hour')).toBe('07:00');
  expect(valueText(2023, 'text')).toBe('2023');
  expect(valueText(true, 'text')).toBe('yes');
  for (const nothing of [null, undefined]) expect(valueText(nothing, 'count')).toBe(NO_VALUE);
});
