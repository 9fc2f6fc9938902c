import { describe, expect, test } from 'vitest';
import { linePaths, lonePoints, openMonths, openMonthsText, seriesPoints } from './series-points.js';

const month = (name: string, isComplete: boolean | null, completeness: number | null = 0.9) => ({
  month: name,
  reported: 1,
  completeness,
  isComplete,
});
const completeness = [month('2023-10-01', true), month('2023-11-01', false), month('2023-12-01', false, 0.8)];

describe('seriesPoints', () => {
  test('marks weeks that reach beyond the days, and those that touch an incomplete month', () => {
    const series = {
      grain: 'week',
      starts: ['2023-10-16', '2023-10-23', '2023-10-30', '2023-11-06'],
      counts: [1, null, 3, 4],
    } as const;
    const points = seriesPoints(series, { from: '2023-10-18', to: '2023-11-12' }, completeness);
    expect(points.map(({ isWhole }) => isWhole)).toEqual([false, true, true, true]);
    expect(points.map(({ isComplete }) => isComplete)).toEqual([true, true, false, false]);
    expect(points[1]?.count).toBeNull();
  });

  test('takes a month of which nothing is known for complete', () => {
    const series = { grain: 'month', starts: ['2020-01-01'], counts: [5] } as const;
    const range = { from: '2020-01-01', to: '2020-01-31' };
    expect(seriesPoints(series, range, [month('2020-01-01', null)])[0]?.isComplete).toBe(true);
  });

  test('names the incomplete months that are shown', () => {
    const range = { from: '2023-10-05', to: '2023-12-31' };
    expect(openMonthsText(openMonths(range, completeness))).toMatch(
      /^November 2023 to December 2023: .* about 80\.0.% is reported so far\.$/,
    );
    expect(
      openMonthsText(openMonths({ from: '2023-01-01', to: '2023-10-31' }, completeness)),
    ).toBeUndefined();
  });
});

describe('linePaths', () => {
  const at = (x: number, isSure = true) => ({ x, y: x, isSure });
  test('breaks the line off at hidden counts, and draws it broken where a point is not sure', () => {
    expect(linePaths([at(0), at(1), undefined, at(3), at(4, false), at(5)])).toEqual({
      sure: 'M0.0,0.0L1.0,1.0',
      open: 'M3.0,3.0L4.0,4.0M4.0,4.0L5.0,5.0',
    });
  });
  test('leaves points without neighbours to be drawn as dots', () => {
    expect(lonePoints([1, undefined, 3, undefined, 5, 6])).toEqual([1, 3]);
  });
});
