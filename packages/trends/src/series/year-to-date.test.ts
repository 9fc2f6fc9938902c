import { describe, expect, it } from 'vitest';
import { compareYearToDate } from './year-to-date.js';

describe('compareYearToDate', () => {
  it('gives the p-values of the exact test and the E-test', () => {
    const { pValue, meansTestPValue, changePercent, verdict } = compareYearToDate({
      current: 6,
      previous: 2,
    });
    expect(pValue).toBeCloseTo(0.2890625, 10);
    expect(meansTestPValue).toBeCloseTo(0.17487482, 8);
    expect(changePercent).toBeCloseTo(200, 10);
    expect(verdict).toBe('no clear change');
  });

  it('finds the rise of homicides in New York from 319 to 468', () => {
    const { verdict, changePercent, interval } = compareYearToDate({
      current: 468,
      previous: 319,
      currentDays: 366,
      previousDays: 365,
    });
    expect(verdict).toBe('more');
    expect(changePercent).toBeCloseTo(46.3, 1);
    expect(interval.lower).toBeGreaterThan(26);
    expect(interval.upper).toBeLessThan(70);
  });

  it('does not take day-to-day variation for a change', () => {
    const counts = { current: 1100, previous: 1000 };
    expect(compareYearToDate(counts).verdict).toBe('more');
    expect(compareYearToDate({ ...counts, dispersion: 3 })).toMatchObject({
      verdict: 'no clear change',
      meansTestPValue: undefined,
    });
  });

  it('has no percentage after a year with none', () => {
    const result = compareYearToDate({ current: 9, previous: 0 });
    expect(result).toMatchObject({ changePercent: undefined, verdict: 'more' });
    expect(result.interval.upper).toBeUndefined();
    expect(compareYearToDate({ current: 0, previous: 0 }).verdict).toBe('no clear change');
  });
});
