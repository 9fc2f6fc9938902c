import { DISCOVERED_BY_POLICE } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEEK_HOURS } from '../weekly-demand.js';
import type { DemandInput, ExpectedDemand } from './expected-demand.js';
import { expectedDemand } from './expected-demand.js';

const demandOf = (input: DemandInput): ExpectedDemand => {
  const result = expectedDemand(input);
  if (result.kind !== 'demand') throw new Error(result.reason);
  return result;
};

const week = (counts: Readonly<Record<number, number>>): Float64Array =>
  Float64Array.from({ length: WEEK_HOURS }, (_, hour) => counts[hour] ?? 0);
const flat = (count: number): Float64Array => new Float64Array(WEEK_HOURS).fill(count);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('expectedDemand', () => {
  test('spreads a forecast over jurisdictions as incidents were recorded, those without an hour too', () => {
    const { hours } = demandOf({
      jurisdictions: ['1', '2'],
      categories: [
        { category: 'Robbery', expected: 20, counts: [flat(1), flat(1)], withoutHour: [168 * 2, 0] },
      ],
    });
    expect(hours.map(sum)).toEqual([expect.closeTo(15, 9), expect.closeTo(5, 9)]);
  });

  test('lets jurisdictions with many incidents keep their hours, and those with few take the city’s', () => {
    const many = Array.from({ length: 8 }, (_, j) => week({ [j]: 5_000, 100: 5_000 }));
    const few = week({ 50: 1 });
    const { hours, categories } = demandOf({
      jurisdictions: ['0', '1', '2', '3', '4', '5', '6', '7', 'few'],
      categories: [{ category: 'Burglary', expected: 1_000, counts: [...many, few] }],
    });
    const shareAt = (jurisdiction: number, hour: number): number =>
      (hours[jurisdiction]?.[hour] ?? 0) / sum(hours[jurisdiction] ?? []);
    expect(categories[0]?.concentration).toBeLessThan(100);
    expect(shareAt(0, 0)).toBeGreaterThan(0.49);
    expect(shareAt(8, 50)).toBeLessThan(0.6);
    expect(shareAt(8, 100)).toBeGreaterThan(0.2);
  });

  test('gives every jurisdiction the hours of the city where they differ by chance only', () => {
    const { hours } = demandOf({
      jurisdictions: ['1', '2'],
      categories: [{ category: 'Arson', expected: 4, counts: [week({ 3: 1 }), week({ 9: 1 })] }],
    });
    // Two incidents cannot tell jurisdictions apart.
    expect(hours.map((row) => row[3])).toEqual([1, 1].map((part) => expect.closeTo(part, 9)));
  });

  test('places a category that was never recorded as all others together', () => {
    const { hours } = demandOf({
      jurisdictions: ['1', '2'],
      categories: [
        { category: 'Other theft', expected: 0, counts: [flat(3), flat(1)] },
        { category: 'Homicide', expected: 1, counts: [flat(0), flat(0)] },
      ],
    });
    expect(hours.map(sum)).toEqual([expect.closeTo(0.75, 9), expect.closeTo(0.25, 9)]);
  });

  test('weighs categories by harm, all of them', () => {
    const categories = ['Robbery', 'Homicide'].map((category) => ({
      category,
      expected: 10,
      counts: [flat(1)],
    }));
    const input = { jurisdictions: ['1'], categories };
    expect(demandOf(input).totalHarm).toBe(20);
    const weights = new Map([
      ['Robbery', 2],
      ['Homicide', 100],
    ]);
    expect(demandOf({ ...input, weights }).categories.map(({ harm }) => harm)).toEqual([20, 1_000]);
    expect(() => expectedDemand({ ...input, weights: new Map([['Robbery', 2]]) })).toThrow(
      'Homicide has a weight',
    );
  });

  test('keeps the sum of forecast × weight over all jurisdictions and hours, for any counts', () => {
    const names = ['Robbery', 'Burglary', 'Homicide'];
    const count = fc.nat(3);
    const sparseWeek = fc.array(fc.tuple(fc.nat(WEEK_HOURS - 1), count), { maxLength: 20 });
    const category = fc.record({
      expected: fc.nat(50_000).map((hundredths) => hundredths / 100),
      weight: fc.nat(3_000),
      weeks: fc.array(sparseWeek, { minLength: 4, maxLength: 4 }),
      withoutHour: fc.array(count, { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(category, { minLength: 3, maxLength: 3 }), (parts) => {
        const result = expectedDemand({
          jurisdictions: ['a', 'b', 'c', 'd'],
          categories: parts.map(({ expected, weeks, withoutHour }, c) => ({
            category: names[c] ?? '',
            expected,
            counts: weeks.map((entries) => week(Object.fromEntries(entries))),
            withoutHour,
          })),
          weights: new Map(parts.map(({ weight }, c) => [names[c] ?? '', weight])),
        });
        fc.pre(result.kind === 'demand');
        if (result.kind !== 'demand') return;
        const harm = sum(parts.map(({ expected, weight }) => expected * weight));
        const spread = sum(result.hours.map(sum));
        expect(Math.abs(spread - harm)).toBeLessThanOrEqual(1e-9 * harm);
        expect(result.totalHarm).toBeCloseTo(harm, 6);
        for (const row of result.hours) expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  test.each(DISCOVERED_BY_POLICE)('refuses %s, which police discover, unless it is asked for', (category) => {
    const input = { jurisdictions: ['1'], categories: [{ category, expected: 10, counts: [flat(1)] }] };
    expect(() => expectedDemand(input)).toThrow('recorded where police look for it');
    expect(demandOf({ ...input, includeDiscovered: true }).totalHarm).toBe(10);
  });

  test('takes crime categories only, with counts of the right shape', () => {
    const counts = [flat(1)];
    const of = (category: object): DemandInput => ({
      jurisdictions: ['1'],
      categories: [{ category: 'Robbery', expected: 1, counts, ...category }],
    });
    expect(() => expectedDemand(of({ category: 'victim_race' }))).toThrow('not a crime category');
    expect(() => expectedDemand(of({ expected: Number.NaN }))).toThrow('at least 0');
    expect(() => expectedDemand(of({ counts: [[1, 2]] }))).toThrow('168 hours');
    expect(() => expectedDemand(of({ counts: [flat(-1)] }))).toThrow('at least 0');
  });

  test('says when there is nothing to go by', () => {
    const of = (expected: number, count: number) =>
      expectedDemand({
        jurisdictions: ['1'],
        categories: [{ category: 'Rape', expected, counts: [flat(count)] }],
      });
    expect(of(3, 0)).toEqual({
      kind: 'not-enough-data',
      reason: 'no incident was recorded in any jurisdiction',
    });
    expect(of(0, 3)).toEqual({
      kind: 'not-enough-data',
      reason: 'no incident is expected in the coming week',
    });
  });
});
