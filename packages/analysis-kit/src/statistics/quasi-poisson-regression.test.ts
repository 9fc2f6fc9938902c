import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountRegressionInput, QuasiPoissonRegression } from './quasi-poisson-regression.js';
import { fitQuasiPoisson, predictCount } from './quasi-poisson-regression.js';

function regress(input: CountRegressionInput): QuasiPoissonRegression {
  const result = fitQuasiPoisson(input);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

const ones = (count: number): number[] => new Array<number>(count).fill(1);
const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Every number below is printed by glm(family = quasipoisson) of R 4.2 for this input. */
const EXAMPLE: CountRegressionInput = {
  response: [3, 5, 2, 8, 6, 9, 4, 12, 10, 7, 15, 11],
  columns: [ones(12), times(12), times(12).map((t) => (t % 3 === 2 ? 1 : 0))],
  weights: [1, 1, 2, 1, 0.5, 1, 1, 3, 1, 1, 1, 2],
  offset: times(12).map((t) => Math.log(((t - 1) % 4) + 1)),
};

describe('fitQuasiPoisson', () => {
  it('gives coefficients, covariance, dispersion, deviance and hat values of R', () => {
    const input = { ...EXAMPLE, columns: [ones(12), times(12), [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0]] };
    const { coefficients, covariance, dispersion, deviance, hatValues } = regress(input);
    expect(coefficients[0]).toBeCloseTo(0.3362611435030832, 8);
    expect(coefficients[1]).toBeCloseTo(0.0744758135042756, 8);
    expect(coefficients[2]).toBeCloseTo(0.2872640444519984, 8);
    expect(dispersion).toBeCloseTo(3.92679813815746, 8);
    expect(covariance[1]?.[1]).toBeCloseTo(0.00320872566210267, 10);
    expect(covariance[2]?.[0]).toBeCloseTo(-0.0608972556046516, 10);
    expect(deviance).toBeCloseTo(27.0065744476666, 8);
    expect(hatValues[7]).toBeCloseTo(0.689077022069456, 8);
    expect(hatValues[4]).toBeCloseTo(0.0338226371836276, 8);
  });

  it('predicts the mean and its error', () => {
    const regression = regress({ response: [4, 6, 5, 9], columns: [ones(4)], tolerance: 1e-14 });
    const { mean, meanError, linear } = predictCount(regression, [1]);
    expect(mean).toBeCloseTo(6, 9);
    expect(meanError).toBeCloseTo(Math.sqrt(6 / 4), 9);
    expect(predictCount(regression, [1], { dispersion: 4 }).meanError).toBeCloseTo(2 * meanError, 9);
    expect(predictCount(regression, [1], { offset: 1 }).linear).toBeCloseTo(linear + 1, 12);
  });

  it('fits the total of the counts when there is a constant', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 5, maxLength: 60 }), (response) => {
        const result = fitQuasiPoisson({
          response,
          columns: [ones(response.length), times(response.length)],
          keepSeparated: true,
        });
        if (result.kind !== 'ok') return;
        const total = response.reduce((sum, value) => sum + value, 0);
        const fitted = result.fitted.reduce((sum, value) => sum + value, 0);
        expect(Math.abs(fitted - total)).toBeLessThan(1e-3 * total + 1e-6);
        expect(result.hatValues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2, 8);
        for (const value of [...result.coefficients, result.dispersion, result.deviance]) {
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('leaves out rows of weight 0', () => {
    const { coefficients, degreesOfFreedom } = regress({
      response: [2, 4, 1000],
      columns: [ones(3)],
      weights: [1, 1, 0],
    });
    expect(Math.exp(coefficients[0] ?? 0)).toBeCloseTo(3, 9);
    expect(degreesOfFreedom).toBe(1);
  });

  it.each([
    ['no counts', { response: [0, 0, 0], columns: [ones(3)] }, 'All counts are zero.'],
    ['too few rows', { response: [4], columns: [ones(1), [3]] }, '1 periods are too few for 2 coefficients.'],
    ['no rows', { response: [], columns: [[]] }, '0 periods are too few for 1 coefficients.'],
    [
      'equal columns',
      { response: [4, 5, 6], columns: [ones(3), [2, 2, 2]] },
      'Column 2 of the model says nothing that the others do not say.',
    ],
    [
      'a group of zeros',
      { response: [4, 5, 6, 0, 0, 0], columns: [ones(6), [0, 0, 0, 1, 1, 1]] },
      'A group of periods is all zero, so it has no rate.',
    ],
  ])('says why there is no fit for %s', (_name, input, reason) => {
    expect(fitQuasiPoisson(input)).toEqual({ kind: 'not-enough-data', reason });
  });

  it('keeps the fit of the other group when asked to', () => {
    const response = [4, 5, 6, 0, 0, 0];
    const regression = regress({ response, columns: [ones(6), [0, 0, 0, 1, 1, 1]], keepSeparated: true });
    expect(regression.isSeparated).toBe(true);
    expect(predictCount(regression, [1, 0]).mean).toBeCloseTo(5, 8);
  });

  it('throws on what is no count and on columns of another length', () => {
    expect(() => fitQuasiPoisson({ response: [-1], columns: [[1]] })).toThrow('at least 0');
    expect(() => fitQuasiPoisson({ response: [1, 2], columns: [[1]] })).toThrow('2 values, got 1');
  });
});
