import { dayIndexOf, isoDateOf, weekdayOf } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AoristicGroup, AoristicWeights, WallClockInterval } from './aoristic.js';
import { aoristicMatrix, aoristicWeights } from './aoristic.js';
import { clockChangeWindows } from './clock-change-windows.js';
import { slotIndex } from './week-slots.js';

const timeZone = 'America/New_York';

const interval = (start: string, end?: string): WallClockInterval => {
  const [startDate = '', startTime] = start.split(' ');
  const [endDate, endTime] = end?.split(' ') ?? [];
  return { startDate, startTime, endDate, endTime };
};

const weighted = (result: AoristicWeights): Extract<AoristicWeights, { kind: 'weighted' }> => {
  if (result.kind !== 'weighted') throw new Error(result.reason);
  return result;
};

/** The slots with weight, by "weekday hour". */
const slots = (weights: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    weights.flatMap((weight, index) =>
      weight === 0 ? [] : [[`${Math.floor(index / 24)} ${index % 24}`, Number(weight.toFixed(10))]],
    ),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('aoristicWeights', () => {
  test('gives the golden weights of Monday 22:30 to Tuesday 01:15', () => {
    const { weights, basis } = weighted(
      aoristicWeights(interval('2019-06-03 22:30', '2019-06-04 01:15'), { timeZone }),
    );
    expect(basis).toBe('interval');
    expect(slots(weights)).toEqual({
      '0 22': 0.1818181818,
      '0 23': 0.3636363636,
      '1 0': 0.3636363636,
      '1 1': 0.0909090909,
    });
  });

  test.each([
    ['no end', interval('2019-06-03 22:30')],
    ['an end without a time', { startDate: '2019-06-03', startTime: '22:30', endDate: '2019-06-05' }],
    ['an end equal to the start', interval('2019-06-03 22:30', '2019-06-03 22:30')],
  ])('puts an event with %s into the hour of its start', (_name, event) => {
    const result = weighted(aoristicWeights(event, { timeZone }));
    expect(slots(result.weights)).toEqual({ '0 22': 1 });
    expect(result.basis).toBe('point');
  });

  test('swaps an end before the start and says so', () => {
    const result = weighted(aoristicWeights(interval('2019-06-04 01:15', '2019-06-03 22:30'), { timeZone }));
    expect(result.isSwapped).toBe(true);
    expect(result.weights).toEqual(
      weighted(aoristicWeights(interval('2019-06-03 22:30', '2019-06-04 01:15'), { timeZone })).weights,
    );
  });

  test('has no 02:xx in the spring night and two hours of 01:xx in the autumn night', () => {
    expect(
      slots(
        weighted(aoristicWeights(interval('2019-03-10 01:00', '2019-03-10 04:00'), { timeZone })).weights,
      ),
    ).toEqual({ '6 1': 0.5, '6 3': 0.5 });
    expect(
      slots(
        weighted(aoristicWeights(interval('2019-11-03 00:00', '2019-11-03 03:00'), { timeZone })).weights,
      ),
    ).toEqual({ '6 0': 0.25, '6 1': 0.5, '6 2': 0.25 });
  });

  test('reads 01:40 to 01:10 in the autumn night as half an hour into the second 01:xx', () => {
    const result = weighted(aoristicWeights(interval('2019-11-03 01:40', '2019-11-03 01:10'), { timeZone }));
    expect(result.isSwapped).toBe(false);
    expect(slots(result.weights)).toEqual({ '6 1': 1 });
  });

  test('puts a time that the clocks left out an hour later', () => {
    expect(slots(weighted(aoristicWeights(interval('2019-03-10 02:30'), { timeZone })).weights)).toEqual({
      '6 3': 1,
    });
  });

  test('spreads or drops an interval over seven days', () => {
    const long = interval('2019-06-03 00:00', '2019-06-10 00:01');
    expect(weighted(aoristicWeights(long, { timeZone })).weights).toEqual(
      Array.from({ length: 168 }, () => 1 / 168),
    );
    expect(aoristicWeights(long, { timeZone, longIntervals: 'drop' })).toEqual({
      kind: 'dropped',
      reason: 'the interval is longer than seven days',
    });
    const week = weighted(aoristicWeights(interval('2019-06-03 00:00', '2019-06-10 00:00'), { timeZone }));
    expect(week.basis).toBe('interval');
  });

  test.each([['2019-02-29 10:00'], ['2019-06-03 24:00'], ['2019-06-03']])(
    'drops an event whose start %j is no time',
    (start) => {
      expect(aoristicWeights(interval(start), { timeZone }).kind).toBe('dropped');
    },
  );
});

const zones = fc.constantFrom('America/New_York', 'America/Los_Angeles');
const text = (minutes: number): string =>
  new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
const START_MINUTE = Date.UTC(2010, 0, 1) / 60_000;
const anyMinute = fc.integer({ min: START_MINUTE, max: Date.UTC(2023, 11, 31) / 60_000 });
/** Within a day of one of the changes of the clocks, 2010 to 2023. */
const changeMinute = fc
  .tuple(
    fc.constantFrom(...clockChangeWindows('America/New_York', 2010, 2023)),
    fc.integer({ min: -1440, max: 1440 }),
  )
  .map(([window, shift]) => Date.parse(`${window.from.replace(' ', 'T')}Z`) / 60_000 + shift);
const durations = fc.oneof(
  fc.integer({ min: -600, max: 600 }),
  fc.integer({ min: 0, max: 11_000 }),
  fc.constant(null),
);

test('the weights of any interval sum to 1, also around changes of the clocks', () => {
  fc.assert(
    fc.property(zones, fc.oneof(anyMinute, changeMinute), durations, (zone, start, duration) => {
      const event = interval(text(start), duration === null ? undefined : text(start + duration));
      const { weights } = weighted(aoristicWeights(event, { timeZone: zone }));
      expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-12);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 3000 },
  );
});

test('grouped events give the matrix of the single ones, and as many events', () => {
  const events = fc.array(fc.tuple(fc.oneof(anyMinute, changeMinute), durations), { maxLength: 60 });
  fc.assert(
    fc.property(zones, events, fc.constantFrom('uniform', 'drop'), (zone, list, longIntervals) => {
      const windows = clockChangeWindows(zone, 2009, 2024);
      const groups: AoristicGroup[] = [];
      const dated: (WallClockInterval & { count: number })[] = [];
      const expected = new Array<number>(168).fill(0);
      let kept = 0;
      for (const [start, duration] of list) {
        const end = start + (duration ?? 0);
        const event = interval(text(start), duration === null ? undefined : text(end));
        const result = aoristicWeights(event, { timeZone: zone, longIntervals });
        if (result.kind === 'weighted') {
          kept++;
          for (const [slot, weight] of result.weights.entries())
            expected[slot] = (expected[slot] ?? 0) + weight;
        }
        const [from, to] = [text(Math.min(start, end)), text(Math.max(start, end))];
        if (windows.some((window) => from <= window.to && to >= window.from))
          dated.push({ ...event, count: 1 });
        else {
          const weekday = weekdayOf(dayIndexOf(event.startDate) ?? 0);
          groups.push({
            weekday,
            startMinute: ((start % 1440) + 1440) % 1440,
            durationMinutes: duration,
            count: 1,
          });
        }
      }
      const found = aoristicMatrix({ groups, dated, timeZone: zone, longIntervals });
      for (const [slot, value] of expected.entries()) expect(found.matrix[slot]).toBeCloseTo(value, 10);
      expect(found.total).toBe(kept);
      expect(sum(found.matrix)).toBeCloseTo(kept, 9);
      expect(kept + sum(found.dropped.map(({ count }) => count))).toBe(list.length);
    }),
    { numRuns: 400 },
  );
});

describe('aoristicMatrix', () => {
  test('wraps Sunday night into Monday and weighs by count', () => {
    const { matrix, total } = aoristicMatrix({
      timeZone,
      groups: [{ weekday: 6, startMinute: 23 * 60 + 30, durationMinutes: 60, count: 10 }],
    });
    expect(slots(matrix)).toEqual({ '0 0': 5, '6 23': 5 });
    expect(total).toBe(10);
  });

  test('calls times without any interval recorded time', () => {
    const groups = [{ weekday: 0, startMinute: 720, durationMinutes: null, count: 3 }];
    expect(aoristicMatrix({ timeZone, groups }).basis).toBe('recorded time');
    expect(aoristicMatrix({ timeZone, groups: [] })).toMatchObject({ total: 0, basis: 'recorded time' });
  });

  test('counts what was swapped, spread evenly and dropped', () => {
    const groups = [
      { weekday: 0, startMinute: 10, durationMinutes: -30, count: 2 },
      { weekday: 0, startMinute: 10, durationMinutes: 20_000, count: 4 },
    ];
    expect(aoristicMatrix({ timeZone, groups })).toMatchObject({ swapped: 2, intervals: 2, uniform: 4 });
    expect(aoristicMatrix({ timeZone, groups, longIntervals: 'drop' })).toMatchObject({
      total: 2,
      dropped: [{ reason: 'the interval is longer than seven days', count: 4 }],
    });
  });

  test('refuses a group outside its ranges', () => {
    const bad = { weekday: 7, startMinute: 0, durationMinutes: 0, count: 1 };
    expect(() => aoristicMatrix({ timeZone, groups: [bad] })).toThrow('out of range');
  });

  test('scales events by the factor of the minute at which they start', () => {
    const minuteFactors = Array.from({ length: 1440 }, (_, minute) => (minute === 720 ? 0.25 : 1));
    const { matrix, total } = aoristicMatrix({
      timeZone,
      minuteFactors,
      groups: [
        { weekday: 0, startMinute: 720, durationMinutes: 0, count: 8 },
        { weekday: 0, startMinute: 721, durationMinutes: 0, count: 1 },
      ],
      dated: [{ ...interval('2019-03-10 12:00'), count: 4 }],
    });
    expect(matrix[slotIndex({ weekday: 0, hour: 12 })]).toBe(3);
    expect(matrix[slotIndex({ weekday: 6, hour: 12 })]).toBe(1);
    expect(total).toBe(4);
  });

  test('keeps the sum of a million groups', () => {
    const groups = Array.from({ length: 1_000_000 }, (_, index) => ({
      weekday: index % 7,
      startMinute: (index * 17) % 1440,
      durationMinutes: (index * 7919) % 10_080,
      count: 1 + (index % 9),
    }));
    const { matrix, total } = aoristicMatrix({ timeZone, groups });
    expect(Math.abs(sum(matrix) / total - 1)).toBeLessThan(1e-12);
  });
});

test('the clocks of a year leave out and repeat one hour each', () => {
  expect(clockChangeWindows('America/Los_Angeles', 2023, 2023)).toEqual([
    { from: '2023-03-12 02:00', to: '2023-03-12 03:00', kind: 'left-out' },
    { from: '2023-11-05 01:00', to: '2023-11-05 02:00', kind: 'repeated' },
  ]);
});

test('a day index and its date give each other', () => {
  expect(dayIndexOf('1970-01-01')).toBe(0);
  expect(isoDateOf(dayIndexOf('2024-02-29') ?? 0)).toBe('2024-02-29');
  expect(dayIndexOf('2023-02-29')).toBeUndefined();
});
