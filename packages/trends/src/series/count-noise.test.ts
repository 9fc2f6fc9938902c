import { estimateCountNoise } from '@crimetracker/analysis-kit';
import { describe, expect, it } from 'vitest';
import { createSimulator } from './testing-simulate.js';

describe('estimateCountNoise', () => {
  const { series } = createSimulator(11);
  const ones = new Array<number>(2000).fill(1);

  it('finds the dispersion of independent counts', () => {
    const counts = series(
      ones.map(() => 20),
      { dispersion: 4 },
    );
    const { dispersion, correlation } = estimateCountNoise(counts, ones);
    expect(dispersion).toBeGreaterThan(3.4);
    expect(dispersion).toBeLessThan(4.7);
    expect(correlation).toBeLessThan(0.1);
  });

  it('is hardly moved by a jump of the level', () => {
    const counts = series(ones.map((_, i) => (i < 900 ? 20 : 60)));
    expect(estimateCountNoise(counts, ones).longRun).toBeLessThan(1.6);
  });

  it('finds more in the long run when periods hang together', () => {
    const counts = series(
      ones.map(() => 100),
      { rho: 0.6, sigma: 0.15 },
    );
    const { dispersion, longRun } = estimateCountNoise(counts, ones);
    expect(longRun).toBeGreaterThan(1.5 * dispersion);
  });

  it('says Poisson where nothing varies', () => {
    expect(estimateCountNoise([5, 5, 5, 5, 5, 5, 5], ones.slice(0, 7)).longRun).toBe(1);
    expect(estimateCountNoise([], []).longRun).toBe(1);
  });
});
