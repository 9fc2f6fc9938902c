import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import { mixtureWeights } from './mixture-weights.js';

const even = Float64Array.of(0.5, 0.5);

describe('mixtureWeights', () => {
  test('gives the weights in closed form where components do not overlap', () => {
    // Three incidents where only the first component expects any, one where only the second does.
    const rows = {
      components: 2,
      rows: 2,
      densities: Float64Array.of(0.2, 0, 0, 0.9),
      counts: Float64Array.of(3, 1),
    };
    expect([...mixtureWeights(rows, even)]).toEqual([0.75, 0.25]);
  });

  test('finds the weights that incidents were drawn with', () => {
    const { uniform } = testingRandom(4);
    const components = [1, 2, 3].map((sharpness) => {
      const shares = Array.from({ length: 200 }, (_, cell) => ((cell + 1) / 200) ** (sharpness * 3 - 3));
      const total = shares.reduce((sum, share) => sum + share, 0);
      return shares.map((share) => share / total);
    });
    const truth = [0.5, 0, 0.5];
    const counts = new Float64Array(200);
    for (let incident = 0; incident < 20_000; incident += 1) {
      let left = uniform();
      let cell = -1;
      while (left > 0 && cell < 199) {
        cell += 1;
        left -= truth.reduce((sum, weight, k) => sum + weight * (components[k]?.[cell] ?? 0), 0);
      }
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    const table = new Float64Array(600);
    for (let cell = 0; cell < 200; cell += 1) {
      for (const [k, component] of components.entries()) table[cell * 3 + k] = component[cell] ?? 0;
    }
    const weights = mixtureWeights(
      { components: 3, rows: 200, densities: table, counts },
      new Float64Array(3).fill(1 / 3),
    );
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeGreaterThan(0.4);
    expect(weights[0]).toBeLessThan(0.6);
    expect(weights[1]).toBeLessThan(0.15);
    // The likelihood is concave: no weights gain more for each incident than the steepest component promises.
    const promises = components.map((component) =>
      component.reduce((sum, density, cell) => {
        const mixed = components.reduce((all, other, k) => all + (weights[k] ?? 0) * (other[cell] ?? 0), 0);
        return sum + ((counts[cell] ?? 0) * density) / mixed / 20_000;
      }, -1),
    );
    expect(Math.max(...promises)).toBeLessThan(0.005);
  });

  test('keeps the start where nothing happened, or where no component expects what did', () => {
    const rows = { components: 2, rows: 1, densities: Float64Array.of(0, 0), counts: Float64Array.of(0) };
    expect(mixtureWeights(rows, even)).toEqual(even);
    expect(mixtureWeights({ ...rows, counts: Float64Array.of(4) }, even)).toEqual(even);
  });
});
