import { Random } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import { blockDraws, drawnInterval } from './block-bootstrap.js';

describe('blockDraws', () => {
  test('draws the same weeks for every series', () => {
    const draws = blockDraws(52, new Random(1, 'test'));
    const series = Float64Array.from({ length: 52 }, (_, week) => (week * 7) % 11);
    const doubled = draws.sums(series.map((value) => 2 * value));
    expect(doubled).toEqual(draws.sums(series).map((sum) => 2 * sum));
  });

  test('leaves a constant series as it is and centres on the sum of any other', () => {
    const draws = blockDraws(52, new Random(2, 'test'));
    expect(new Set(draws.sums(new Float64Array(52).fill(3)))).toEqual(new Set([156]));
    const last = Float64Array.from({ length: 52 }, (_, week) => (week === 51 ? 52 : 0));
    const mean = draws.sums(last).reduce((sum, value) => sum + value, 0) / 2000;
    expect(mean).toBeGreaterThan(45);
    expect(mean).toBeLessThan(59);
  });

  test('has an interval that holds the mean of independent weeks about as often as it says', () => {
    const { normal } = testingRandom(8);
    let held = 0;
    for (let run = 0; run < 200; run += 1) {
      const draws = blockDraws(52, new Random(run, 'coverage'));
      const series = Float64Array.from({ length: 52 }, () => normal());
      const value = series.reduce((sum, one) => sum + one, 0);
      const { lower, upper } = drawnInterval(value, draws.sums(series), draws.blocks);
      if (lower <= 0 && upper >= 0) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(182);
    expect(held).toBeLessThanOrEqual(198);
  });

  test('refuses weeks that are no whole blocks', () => {
    expect(() => blockDraws(50, new Random(1, 'test'))).toThrow(/multiple of 4/);
  });
});
