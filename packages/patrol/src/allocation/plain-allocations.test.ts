import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestRemainder, plainAllocations } from './plain-allocations.js';
import { RULES } from './testing-instances.js';

describe('largestRemainder', () => {
  it('gives what is left to the largest remainders, as Hamilton did', () => {
    expect(largestRemainder([47_000, 16_000, 15_900, 12_000, 6_000, 3_100], 10)).toEqual([5, 2, 1, 1, 1, 0]);
    expect(largestRemainder([1, 1, 1], 4)).toEqual([2, 1, 1]);
  });

  it('gives all, each within one unit of its share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }), fc.nat(100), (shares, total) => {
        const sum = shares.reduce((all, share) => all + share, 0);
        fc.pre(sum > 0);
        const units = largestRemainder(shares, total);
        expect(units.reduce((all, count) => all + count, 0)).toBe(total);
        for (const [j, count] of units.entries())
          expect(Math.abs(count - (total * (shares[j] ?? 0)) / sum)).toBeLessThan(1);
      }),
    );
  });
});

describe('plainAllocations', () => {
  it('covers flat demand evenly: 21 units of three starts are 5 on duty at every hour', () => {
    const demand = {
      jurisdictions: ['A'],
      hours: [new Float64Array(168).fill(1)],
      returns: [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
    };
    const [equal] = plainAllocations(demand, { ...RULES, units: 21 }, undefined);
    expect(equal).toEqual({
      name: 'equal allocation',
      unitsByJurisdiction: [21],
      objective: expect.closeTo(84, 9),
    });
  });
});
