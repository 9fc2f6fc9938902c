import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueCurve } from './allocate-units.js';
import { allocateUnits } from './allocate-units.js';

function bestOfAll(curves: readonly ValueCurve[], units: number): number {
  const [curve, ...others] = curves;
  if (curve === undefined) return 0;
  return Math.max(
    Number.NEGATIVE_INFINITY,
    ...[...curve.values].map((value, i) =>
      curve.least + i > units ? Number.NEGATIVE_INFINITY : value + bestOfAll(others, units - curve.least - i),
    ),
  );
}

describe('allocateUnits', () => {
  it('finds the best of all divisions, whatever the shape of the values', () => {
    const curve = fc
      .record({ least: fc.nat(2), values: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }) })
      .map(({ least, values }) => ({ least, values: Float64Array.from(values) }));
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 4 }), fc.nat(8), (curves, units) => {
        const { totals, unitsFor } = allocateUnits(curves, units);
        const best = bestOfAll(curves, units);
        expect(totals[units]).toBe(best);
        if (!Number.isFinite(best)) return;
        const taken = unitsFor(units);
        expect(taken.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(units);
        expect(
          curves.reduce((sum, { least, values }, j) => sum + (values[(taken[j] ?? 0) - least] ?? 0), 0),
        ).toBe(best);
      }),
    );
  });
});
