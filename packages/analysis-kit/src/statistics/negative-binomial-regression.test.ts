import { describe, expect, it } from 'vitest';
import { fitNegativeBinomial } from './negative-binomial-regression.js';

const ones = (count: number): number[] => new Array<number>(count).fill(1);
const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('fitNegativeBinomial', () => {
  it('gives coefficients, size, its error, covariance and likelihood of glm.nb of R', () => {
    const response = [0, 5, 2, 18, 6, 29, 4, 2, 10, 0, 15, 31, 1, 0, 7, 22];
    const fit = fitNegativeBinomial({ response, columns: [ones(16), times(16)], tolerance: 1e-12 });
    if (fit.kind !== 'ok') throw new Error(fit.reason);
    expect(fit.coefficients[0]).toBeCloseTo(1.799326078338723, 6);
    expect(fit.coefficients[1]).toBeCloseTo(0.050437685243192, 6);
    expect(fit.size).toBeCloseTo(0.689649606284535, 6);
    expect(fit.sizeError).toBeCloseTo(0.273036461451681, 6);
    expect(fit.logLikelihood).toBeCloseTo(-52.0442461927695, 8);
    expect(fit.unscaledCovariance[0]?.[0]).toBeCloseTo(0.4354706849390076, 6);
  });

  it('becomes Poisson where the counts vary less than Poisson counts', () => {
    const fit = fitNegativeBinomial({ response: [10, 11, 9, 10, 10, 11, 9, 10], columns: [ones(8)] });
    expect(fit).toMatchObject({ kind: 'ok', size: Number.POSITIVE_INFINITY, sizeError: undefined });
    if (fit.kind === 'ok') expect(Math.exp(fit.coefficients[0] ?? 0)).toBeCloseTo(10, 8);
  });

  it('says why there is no fit', () => {
    expect(fitNegativeBinomial({ response: [0, 0, 0], columns: [ones(3)] })).toEqual({
      kind: 'not-enough-data',
      reason: 'All counts are zero.',
    });
  });
});
