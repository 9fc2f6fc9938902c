import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import { findPeakHours } from './peak.js';
import { slotText } from './week-slots.js';

const even = (count: number, changes: Readonly<Record<number, number>> = {}): number[] =>
  Array.from({ length: 168 }, (_, slot) => changes[slot] ?? count);
const exposureHours = even(52);
const FRIDAY_22 = 4 * 24 + 22;

describe('findPeakHours', () => {
  test('names the slot and the block that stand out, with rates an hour', () => {
    const matrix = even(100, {
      [FRIDAY_22]: 300,
      [FRIDAY_22 + 1]: 250,
      [FRIDAY_22 + 2]: 250,
      [FRIDAY_22 + 3]: 200,
    });
    const result = findPeakHours({ matrix, matrixWithoutHeaping: matrix, exposureHours });
    if (result.kind !== 'peak') throw new Error(result.reason);
    expect(result.slot).toMatchObject({ text: 'Friday 22:00–23:00', count: 300, timesMedian: 3 });
    // R: poisson.test(300, 52)$conf.int
    expect(result.slot.lower).toBeCloseTo(5.13479375, 7);
    expect(result.slot.upper).toBeCloseTo(6.46040626, 7);
    expect(result.block).toMatchObject({
      text: 'Friday 22:00–Saturday 02:00',
      count: 1000,
      exposureHours: 208,
    });
    expect(result.passedOver).toEqual([]);
  });

  test('passes over a slot that stands out through heaped times only, and says so', () => {
    const matrix = even(100, { 12: 400, [FRIDAY_22]: 300 });
    const matrixWithoutHeaping = even(100, { [FRIDAY_22]: 300 });
    const result = findPeakHours({ matrix, matrixWithoutHeaping, exposureHours });
    if (result.kind !== 'peak') throw new Error(result.reason);
    expect(result.slot.index).toBe(FRIDAY_22);
    expect(result.passedOver.map(({ reason }) => reason)).toEqual([
      'Monday 12:00–13:00 stands out only through times that forms give when the true time is unknown',
    ]);
    const onlyHeaped = even(100, { 12: 400 });
    expect(
      findPeakHours({ matrix: onlyHeaped, matrixWithoutHeaping: even(100), exposureHours }),
    ).toMatchObject({
      kind: 'no-peak',
      reason:
        'Monday 12:00–13:00 stands out only through times that forms give when the true time is unknown',
    });
  });

  test('names no peak in even noise, in at least 95 of 100 draws', () => {
    let named = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { poisson } = testingRandom(seed);
      const matrix = even(0).map(() => poisson(seed % 2 === 0 ? 4 : 60));
      if (findPeakHours({ matrix, matrixWithoutHeaping: matrix, exposureHours }).kind === 'peak') named++;
    }
    expect(named).toBeLessThanOrEqual(5);
  });

  test('says why there is none: even counts, few events, empty hours, unobserved hours', () => {
    const check = (matrix: readonly number[], exposure: readonly number[] = exposureHours) =>
      findPeakHours({ matrix, matrixWithoutHeaping: matrix, exposureHours: exposure });
    expect(check(even(100)).kind).toBe('no-peak');
    expect(check(even(0))).toEqual({
      kind: 'not-enough-data',
      reason: '0 events are fewer than 336, two for each hour of the week',
    });
    expect(check(even(0, { 5: 1000 })).kind).toBe('not-enough-data');
    expect(check(even(100), even(0)).kind).toBe('not-enough-data');
    expect(() => check([1])).toThrow('168 slots');
  });
});

test('slots read as weekdays and clock times, also over midnight and the end of the week', () => {
  expect(slotText(0)).toBe('Monday 00:00–01:00');
  expect(slotText(23)).toBe('Monday 23:00–24:00');
  expect(slotText(166, 4)).toBe('Sunday 22:00–Monday 02:00');
});
