import { gini } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaShareHolding, concentrationCurve } from './concentration-curve.js';
import { generalisedGini } from './generalised-gini.js';

describe('generalisedGini', () => {
  it('is the formula of Bernasco and Steenbeek', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 2, maxLength: 40 }), (counts) => {
        const [n, incidents] = [counts.length, counts.reduce((sum, count) => sum + count, 0)];
        fc.pre(incidents > 0);
        const ranked = [...counts]
          .sort((a, b) => a - b)
          .reduce((sum, count, i) => sum + (i + 1) * (count / incidents), 0);
        const published =
          Math.max(1 / incidents, 1 / n) * (2 * ranked - n - 1) - Math.max(n / incidents, 1) + 1;
        expect(generalisedGini(Float64Array.from(counts))).toBeCloseTo(published, 10);
      }),
    );
  });

  it('is 0 when so few incidents could not be spread more evenly, where the plain coefficient is near 1', () => {
    const counts = Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
    expect(generalisedGini(Float64Array.from(counts))).toBeCloseTo(0, 12);
    expect(gini(counts)).toBeCloseTo(0.9, 12);
  });

  it('is the plain coefficient when incidents are no fewer than places, and undefined without any', () => {
    expect(generalisedGini(Float64Array.of(0, 0, 1, 1, 2, 6))).toBeCloseTo(0.6, 12);
    expect(generalisedGini(new Float64Array(2))).toBeUndefined();
  });
});

describe('areaShareHolding', () => {
  const holding = (counts: readonly number[], areas: readonly number[], share: number) => {
    const curve = concentrationCurve(counts, areas);
    return curve === undefined ? undefined : areaShareHolding(curve, share);
  };

  it('is a half when incidents are spread evenly, and nearly nothing when one of many cells has all', () => {
    expect(holding([5, 5, 5, 5], [1, 1, 1, 1], 0.5)).toBeCloseTo(0.5, 12);
    expect(holding([40, 0, 0, 0], [1, 1, 1, 1], 0.5)).toBeCloseTo(0.125, 12);
  });

  it('takes the densest cells first, not the largest', () => {
    expect(holding([6, 4], [9, 1], 0.4)).toBeCloseTo(0.1, 12);
  });

  it('is 1 for all incidents only where no cell is empty, and has no answer without incidents', () => {
    expect(holding([1, 1, 0, 0], [1, 1, 1, 1], 1)).toBeCloseTo(0.5, 12);
    expect(holding([0, 0], [1, 1], 0.5)).toBeUndefined();
  });

  it('never falls as the share rises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (cells, a, b) => {
          const curve = concentrationCurve(
            cells.map(([count]) => count),
            cells.map(([, area]) => area),
          );
          if (curve === undefined) return;
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          expect(areaShareHolding(curve, less)).toBeLessThanOrEqual(areaShareHolding(curve, more) + 1e-12);
        },
      ),
    );
  });
});
