import { describe, expect, test } from 'vitest';
import { dateHeaping, heapingIndices, removeHeaping } from './heaping.js';

const flat = (changes: Readonly<Record<number, number>> = {}): number[] =>
  Array.from({ length: 1440 }, (_, minute) => changes[minute] ?? 10);

const indicesOf = (counts: readonly number[]): Record<string, number | undefined> => {
  const result = heapingIndices(counts);
  if (result.kind !== 'heaping') throw new Error(result.reason);
  return Object.fromEntries(result.indices.map(({ point, index }) => [point, index]));
};

describe('heapingIndices', () => {
  test('is 1 at every point of even counts', () => {
    expect(indicesOf(flat())).toEqual({ '12:00': 1, '00:00': 1, '00:01': 1, ':00': 1, ':30': 1 });
  });

  test('is the count at a time over the mean 5 to 30 minutes away', () => {
    expect(indicesOf(flat({ 720: 80 }))['12:00']).toBe(8);
    // Neighbours of midnight lie on both sides of it; one minute away is not a neighbour.
    expect(indicesOf(flat({ 0: 55, 1: 40 }))).toMatchObject({ '00:00': 5.5, '00:01': 4 });
  });

  test('flags above 3 only, and events amid none', () => {
    const flags = (counts: readonly number[]) => {
      const result = heapingIndices(counts);
      return result.kind === 'heaping'
        ? result.indices.filter(({ isHeaped }) => isHeaped).map(({ point }) => point)
        : [];
    };
    expect(flags(flat({ 720: 30 }))).toEqual([]);
    expect(flags(flat({ 720: 31 }))).toEqual(['12:00']);
    const alone = new Array<number>(1440).fill(0);
    alone[720] = 5;
    expect(flags(alone)).toEqual(['12:00', ':00']);
  });

  test('says that there is no time at all, and refuses other lengths', () => {
    expect(heapingIndices(new Array(1440).fill(0))).toEqual({
      kind: 'not-enough-data',
      reason: 'no event has a time of day',
    });
    expect(() => heapingIndices([1, 2])).toThrow('1440, one a minute');
  });
});

describe('removeHeaping', () => {
  test('replaces the excess by the mean of neighbours that are not heaped', () => {
    const counts = flat({ 720: 80, 690: 10, 750: 10 });
    const { counts: smoothed, factors, removed } = removeHeaping(counts);
    expect(smoothed).toEqual(flat());
    expect(factors[720]).toBe(1 / 8);
    expect(removed).toBe(70);
  });

  test('takes full and half hours off together without one propping up the other', () => {
    const counts = Array.from({ length: 1440 }, (_, minute) => (minute % 30 === 0 ? 100 : 10));
    expect(removeHeaping(counts, [':00', ':30']).counts).toEqual(flat());
  });

  test('never adds and leaves unflagged counts alone', () => {
    expect(removeHeaping(flat({ 720: 2 }), ['12:00'])).toMatchObject({ removed: 0 });
    expect(removeHeaping(flat({ 720: 25 })).removed).toBe(0);
  });
});

test('dates spread over whole years have indices of 1', () => {
  expect(dateHeaping({ total: 1461, onFirstOfMonth: 48, onFirstOfJanuary: 4 })).toEqual({
    kind: 'date-heaping',
    firstOfMonthIndex: 1,
    firstOfJanuaryIndex: 1,
  });
  // LAPD, West LA 2020–2021: 584 of 12,954 on day 1.
  expect(dateHeaping({ total: 12_954, onFirstOfMonth: 584, onFirstOfJanuary: 35 })).toMatchObject({
    firstOfMonthIndex: expect.closeTo(1.372, 3),
    firstOfJanuaryIndex: expect.closeTo(0.987, 3),
  });
  expect(dateHeaping({ total: 0, onFirstOfMonth: 0, onFirstOfJanuary: 0 }).kind).toBe('not-enough-data');
});
