import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingTables, readGoldenVectors } from '../testing/reference.js';
import { benjaminiHochberg, falseDiscoveries } from './benjamini-hochberg.js';

const pValue = fc.double({ min: 0, max: 1, noNaN: true });

describe('benjaminiHochberg', () => {
  it.skipIf(missingTables !== undefined)('gives the golden q-values', () => {
    const { p, q } = readGoldenVectors().bh_fdr;
    for (const [i, value] of benjaminiHochberg(p).entries()) expect(value).toBeCloseTo(q[i] ?? -1, 11);
  });

  it('never falls as p rises, is at least p and at most 1', () => {
    fc.assert(
      fc.property(fc.array(pValue, { minLength: 1, maxLength: 60 }), (ps) => {
        const qs = benjaminiHochberg(ps);
        const pairs = ps.map((p, i) => ({ p, q: qs[i] ?? -1 })).sort((a, b) => a.p - b.p || a.q - b.q);
        for (const [i, { p, q }] of pairs.entries()) {
          expect(q).toBeGreaterThanOrEqual(p);
          expect(q).toBeLessThanOrEqual(1);
          expect(q).toBeGreaterThanOrEqual(pairs[i - 1]?.q ?? 0);
        }
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(pValue, { minLength: 1, maxLength: 30 }), (ps) => {
        expect([...benjaminiHochberg([...ps].reverse())].reverse()).toEqual(benjaminiHochberg(ps));
      }),
    );
  });

  it('keeps what was not tested out of the count', () => {
    expect(benjaminiHochberg([0.01, null, 0.04, Number.NaN])).toEqual([0.02, null, 0.04, null]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it('throws on what is no probability', () => {
    expect(() => benjaminiHochberg([1.2])).toThrow('between 0 and 1');
  });
});

describe('falseDiscoveries', () => {
  it('sees several arrays as one family, and its cut-off parts discoveries from the rest', () => {
    fc.assert(
      fc.property(
        fc.array(pValue, { minLength: 1, maxLength: 40 }),
        fc.nat(40),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        (ps, split, rate) => {
          const family = falseDiscoveries([
            Float64Array.from(ps.slice(0, split)),
            Float64Array.from([...ps.slice(split), Number.NaN]),
          ]);
          const cutOff = family.cutOff(rate);
          const sorted = [...ps].sort((a, b) => a - b);
          for (const p of ps) {
            // The definition, without a running minimum.
            const least = Math.min(
              ...sorted.flatMap((other, i) => (other >= p ? [(other * ps.length) / (i + 1)] : [])),
            );
            expect(family.q(p)).toBeCloseTo(Math.min(1, least), 12);
            expect(p <= cutOff).toBe(family.q(p) < rate);
          }
        },
      ),
    );
    expect(falseDiscoveries([]).cutOff(0.05)).toBeLessThan(0);
  });

  it('needs no p-values above the rate that is asked about, only their number', () => {
    fc.assert(
      fc.property(fc.array(pValue, { minLength: 1, maxLength: 40 }), (ps) => {
        const small = ps.filter((p) => p <= 0.3);
        const all = falseDiscoveries([Float64Array.from(ps)]);
        const part = falseDiscoveries([Float64Array.from(small)], ps.length - small.length);
        expect(part.cutOff(0.3)).toBe(all.cutOff(0.3));
        expect(part.tests).toBe(ps.length);
        for (const p of small) if (all.q(p) < 0.3) expect(part.q(p)).toBeCloseTo(all.q(p), 12);
      }),
    );
  });
});
