import { describe, expect, it } from 'vitest';
import { estimateSeasonalIndex } from './seasonal-index.js';
import { createSimulator } from './testing-simulate.js';

describe('estimateSeasonalIndex', () => {
  it('finds the factors of the months, whatever the level does', () => {
    const truth = Array.from({ length: 96 }, (_, t) => 1 + 0.3 * Math.sin((2 * Math.PI * t) / 12));
    const counts = createSimulator(5).series(truth.map((factor, t) => factor * (t < 50 ? 400 : 700)));
    const result = estimateSeasonalIndex(counts, 12);
    if (result.kind !== 'ok') throw new Error(result.reason);
    for (const [place, factor] of result.factors.entries()) {
      expect(Math.abs(factor - (truth[place] ?? 0))).toBeLessThan(0.06);
    }
    expect(result.expected).toHaveLength(96);
    expect(result.expected[13]).toBe(result.factors[1]);
  });

  it('says why there is none', () => {
    expect(estimateSeasonalIndex(new Array(36).fill(0), 12)).toMatchObject({
      reason: 'All counts are zero.',
    });
    expect(estimateSeasonalIndex([3, 4], 12).kind).toBe('not-enough-data');
  });
});
