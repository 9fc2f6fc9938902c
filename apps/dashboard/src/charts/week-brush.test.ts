import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAYS, HOURS, isBetween, isWeekCellChosen, movedCell, weekFilters } from './week-brush.js';

const cell = fc.record({
  weekday: fc.integer({ min: 0, max: DAYS - 1 }),
  hour: fc.integer({ min: 0, max: HOURS - 1 }),
});

describe('the brush over the week', () => {
  test('filters exactly the hours of the rectangle, from whichever corner it is drawn', () => {
    fc.assert(
      fc.property(cell, cell, cell, (a, b, one) => {
        expect(isWeekCellChosen(weekFilters(a, b), one)).toBe(isBetween(one, a, b));
        expect(weekFilters(a, b)).toEqual(weekFilters(b, a));
      }),
    );
  });

  test('is no filter by day over all days, and none by hour over all hours', () => {
    expect(weekFilters({ weekday: 0, hour: 3 }, { weekday: 6, hour: 4 })).toEqual({
      weekday: undefined,
      hour: [3, 4],
    });
    expect(weekFilters({ weekday: 2, hour: 23 }, { weekday: 2, hour: 0 })).toEqual({
      weekday: [2],
      hour: undefined,
    });
  });

  test('moves by arrow keys and stops at the edges', () => {
    expect(movedCell({ weekday: 0, hour: 0 }, 'ArrowUp')).toEqual({ weekday: 0, hour: 0 });
    expect(movedCell({ weekday: 6, hour: 22 }, 'ArrowRight')).toEqual({ weekday: 6, hour: 23 });
    expect(movedCell({ weekday: 6, hour: 22 }, 'End')).toEqual({ weekday: 6, hour: 23 });
    expect(movedCell({ weekday: 6, hour: 22 }, 'x')).toBeUndefined();
  });
});
