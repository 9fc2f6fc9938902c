import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  binomialPmf,
  binomialUpperTail,
  chiSquareQuantile,
  chiSquareUpperTail,
  gammaQuantile,
  negativeBinomialCdf,
  negativeBinomialQuantile,
  negativeBinomialUpperTail,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonPmf,
  poissonQuantile,
  poissonUpperTail,
  studentTCdf,
} from './distributions.js';

/** Compares to a relative difference, as tails differ by orders of magnitude. */
function expectNear(actual: number, expected: number, relative = 1e-10): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe('the distributions, against SciPy 1.10', () => {
  it('gives the normal distribution in its far tails too', () => {
    expectNear(normalCdf(1.96), 0.9750021048517795);
    expectNear(normalCdf(-9.391134589389244), 2.9678681785429554e-21);
    expectNear(normalQuantile(0.975), 1.959963984540054);
    expectNear(normalQuantile(1.4514034721217117e-14), -7.602581657500257);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it("gives Student's t and the beta distribution", () => {
    expectNear(studentTCdf(-12.331146156756589, 349), 1.5067403406392811e-29);
    expectNear(betaQuantile(0.995, 7, 762024), 0.000020549815044902055);
    expectNear(betaCdf(0.4389076211634041, 761482, 973905), 0.615869026590165);
  });

  it('gives the Poisson distribution for large means, where the incomplete gamma of the library fails', () => {
    expectNear(poissonCdf(1063, 1045.88503139754), 0.7082568822224482, 1e-11);
    expectNear(poissonUpperTail(1064, 1045.88503139754), 0.2917431177775518, 1e-11);
    expectNear(poissonPmf(645195, 645339.9211564371), 0.0004886490701213047, 1e-8);
    expect(poissonQuantile(0.5, 1305.4958396625527)).toBe(1305);
    expectNear(chiSquareQuantile(0.975, 1958), 2082.5337080569816, 1e-12);
    expectNear(gammaQuantile(0.1, 1530, 2.5), 592.0363334285872, 1e-12);
    expectNear(chiSquareUpperTail(3.841458820694124, 1), 0.05, 1e-12);
  });

  it('gives the negative binomial for a real size', () => {
    expectNear(negativeBinomialCdf(544449, 83795.77656682354, 0.13336537307564328), 0.4862347136375315);
    expect(negativeBinomialQuantile(0.95, 20, 1 / 1.5)).toBe(17);
    expectNear(1 - negativeBinomialCdf(16, 20, 1 / 1.5), negativeBinomialUpperTail(17, 20, 1 / 1.5));
  });

  it('ends where a small size spreads the counts over many orders of magnitude', () => {
    expect(negativeBinomialQuantile(0.99, 0.002, 1e-6)).toBe(3709);
    expect(negativeBinomialQuantile(0.999999, 1e-5, 1e-300)).toBe(Number.POSITIVE_INFINITY);
    expect([negativeBinomialQuantile(0.5, 0.001, 0.5), negativeBinomialQuantile(0, 5, 0.5)]).toEqual([0, 0]);
  });

  it('gives the binomial distribution', () => {
    expectNear(binomialCdf(21942, 44279, 0.4987644131450943), 0.0881228599539722);
    expectNear(binomialPmf(52787, 90825, 0.5776392436026012), 0.0002546883715946708);
    expectNear(binomialUpperTail(3, 5, 0.5), 0.5);
    expect([binomialUpperTail(0, 5, 0.5), binomialUpperTail(6, 5, 0.5)]).toEqual([1, 0]);
  });

  it('says that nothing happens at mean 0', () => {
    expect([poissonPmf(0, 0), poissonPmf(1, 0), poissonCdf(0, 0), poissonUpperTail(1, 0)]).toEqual([
      1, 0, 1, 0,
    ]);
    expect([poissonQuantile(0.99, 0), gammaQuantile(0.5, 0, 1), poissonCdf(-1, 3)]).toEqual([0, 0, 0]);
  });
});

describe('the Poisson distribution', () => {
  const mean = fc.double({ min: 0.01, max: 20_000, noNaN: true });

  it('has a quantile that is the first count to reach the probability', () => {
    fc.assert(
      fc.property(mean, fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (m, p) => {
        const k = poissonQuantile(p, m);
        expect(poissonCdf(k, m)).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        expect(poissonCdf(k - 1, m)).toBeLessThan(p);
      }),
    );
  });

  it('has tails that sum to 1 and differ by the probability of one count', () => {
    fc.assert(
      fc.property(mean, fc.integer({ min: 0, max: 25_000 }), (m, k) => {
        expect(poissonCdf(k, m) + poissonUpperTail(k + 1, m)).toBeCloseTo(1, 12);
        expect(poissonCdf(k, m) - poissonCdf(k - 1, m)).toBeCloseTo(poissonPmf(k, m), 10);
      }),
    );
  });
});

describe('gammaQuantile', () => {
  it('inverts the distribution for any shape', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        (shape, p) => {
          const x = gammaQuantile(p, shape, 1);
          expect(Math.abs(chiSquareUpperTail(2 * x, 2 * shape) - (1 - p))).toBeLessThan(1e-9);
        },
      ),
    );
  });
});
