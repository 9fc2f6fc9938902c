import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageReturns } from './coverage-returns.js';

describe('coverageReturns', () => {
  test('sends the first unit to the best cells, and the next to the next best', () => {
    const options = { visitsPerHour: 1, mostUnits: 5 };
    expect(coverageReturns([[1, 4, 3, 2], [], [0, 0]], options)).toEqual([[0.7, 0.3], [], []]);
  });

  test('counts a part of a cell as that part', () => {
    const [shares = []] = coverageReturns([[4, 4, 2]], {
      visitsPerHour: 0.75,
      revisitHours: 2,
      mostUnits: 3,
    });
    expect(shares).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.4, 12)]);
  });

  test('never gives a later unit more than an earlier one, nor covers more than all, for any harm', () => {
    const harm = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(
        harm,
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.nat(12),
        (cells, visitsPerHour, mostUnits) => {
          const [shares = []] = coverageReturns([cells], { visitsPerHour, mostUnits });
          expect(shares.length).toBeLessThanOrEqual(mostUnits);
          let sum = 0;
          for (const [unit, share] of shares.entries()) {
            expect(share).toBeGreaterThan(0);
            expect(share).toBeLessThanOrEqual(shares[unit - 1] ?? 1);
            sum += share;
          }
          expect(sum).toBeLessThanOrEqual(1 + 1e-12);
        },
      ),
    );
  });

  test('refuses units that visit nothing, and harm below 0', () => {
    expect(() => coverageReturns([[1]], { visitsPerHour: 0, mostUnits: 1 })).toThrow('visits cells');
    expect(() => coverageReturns([[-1]], { visitsPerHour: 1, mostUnits: 1 })).toThrow('at least 0');
    expect(() => coverageReturns([[1]], { visitsPerHour: 1, mostUnits: 1.5 })).toThrow('whole number');
  });
});
