import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import type { RobustResidualOptions, RobustResiduals } from './robust-residual.js';
import { detectRobustResiduals, readRobustVerdict } from './robust-residual.js';

function detect(counts: readonly (number | null)[], options: RobustResidualOptions): RobustResiduals {
  const result = detectRobustResiduals(counts, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

const { series } = createSimulator(8);
const months = series(
  Array.from({ length: 84 }, (_, t) => 500 * Math.exp(0.2 * Math.sin((2 * Math.PI * t) / 12) + 0.002 * t)),
  { dispersion: 4 },
);

describe('detectRobustResiduals', () => {
  it.each(['sqrt', 'log1p'] as const)('finds a month that is far off at the end, by %s', (transform) => {
    const high = detect([...months.slice(0, -1), 1100], { period: 12, transform });
    expect(readRobustVerdict(high, 83)).toMatchObject({ kind: 'ok', observed: 1100, alarm: 'above' });
    const low = detect([...months.slice(0, -1), 200], { period: 12, transform });
    expect(readRobustVerdict(low, 83)).toMatchObject({ kind: 'ok', observed: 200, alarm: 'below' });
  });

  it('raises few alarms in a quiet series', () => {
    const { scores } = detect(months, { period: 12 });
    expect(scores.filter((score) => Math.abs(score ?? 0) > 3.5).length).toBeLessThanOrEqual(2);
  });

  it('has a band that the count leaves exactly where the score passes the threshold', () => {
    const { scores, lower, upper, threshold } = detect([...months.slice(0, 40), 2000, ...months.slice(41)], {
      period: 12,
    });
    for (const [t, count] of [...months.slice(0, 40), 2000, ...months.slice(41)].entries()) {
      const isOutside = count > (upper[t] ?? 0) || count < (lower[t] ?? 0);
      expect(isOutside).toBe(Math.abs(scores[t] ?? 0) > threshold);
    }
  });

  it('keeps missing months out and without a score', () => {
    const counts = months.map((count, t) => (t > 30 && t < 36 ? null : count));
    const result = detect(counts, { period: 12 });
    expect(result.scores[33]).toBeNull();
    expect(readRobustVerdict(result, 33)).toMatchObject({ reason: 'There is no count for period 34.' });
    expect(result.expected[33]).toBeGreaterThan(300);
  });

  it.each([
    [
      new Array<number>(60).fill(0),
      'More than half of the periods have no case, so their spread tells nothing.',
    ],
    [new Array<number>(60).fill(8), 'More than half of the periods show no variation at all.'],
    [[1, 2, 3], '3 values are less than two cycles of 12.'],
  ])('says why it does not judge %#', (counts, reason) => {
    expect(detectRobustResiduals(counts, { period: 12 })).toEqual({ kind: 'not-enough-data', reason });
  });
});
