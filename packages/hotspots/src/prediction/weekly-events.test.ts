import { describe, expect, test } from 'vitest';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks, countByWeek, requireEvents } from './weekly-events.js';

const events: WeeklyEvents = {
  firstMonday: '2018-01-01',
  weekStarts: Int32Array.of(0, 2, 2, 4),
  cellOfEvent: Int32Array.of(0, 2, 1, 2),
  countOfEvent: Int32Array.of(3, 1, 1, 5),
};

describe('weekly events', () => {
  test('are added up by cell and by week, several incidents of an entry included', () => {
    const into = new Float64Array(3);
    addWeeks(events, 0, 3, into);
    expect([...into]).toEqual([3, 1, 6]);
    expect([...countByWeek(events)]).toEqual([4, 0, 6]);
    const { countOfEvent: _, ...single } = events;
    expect([...countByWeek(single)]).toEqual([2, 0, 2]);
  });

  test.each([
    ['a week that does not begin on a Monday', { ...events, firstMonday: '2018-01-02' }],
    ['weeks that leave entries out', { ...events, weekStarts: Int32Array.of(0, 2, 3) }],
    ['weeks that run backwards', { ...events, weekStarts: Int32Array.of(0, 3, 2, 4) }],
    ['a cell outside the grid', { ...events, cellOfEvent: Int32Array.of(0, 3, 1, 2) }],
    ['a missing count', { ...events, countOfEvent: Int32Array.of(1) }],
  ])('are refused with %s', (_, wrong) => {
    expect(() => requireEvents(wrong, 3, 'test')).toThrow(/^test: /);
  });
});
