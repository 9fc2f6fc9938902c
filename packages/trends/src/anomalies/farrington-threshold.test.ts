import { missingTables, readGoldenVectors } from '@crimetracker/analysis-kit/testing';
import { describe, expect, it } from 'vitest';
import { farringtonThreshold, negativeBinomialThreshold } from './farrington-threshold.js';

/** The numbers are those of the tests of R's surveillance (test-farringtonFlexible.R). */
describe('farringtonThreshold', () => {
  it.skipIf(missingTables !== undefined)('gives the golden band', () => {
    const { mu0, phi, se_fit, alpha, lower, upper } = readGoldenVectors().farrington_threshold_2_3;
    const band = farringtonThreshold({ expected: mu0, standardError: se_fit, dispersion: phi }, 0, alpha / 2);
    expect(band.lower).toBeCloseTo(lower, 7);
    expect(band.upper).toBeCloseTo(upper, 7);
  });

  it.each([
    ['none', 1.3073128, 8.6926872, 0.0907246],
    ['1/2', 1.9891097, 9.3744842, 0.1189986],
    ['2/3', 1.8084477, 9.1154825, 0.1094727],
  ] as const)('with the power %s is that of R', (power, lower, upper, p) => {
    const band = farringtonThreshold({ expected: 5, standardError: 0.2, dispersion: 1 }, 8, 0.05, power);
    expect(band.lower).toBeCloseTo(lower, 6);
    expect(band.upper).toBeCloseTo(upper, 6);
    expect(band.upperTail).toBeCloseTo(p, 6);
    expect(band.upperTail + band.lowerTail).toBeCloseTo(1, 12);
  });

  it('does not go below 0', () => {
    expect(farringtonThreshold({ expected: 0.5, standardError: 1, dispersion: 3 }, 0, 0.01).lower).toBe(0);
  });
});

describe('negativeBinomialThreshold', () => {
  const prediction = { linear: Math.log(5), linearError: Math.log(2), dispersion: 1.5 };

  it.each([
    ['muan', 1.5, 24, 0.8597797],
    ['muan', 1, 22, 0.9093099],
    ['plugin', 1.5, 10, 0.03763657],
    ['plugin', 1, 9, 0.01369527],
  ] as const)('by %s with dispersion %d is that of R', (method, dispersion, upper, p) => {
    const band = negativeBinomialThreshold({ ...prediction, dispersion }, 11, 0.05, method);
    expect(band.upper).toBe(upper);
    expect(band.upperTail).toBeCloseTo(p, 6);
  });

  it('takes the low end of the mean for the low end of the band', () => {
    const plugin = negativeBinomialThreshold(prediction, 11, 0.05, 'plugin');
    const muan = negativeBinomialThreshold(prediction, 11, 0.05, 'muan');
    expect(plugin.lower).toBe(1);
    expect(muan.lower).toBe(0);
    expect(muan.lowerTail).toBeGreaterThan(plugin.lowerTail);
  });
});
