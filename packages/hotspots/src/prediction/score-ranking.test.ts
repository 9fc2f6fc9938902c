import { missingTables, readGoldenVectors } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreRanking } from './score-ranking.js';

describe('scoreRanking', () => {
  test.skipIf(missingTables !== undefined)('gives the PAI and PEI of ptools::pai', () => {
    const { obs, pred, area, cum_obs, pai, pei } = readGoldenVectors().pai_pei;
    const scores = scoreRanking(pred, obs, area);
    expect(scores.hits).toEqual(cum_obs);
    for (const [place, expected] of pai.entries()) expect(scores.pai[place]).toBeCloseTo(expected, 7);
    for (const [place, expected] of pei.entries()) expect(scores.pei[place]).toBeCloseTo(expected, 7);
    expect(scores.rri[0]).toBeCloseTo(8 / 6, 12);
    expect(scores.peiStar[0]).toBeCloseTo(6 / 7, 12);
  });

  test('puts equal predictions into the least favourable order', () => {
    expect(scoreRanking([1, 1, 1], [5, 0, 2], [1, 1, 1]).order).toEqual([1, 2, 0]);
  });

  test('compares with the best choice of the same area, the last cell in part', () => {
    // 1 km² of the first cell holds 2; of the second, 3; 1 km² more of the first adds 2.
    const { hits, pei } = scoreRanking([9, 1], [4, 3], [2, 1]);
    expect(hits).toEqual([4, 7]);
    expect(pei[0]).toBeCloseTo(4 / 5, 12);
    expect(pei[1]).toBe(1);
  });

  test('says 0, and no RRI, when nothing was observed', () => {
    const scores = scoreRanking([2, 1], [0, 0], [1, 1], 4);
    expect(scores).toMatchObject({ hitRates: [0, 0], pai: [0, 0], pei: [0, 0], ser: [0, 0], auc: 0 });
    expect(scores.rri).toEqual([undefined, undefined]);
  });

  test('has hits for each km² and week, and an area under the curve of ½ for even predictions', () => {
    const scores = scoreRanking([3, 1], [2, 2], [0.5, 0.5], 4);
    expect(scores.ser).toEqual([1, 1]);
    expect(scores.auc).toBeCloseTo(0.5, 12);
  });

  test('never finds more than hindsight, and everything in the whole area', () => {
    const cell = fc.tuple(
      fc.double({ min: 0, max: 9, noNaN: true }),
      fc.nat(5),
      fc.constantFrom(0.5, 1, 1.1),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), (cells) => {
        const scores = scoreRanking(
          cells.map(([predicted]) => predicted),
          cells.map(([, observed]) => observed),
          cells.map(([, , area]) => area),
        );
        for (const pei of scores.pei) expect(pei).toBeLessThanOrEqual(1 + 1e-9);
        for (const pei of scores.peiStar) expect(pei).toBeLessThanOrEqual(1 + 1e-9);
        const total = cells.reduce((sum, [, observed]) => sum + observed, 0);
        if (total > 0) expect(scores.pai.at(-1)).toBeCloseTo(1, 9);
      }),
    );
  });
});
