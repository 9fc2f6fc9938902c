import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AoristicGroup } from './aoristic.js';
import { aoristicMatrix } from './aoristic.js';
import type { HourEdges } from './aoristic-edges.js';
import { aoristicFromEdges } from './aoristic-edges.js';

const WEEK = 10_080;

/** The edges of single events, as the query of the mart sums them. */
function edgesOf(groups: readonly AoristicGroup[]): readonly HourEdges[] {
  const hours: HourEdges[] = [];
  const add = (minute: number, part: Partial<HourEdges>) =>
    hours.push({ slot: Math.floor(minute / 60), points: 0, edges: 0, moments: 0, long: 0, ...part });
  for (const { weekday, startMinute, durationMinutes, count } of groups) {
    const start = weekday * 1440 + startMinute;
    const length = durationMinutes ?? 0;
    if (length === 0) add(start, { points: count });
    else if (length > WEEK) add(start, { long: count });
    else {
      const edge = count / length;
      const end = (start + length) % WEEK;
      add(start, { edges: edge, moments: edge * start });
      add(end, { edges: -edge, moments: -edge * end });
      if (start + length >= WEEK) add(0, { edges: edge });
    }
  }
  return hours;
}

test('the golden interval, Monday 22:30 to Tuesday 01:15', () => {
  const matrix = aoristicFromEdges(
    edgesOf([{ weekday: 0, startMinute: 1350, durationMinutes: 165, count: 1 }]),
  );
  expect(matrix.slice(22, 26).map((weight) => weight.toFixed(10))).toEqual([
    '0.1818181818',
    '0.3636363636',
    '0.3636363636',
    '0.0909090909',
  ]);
});

test('any events give the matrix of the single events, and weights sum to their number', () => {
  const group = fc.record({
    weekday: fc.integer({ min: 0, max: 6 }),
    startMinute: fc.integer({ min: 0, max: 1439 }),
    durationMinutes: fc.oneof(
      fc.constant(null),
      fc.constant(0),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 2 * WEEK }),
      fc.constant(WEEK),
    ),
    count: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(group, { maxLength: 60 }), (groups) => {
      const expected = aoristicMatrix({ groups, timeZone: 'America/New_York' });
      const matrix = aoristicFromEdges(edgesOf(groups));
      for (const [slot, weight] of matrix.entries())
        expect(weight).toBeCloseTo(expected.matrix[slot] ?? 0, 8);
      const events = groups.reduce((sum, { count }) => sum + count, 0);
      expect(matrix.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(events, 7);
    }),
  );
});
