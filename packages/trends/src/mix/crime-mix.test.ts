import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crimeMix } from './crime-mix.js';
import { shareChange } from './share-change.js';

const mixOf = (rows: readonly (readonly [string, number, number])[]) => {
  const result = crimeMix(rows.map(([category, year, count]) => ({ category, year, count })));
  if (result.kind !== 'mix') throw new Error(result.reason);
  return result;
};

test('the change of a share has Newcombe’s published interval', () => {
  // Newcombe 1998, table II, example (a): 56/70 against 48/80, method 10.
  const change = shareChange({ count: 48, total: 80 }, { count: 56, total: 70 });
  expect(change?.difference).toBeCloseTo(0.2, 12);
  expect(change?.lower).toBeCloseTo(0.0524, 4);
  expect(change?.upper).toBeCloseTo(0.3339, 4);
  expect(shareChange({ count: 0, total: 0 }, { count: 1, total: 2 })).toBeUndefined();
});

describe('crimeMix', () => {
  test('gives shares, ranks with ties, and changes against the year before', () => {
    const { years } = mixOf([
      ['theft', 2019, 60],
      ['assault', 2019, 30],
      ['robbery', 2019, 10],
      ['theft', 2020, 40],
      ['assault', 2020, 60],
      ['robbery', 2020, 40],
    ]);
    const [first, second] = years;
    expect(first?.categories.map(({ category, share, rank }) => [category, share, rank])).toEqual([
      ['theft', 0.6, 1],
      ['assault', 0.3, 2],
      ['robbery', 0.1, 3],
    ]);
    expect(first?.categories[0]).toMatchObject({
      ranksGained: undefined,
      shareChange: undefined,
      rateChange: undefined,
    });
    expect(first?.orderKept).toBeUndefined();
    expect(
      second?.categories.map(({ category, rank, ranksGained }) => [category, rank, ranksGained]),
    ).toEqual([
      ['assault', 1, 1],
      ['robbery', 2, 1],
      ['theft', 2, -1],
    ]);
    // 60 in 366 days against 30 in 365.
    expect(second?.categories[0]?.rateChange?.ratio).toBeCloseTo((60 / 366) * (365 / 30), 12);
    expect(second?.orderKept).toBeLessThan(1);
  });

  test('counts a category without a row as none, in both directions', () => {
    const { years } = mixOf([
      ['theft', 2019, 5],
      ['cannabis', 2020, 3],
      ['theft', 2020, 5],
    ]);
    expect(years[0]?.categories.map(({ category, count }) => [category, count])).toEqual([
      ['theft', 5],
      ['cannabis', 0],
    ]);
    expect(years[1]?.categories.find(({ category }) => category === 'cannabis')).toMatchObject({
      rateChange: { ratio: undefined, upper: undefined },
      shareChange: { difference: 3 / 8 },
    });
  });

  test('gives no change over a gap, and leaves out a year without incidents', () => {
    const { years, leftOut } = mixOf([
      ['theft', 2018, 5],
      ['theft', 2019, 0],
      ['theft', 2020, 5],
    ]);
    expect(years.map(({ year }) => year)).toEqual([2018, 2020]);
    expect(years[1]?.categories[0]?.shareChange).toBeUndefined();
    expect(leftOut).toEqual([{ year: 2019, reason: 'no incident in 2019' }]);
  });

  test('says when there is nothing, and refuses a negative count', () => {
    expect(crimeMix([])).toEqual({
      kind: 'not-enough-data',
      reason: 'no incident of any category in any year',
    });
    expect(() => crimeMix([{ category: 'theft', year: 2019, count: -1 }])).toThrow('at least 0');
  });

  test('shares of every year sum to 1 and lie in their intervals, for any counts', () => {
    const rows = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        fc.integer({ min: 2010, max: 2013 }),
        fc.integer({ min: 0, max: 100_000 }),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        fc.pre(list.some(([, , count]) => count > 0));
        for (const { categories, total } of mixOf(list).years) {
          expect(categories.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
          expect(categories.reduce((sum, { count }) => sum + count, 0)).toBe(total);
          for (const { share, interval, shareChange: change } of categories) {
            expect(share).toBeGreaterThanOrEqual(interval.lower);
            expect(share).toBeLessThanOrEqual(interval.upper);
            if (change === undefined) continue;
            expect(change.lower).toBeLessThanOrEqual(change.difference);
            expect(change.upper).toBeGreaterThanOrEqual(change.difference);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
