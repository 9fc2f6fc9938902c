import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTails, tailsWithout } from './draw-tails.js';

const units = fc.array(fc.oneof(fc.nat(4), fc.nat(50), fc.constant(10_000)), { minLength: 3, maxLength: 30 });

describe('drawTails', () => {
  it('is within its reach what it is without a limit', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 1, max: 13 }), fc.nat(120), (values, draws, reach) => {
        const far = drawTails(values, draws, draws * Math.max(...values));
        const near = drawTails(values, draws, reach);
        for (let k = 0; k <= draws; k += 1) {
          const [ofFar, ofNear] = [far.atLeast[k] ?? [], near.atLeast[k] ?? []];
          const sums = Array.from({ length: reach + 1 }, (_, s) => s);
          expect(sums.map((s) => ofNear[s])).toEqual(sums.map((s) => ofFar[s] ?? 0));
          const [most, last] = [far.atMost[k] ?? [], ofFar.length - 1];
          expect(sums.map((s) => near.atMost[k]?.[s])).toEqual(sums.map((s) => most[Math.min(s, last)]));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('tailsWithout', () => {
  it('is what the tails are without the held unit', () => {
    fc.assert(
      fc.property(
        units,
        fc.integer({ min: 1, max: 13 }),
        fc.nat(200),
        ([held = 0, ...others], wanted, sum) => {
          const draws = Math.min(wanted, others.length);
          const taken = tailsWithout(drawTails([held, ...others], draws, 200), draws, sum, held);
          const never = drawTails(others, draws, 200);
          const all = never.atLeast[draws]?.[0] ?? 0;
          expect(taken.upper).toBeCloseTo((never.atLeast[draws]?.[sum] ?? 0) / all, 13);
          expect(taken.lower).toBeCloseTo((never.atMost[draws]?.[sum] ?? 0) / all, 13);
        },
      ),
    );
  });

  it('keeps tails of a millionth of a millionth to a hundredth of themselves, also where the held count is the highest', () => {
    // 20,000 units, one of 40, of which the tail of the others knows nothing.
    const others = Array.from({ length: 20_000 }, (_, i) => (i % 10 === 0 ? (i % 70 === 0 ? 7 : 1) : 0));
    const [taken, never] = [drawTails([...others, 40], 6, 240), drawTails(others, 6, 240)];
    const all = never.atLeast[6]?.[0] ?? 0;
    let compared = 0;
    for (let s = 0; s <= 42; s += 1) {
      const tail = (never.atLeast[6]?.[s] ?? 0) / all;
      if (tail < 1e-12) continue;
      expect(Math.abs(tailsWithout(taken, 6, s, 40).upper / tail - 1), `sum ${s}`).toBeLessThan(0.01);
      compared += tail < 1e-8 ? 1 : 0;
    }
    expect(compared).toBeGreaterThan(3);
  });
});
