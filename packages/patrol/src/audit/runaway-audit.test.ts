import { Random } from '@crimetracker/analysis-kit';
import { describe, expect, test } from 'vitest';
import { auditRunaway } from './runaway-audit.js';
import { playUrn } from './runaway-urn.js';

describe('playUrn', () => {
  // Reference simulation: 2 regions, rates .1 and .2, 200,000 steps, 5 seeds: .88 to .999 without correction and .656 to
  // .669 with it; the truth is .667.
  test('runs away without the correction, and finds the true share with it', () => {
    const { trueShare, uncorrected, corrected } = auditRunaway(1);
    expect(trueShare).toBeCloseTo(2 / 3, 12);
    expect(uncorrected.lower).toBeGreaterThan(0.85);
    expect(uncorrected.upper).toBeGreaterThan(0.95);
    expect(corrected.lower).toBeGreaterThan(trueShare - 0.02);
    expect(corrected.upper).toBeLessThan(trueShare + 0.02);
  });

  test('finds the true shares of several regions too', () => {
    const random = new Random(4, 'urn');
    const { shares } = playUrn({ rates: [0.1, 0.2, 0.3], steps: 300_000, isCorrected: true, random });
    for (const [region, share] of shares.entries()) expect(share).toBeCloseTo((region + 1) / 6, 1);
  });

  test('goes on running away with more steps', () => {
    const share = (steps: number): number => {
      const random = new Random(2, 'urn');
      return playUrn({ rates: [0.1, 0.2], steps, isCorrected: false, random }).shares[1] ?? 0;
    };
    expect(share(400_000)).toBeGreaterThan(share(4_000));
  });

  test('keeps the path from the first share to the last', () => {
    const { path, shares } = playUrn({
      rates: [0.5, 0.5],
      steps: 100,
      isCorrected: true,
      random: new Random(1, 'urn'),
    });
    expect(path).toHaveLength(41);
    expect(path[0]).toEqual([0.5, 0.5]);
    expect(path.at(-1)).toEqual(shares);
  });

  test('refuses rates that are none', () => {
    const of = (rates: readonly number[], start?: readonly number[]) => () =>
      playUrn({ rates, ...(start && { start }), steps: 1, isCorrected: true, random: new Random(1, 'urn') });
    expect(of([])).toThrow('every region');
    expect(of([2])).toThrow('between 0 and 1');
    expect(of([0.1], [0])).toThrow('on record');
  });
});

test('the audit tells what the simulation shows', () => {
  expect(auditRunaway(1).text).toMatch(/second has 66.7 % of the crime.*settles at 6\d/);
});
