import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capHeaps } from './cap-heaps.js';

describe('capHeaps', () => {
  it('takes the highest half per cent, and one at least, down to the highest of the others', () => {
    const thousand = Float64Array.from({ length: 1000 }, (_, i) => i);
    const capped = thousand.map((count) => Math.min(count, 994));
    expect(capHeaps(thousand)).toEqual(capped);
    expect(capHeaps(Float64Array.of(3, 900, 5))).toEqual(Float64Array.of(3, 5, 5));
    expect(capHeaps(Float64Array.of(7, 7))).toEqual(Float64Array.of(7, 7));
  });

  it('takes the same cap whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 700 }), (counts) => {
        const heaps = Math.ceil(0.005 * counts.length);
        const cap = Math.max(1, [...counts].sort((a, b) => b - a)[heaps] ?? 0);
        expect([...capHeaps(Float64Array.from(counts))]).toEqual(counts.map((one) => Math.min(one, cap)));
      }),
    );
  });

  it('leaves a cell with an incident apart from one without', () => {
    expect(capHeaps(Float64Array.of(0, 0, 4, 0))).toEqual(Float64Array.of(0, 0, 1, 0));
    expect(capHeaps(Float64Array.of(9))).toEqual(Float64Array.of(9));
  });
});
