import { describe, expect, it } from 'vitest';
import { findSamePeriods, findSameWeeks } from './reference-periods.js';

const weeks = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + i * 7 * 86_400_000).toISOString().slice(0, 10),
  );

describe('findSameWeeks', () => {
  it('finds the dates that the tests of R name', () => {
    const starts = weeks('1990-06-07', 1301);
    const found = findSameWeeks(starts, starts.indexOf('2013-06-06'), 3).map((index) => starts[index]);
    expect(found).toEqual(['2012-06-07', '2011-06-09', '2010-06-03']);
  });

  it('does not drift as a step of 52 weeks does', () => {
    const starts = weeks('2010-01-04', 700);
    const at = starts.indexOf('2023-01-02');
    expect(findSameWeeks(starts, at, 12).map((index) => starts[index])[11]).toBe('2011-01-03');
    expect(starts[at - 12 * 52]).toBe('2011-01-17');
  });

  it('marks years before the start', () => {
    expect(findSameWeeks(weeks('2020-01-06', 80), 60, 2)).toEqual([8, -1]);
  });

  it('throws on a week that is missing', () => {
    expect(() => findSameWeeks(['2020-01-06', '2020-01-20'], 1, 1)).toThrow('week 1 does not follow');
  });
});

describe('findSamePeriods', () => {
  it('goes back by the frequency', () => {
    expect(findSamePeriods(40, 12, 4)).toEqual([28, 16, 4, -1]);
  });
});
