import { describe, expect, test } from 'vitest';
import { expectedTotal } from './expected-total.js';

const weekly = (countAt: (week: number) => number) =>
  Float64Array.from({ length: 400 }, (_, week) => countAt(week));

describe('expectedTotal', () => {
  test('continues a constant level', () => {
    expect(
      expectedTotal(
        weekly(() => 20),
        400,
        4,
      ),
    ).toBeCloseTo(80, 9);
  });

  test('follows the season of earlier years at the level of the last', () => {
    const seasonAt = (week: number) => 1 + 0.4 * Math.sin((2 * Math.PI * 7 * week) / 365.25);
    const counts = weekly((week) => (week < 300 ? 1000 : 2000) * seasonAt(week));
    const expected = [0, 1, 2, 3].reduce((sum, step) => sum + 2000 * seasonAt(380 + step), 0);
    expect(expectedTotal(counts, 380, 4) / expected).toBeCloseTo(1, 1);
  });

  test('hardly believes in a season of few incidents', () => {
    const counts = weekly((week) => (week % 52 === 0 ? 1 : 0));
    expect(expectedTotal(counts, 364, 1)).toBeLessThan(0.022);
  });

  test('does not look ahead', () => {
    const past = weekly((week) => week % 9);
    const poisoned = past.map((count, week) => (week < 300 ? count : 1e6));
    expect(expectedTotal(poisoned, 300, 13)).toBe(expectedTotal(past, 300, 13));
  });
});
