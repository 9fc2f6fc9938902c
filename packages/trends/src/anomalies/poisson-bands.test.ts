import { missingTables, readGoldenVectors } from '@crimetracker/analysis-kit/testing';
import { describe, expect, it } from 'vitest';
import { detectByPoissonBand, poissonBand, poissonZ } from './poisson-bands.js';

describe('poissonZ and poissonBand', () => {
  it.skipIf(missingTables !== undefined)('give the golden numbers', () => {
    const { poisson_z, poisson_band } = readGoldenVectors();
    expect(poissonZ(poisson_z.obs, poisson_z.mean)).toBeCloseTo(poisson_z.z, 8);
    const { lower, upper } = poissonBand(poisson_band.mean, poisson_band.z);
    expect(lower).toBeCloseTo(poisson_band.low, 6);
    expect(upper).toBeCloseTo(poisson_band.high, 6);
  });

  it('do not go below 0', () => {
    expect(poissonBand(1).lower).toBe(0);
    expect(poissonZ(0, 0)).toBe(0);
  });
});

describe('detectByPoissonBand', () => {
  const flat = [30, 30, 30, 30, 30, 30, 30, 30];

  it.each([
    [49, 'above'],
    [48, undefined],
    [16, undefined],
    [15, 'below'],
  ])('of %i after eight weeks of 30 says %s', (count, alarm) => {
    expect(detectByPoissonBand([...flat, count], 8)).toMatchObject({ kind: 'ok', expected: 30, alarm });
  });

  it('leaves missing weeks out of the mean, and needs half of them', () => {
    expect(detectByPoissonBand([30, null, 20, null, 30, null, 20, null, 25], 8)).toMatchObject({
      expected: 25,
    });

    expect(detectByPoissonBand([1, 2, 3, 4], 3)).toEqual({
      kind: 'not-enough-data',
      reason: '3 of the 8 periods before are known, half are needed.',
    });
    expect(detectByPoissonBand([...flat, null], 8)).toEqual({
      kind: 'not-enough-data',
      reason: 'There is no count for period 9.',
    });
  });

  it('judges zeros after zeros', () => {
    expect(detectByPoissonBand(new Array(9).fill(0), 8)).toMatchObject({
      expected: 0,
      score: 0,
      alarm: undefined,
    });
  });
});
