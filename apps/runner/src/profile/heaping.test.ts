import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapingIndex, profileTimes } from './heaping.js';

const flat = (n: number): number[] => new Array<number>(1440).fill(n);

describe('heapingIndex', () => {
  it('is 1 where every minute is the same', () => {
    expect(heapingIndex(flat(7), 0)).toBe(1);
  });

  it('divides by the mean of the minutes 5 to 30 away, on both sides and across midnight', () => {
    const minutes = flat(0);
    minutes[0] = 100;
    minutes[1436] = 1_000_000;
    minutes[4] = 1_000_000;
    minutes[1435] = 26;
    minutes[30] = 26;
    // 52 minutes are that far away and hold 52 records.
    expect(heapingIndex(minutes, 0)).toBe(100);
  });

  it('is unknown where there is nothing around', () => {
    const minutes = flat(0);
    minutes[720] = 5;
    expect(heapingIndex(minutes, 720)).toBeNull();
  });

  it('does not change when all counts are multiplied', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 59 }), (list, at) => {
        expect(
          heapingIndex(
            list.map((n) => n * 3),
            at,
          ),
        ).toBeCloseTo(heapingIndex(list, at) ?? Number.NaN, 9);
      }),
    );
  });
});

describe('profileTimes', () => {
  it('compares 12:00, 00:00, 00:01, :00 and :30 with an even spread', () => {
    const minutes = flat(1);
    minutes[720] = 561;
    const { records, heaps, top } = profileTimes(minutes, 3, 2);
    expect(records).toBe(2000);
    const noon = heaps.find(({ what }) => what === '12:00');
    expect(noon).toMatchObject({ records: 561, share: 561 / 2000, expected: 1 / 1440, index: 561 });
    expect(noon?.ratio).toBeCloseTo((561 / 2000) * 1440, 9);
    expect(heaps.find(({ what }) => what === ':00')).toMatchObject({ records: 584, expected: 1 / 60 });
    expect(heaps.find(({ what }) => what === ':30')).toMatchObject({ records: 24 });
    expect(heaps.map(({ what }) => what)).toEqual([':00', ':30', '12:00', '00:00', '00:01']);
    expect(top[0]?.what).toBe('12:00');
  });

  it('divides by nothing when there is no time', () => {
    const { top, heaps } = profileTimes(flat(0), 0, 0);
    expect(top).toEqual([]);
    expect(heaps.every(({ share, ratio, index }) => share === 0 && ratio === null && index === null)).toBe(
      true,
    );
  });
});
