import { describe, expect, it } from 'vitest';
import type { Completeness, CompletenessOptions } from './completeness.js';
import { estimateCompleteness } from './completeness.js';
import { layOutReports } from './reporting-triangle.js';
import { createSimulator } from './testing-simulate.js';

function estimate(cumulative: readonly (readonly number[])[], options?: CompletenessOptions): Completeness {
  const result = estimateCompleteness(cumulative, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

/** Taylor and Ashe (1983), as printed in Mack (1993), table 1. */
const TAYLOR_ASHE = [
  [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
  [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
  [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
  [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
  [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
  [396132, 1333217, 2180715, 2985752, 3691712],
  [440832, 1288463, 2419861, 3483130],
  [359480, 1421128, 2864498],
  [376686, 1363294],
  [344014],
];

describe('estimateCompleteness', () => {
  it('gives the reserves and standard errors that Mack printed', () => {
    const { periods } = estimate(TAYLOR_ASHE);
    const reserves = periods.map(({ nowcast, reported }) => Math.round(nowcast - reported));
    expect(reserves).toEqual([0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811]);
    const errors = periods.map(({ predictionError }) => Math.round((predictionError ?? 0) / 1000));
    expect(errors).toEqual([0, 76, 122, 134, 261, 411, 558, 875, 971, 1363]);
  });

  it('finds the share that is reported, and covers the final count', () => {
    const { poisson } = createSimulator(2);
    const shares = [0.7, 0.2, 0.07, 0.03];
    let covered = 0;
    for (let run = 0; run < 200; run += 1) {
      const all = Array.from({ length: 40 }, () => shares.map((share) => poisson(300 * share)));
      const rows = all.map((row, m) => {
        let sum = 0;
        return row.slice(0, 40 - m).map((count) => (sum += count));
      });
      const { periods, lastComplete } = estimate(rows);
      const last = periods[39];
      expect(last?.completeness).toBeGreaterThan(0.64);
      expect(last?.completeness).toBeLessThan(0.76);
      expect(lastComplete).toBe(36);
      const final = (all[39] ?? []).reduce((sum, count) => sum + count, 0);
      if (last && final >= last.interval.lower && final <= last.interval.upper) covered += 1;
    }
    expect(covered / 200).toBeGreaterThan(0.8);
    expect(covered / 200).toBeLessThan(0.98);
  });

  it('takes the factors from recent periods when asked to', () => {
    const rows = [[10, 20], [10, 20], [10, 11], [10, 11], [10]];
    expect(estimate(rows).factors[0]).toBeCloseTo(1.55, 10);
    expect(estimate(rows, { recent: 2 }).factors[0]).toBeCloseTo(1.1, 10);
  });

  it('keeps an upper end for a period with nothing reported yet', () => {
    const { periods } = estimate([[5, 10], [5, 10], [0]]);
    expect(periods[2]).toMatchObject({ nowcast: 0, completeness: 0.5, predictionError: undefined });
    expect(periods[2]?.interval.upper).toBeCloseTo(2 * 2.9957, 3);
  });

  it('calls everything complete when nothing comes late', () => {
    const { periods, lastComplete } = estimate([[7, 7], [9, 9], [4]]);
    expect(lastComplete).toBe(2);
    expect(periods[2]).toMatchObject({ nowcast: 4, completeness: 1, interval: { lower: 4, upper: 4 } });
  });

  it('says why there is no factor', () => {
    expect(estimateCompleteness([[0, 4], [0, 2], [3]])).toEqual({
      kind: 'not-enough-data',
      reason: 'No period with reports up to delay 0 shows how many come at delay 1.',
    });
  });

  it('throws on rows that are not cumulative', () => {
    expect(() => estimateCompleteness([[5, 4]])).toThrow('counts are cumulative');
  });
});

describe('layOutReports', () => {
  it('sums counts by delay and keeps out reports after the last whole period', () => {
    const { cumulative, leftOut } = layOutReports(
      [
        { occurrence: 0, report: 0, count: 5 },
        { occurrence: 0, report: 2, count: 3 },
        { occurrence: 1, report: 1, count: 4 },
        { occurrence: 1, report: 3, count: 9 },
        { occurrence: 2, report: 1, count: 1 },
        { occurrence: 0, report: 9, count: 2 },
      ],
      2,
      2,
    );
    expect(cumulative).toEqual([[5, 5, 8], [4, 4], [0]]);
    expect(leftOut).toEqual({ reportedBefore: 1, afterLongestDelay: 2 });
  });
});
