import type { CrimeCategory } from '@crimetracker/schema';
import { describe, expect, it } from 'vitest';
import { harmSurface } from './harm-surface.js';
import { testingWeights } from './testing-weights.js';

const counts = (entries: Readonly<Partial<Record<CrimeCategory, readonly number[]>>>) =>
  new Map(Object.entries(entries) as [CrimeCategory, readonly number[]][]);

describe('harmSurface', () => {
  // Homicide weighs 1, Robbery 4, and Drugs are excluded.
  const weights = testingWeights();

  it('adds up the incidents of a cell, each with the weight of its category', () => {
    const surface = harmSurface(counts({ Homicide: [1, 0, 0], Robbery: [2, 5, 0] }), weights);
    expect([...surface.harm]).toEqual([9, 20, 0]);
    expect(surface.total).toBe(29);
    expect(surface.leftOut).toEqual([]);
    expect(surface.discoveredByPolice).toEqual([]);
  });

  it('says how many incidents are not in it, and why', () => {
    const surface = harmSurface(counts({ Robbery: [1, 1], Drugs: [30, 12] }), weights);
    expect([...surface.harm]).toEqual([4, 4]);
    expect(surface.leftOut).toEqual([{ category: 'Drugs', count: 42, reason: 'found by police' }]);
  });

  it('names what is weighted although police find it by looking for it', () => {
    const { Drugs: _, ...excluded } = weights.excluded;
    const willing = { ...weights, weights: { ...weights.weights, Drugs: 2 }, excluded };
    const surface = harmSurface(counts({ Drugs: [30, 12] }), willing);
    expect(surface.discoveredByPolice).toEqual([{ category: 'Drugs', count: 42 }]);
    expect(surface.total).toBe(84);
  });

  it('throws rather than weighting an unknown category 0', () => {
    const { Robbery: _, ...rest } = weights.weights;
    expect(() => harmSurface(counts({ Robbery: [1] }), { ...weights, weights: rest })).toThrow(
      'Robbery has a weight or is excluded',
    );
  });

  it('throws on counts of different cells, and of nothing makes nothing', () => {
    expect(() => harmSurface(counts({ Robbery: [1, 2], Homicide: [1] }), weights)).toThrow(
      'one count a cell',
    );
    expect(harmSurface(new Map(), weights)).toMatchObject({ total: 0, leftOut: [] });
  });
});
