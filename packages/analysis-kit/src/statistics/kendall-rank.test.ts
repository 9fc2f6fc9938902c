import { describe, expect, it } from 'vitest';
import { missingTables, readGoldenVectors } from '../testing/reference.js';
import { kendallTauB } from './kendall-rank.js';

describe('kendallTauB', () => {
  it.skipIf(missingTables !== undefined)('gives the golden number with its ties', () => {
    const { x } = readGoldenVectors().mann_kendall;
    expect(kendallTauB(x, [...x.keys()])).toBeCloseTo(0.8865926413116155, 12);
  });

  it('is 1 for equal and −1 for opposite rankings', () => {
    expect(kendallTauB([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
    expect(kendallTauB([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('of a constant ranking is undefined', () => {
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeUndefined();
  });
});
