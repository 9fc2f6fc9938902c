import { expect, test } from 'vitest';
import { betterText, summaryLines } from './summary-lines.js';
import { testingPublished } from './testing-published.js';

test('the summary gives certificate, comparison, what binds and who gets most', () => {
  const text = summaryLines(testingPublished()).join('\n');
  expect(text).toContain('Los Angeles, week of Monday 4 May 2026: 3 units, 13 shifts of 8 hours');
  expect(text).toMatch(/Covers [\d.,]+ of [\d.,]+ expected \(recorded incidents\): 40.0 %/);
  expect(text).toMatch(/gap 0.5 %; proven/);
  expect(text).toContain('this schedule covers 11.1 % more');
  expect(text).toContain('Binds: units: eased by one, 3.20 more would be covered');
  expect(text).toContain('Most hours: Central 72');
  expect(text).toContain('recorded incidents, unweighted');
  expect(text).toContain('it does not claim that crime is prevented');
});

test('a comparison that covers more is said to', () => {
  expect(betterText(90, 100)).toBe('this schedule covers 10.0 % less');
  expect(betterText(100, 100)).toBe('this schedule covers as much');
  expect(betterText(1, 0)).toBe('which covers nothing, any schedule is better');
});
