import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import type { FarringtonFlexibleOptions, FarringtonVerdict } from './farrington.js';
import { detectByFarrington, detectByFarringtonFlexible } from './farrington.js';
import { findSamePeriods } from './reference-periods.js';

const WEEKS = 52;
const MODERN: FarringtonFlexibleOptions = {
  noPeriods: 10,
  pastWeeksNotIncluded: 26,
  pThresholdTrend: 1,
  thresholdMethod: 'muan',
  alpha: 0.01,
};

function judge(
  counts: readonly (number | null)[],
  options?: FarringtonFlexibleOptions,
  detect = detectByFarringtonFlexible,
): FarringtonVerdict {
  const at = counts.length - 1;
  const result = detect({ counts, at, references: findSamePeriods(at, WEEKS, 5) }, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

const { series } = createSimulator(4);
const seasonal = (length: number, mean: number): number[] =>
  Array.from({ length }, (_, t) => mean * Math.exp(0.4 * Math.sin((2 * Math.PI * t) / WEEKS)));

/** Counts and answers of R's surveillance 1.20.3, written down on 2026-11-27. */
const COUNTS_FOR_R = Array.from({ length: 300 }, (_, t) =>
  Math.round(
    20 + 8 * Math.sin((2 * Math.PI * t) / 52) + 6 * Math.sin(t * 1.7) + 0.02 * t + (t === 299 ? 22 : 0),
  ),
);

const R_ORIGINAL_UPPER = 30.254686604544;
const R_FLEXIBLE: readonly [
  FarringtonFlexibleOptions,
  expected: number,
  upper: number,
  dispersion: number,
][] = [
  [{}, 19.1574692290902, 27.8520295261732, 1.2637943663731],
  [MODERN, 17.67454643012, 29, 1],
  [{ noPeriods: 10, pastWeeksNotIncluded: 26, thresholdMethod: 'nbPlugin' }, 17.67454643012, 25, 1],
  [{ trend: false, power: '1/2', w: 2 }, 16.08, 24.9645083425126, 1.4351167840849],
];

describe('detectByFarrington', () => {
  it('gives the upper end of algo.farrington of R', () => {
    const verdict = judge(COUNTS_FOR_R, {}, detectByFarrington);
    expect(verdict.upper).toBeCloseTo(R_ORIGINAL_UPPER, 8);
  });
});

describe('detectByFarringtonFlexible', () => {
  it.each(R_FLEXIBLE)(
    'gives expected count, upper end and dispersion of R for %j',
    (options, expected, upper, phi) => {
      const verdict = judge(COUNTS_FOR_R, { ...options, standardErrors: 'surveillance' });
      expect(verdict.expected).toBeCloseTo(expected, 7);
      expect(verdict.upper).toBeCloseTo(upper, 7);
      expect(verdict.dispersion).toBeCloseTo(phi, 7);
    },
  );

  it('raises alarms above and below', () => {
    const counts = series(seasonal(312, 40));
    expect(judge([...counts.slice(0, -1), 110], MODERN).alarm).toBe('above');
    expect(judge([...counts.slice(0, -1), 5], MODERN).alarm).toBe('below');
    expect(judge([...counts.slice(0, -1), 40], MODERN).alarm).toBeUndefined();
  });

  it('scores the end of the band with 1', () => {
    const verdict = judge(series(seasonal(312, 200)), { thresholdMethod: 'delta' });
    const above = verdict.observed > verdict.expected;
    const end = above ? verdict.upper : verdict.lower;
    const share = (verdict.observed - verdict.expected) / Math.abs(end - verdict.expected);
    expect(verdict.score).toBeCloseTo(share, 10);
  });

  it('alarms in few of many quiet weeks', () => {
    let alarms = 0;
    for (let run = 0; run < 150; run += 1) {
      if (judge(series(seasonal(312, 20), { dispersion: 1.5 }), MODERN).alarm !== undefined) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(9);
  });

  it('does not learn from an outbreak that still runs, nor much from an old one', () => {
    const means = seasonal(312, 30);
    const quiet = judge(series(means), MODERN);
    const recent = series(means).map((count, t) => (t > 295 ? count * 4 : count));
    const old = series(means).map((count, t) => (t > 200 && t < 206 ? count * 6 : count));
    expect(Math.abs(judge(recent, MODERN).expected - quiet.expected)).toBeLessThan(8);
    expect(Math.abs(judge(old, MODERN).expected - quiet.expected)).toBeLessThan(8);
  });

  it('leaves missing and masked weeks out', () => {
    const counts: (number | null)[] = series(seasonal(312, 40));
    const verdict = judge(counts, MODERN);
    for (let t = 100; t < 130; t += 1) counts[t] = null;
    const gappy = judge(counts, MODERN);
    expect(gappy.training).toBe(verdict.training - 30);
    expect(Math.abs(gappy.expected - verdict.expected)).toBeLessThan(5);
  });

  it('expects in proportion to the population', () => {
    const counts = series(seasonal(312, 40));
    const at = 311;
    const input = { counts, at, references: findSamePeriods(at, WEEKS, 5) };
    const grown = counts.map((_, t) => (t === at ? 2 : 1));
    const plain = detectByFarringtonFlexible(input, { trend: false });
    const doubled = detectByFarringtonFlexible({ ...input, population: grown }, { trend: false });
    if (plain.kind !== 'ok' || doubled.kind !== 'ok') throw new Error('no verdict');
    expect(doubled.expected).toBeCloseTo(2 * plain.expected, 8);
  });

  it('raises no alarm above for a handful of cases', () => {
    const counts = [...new Array<number>(311).fill(0), 4];
    counts[5] = 1;
    counts[100] = 1;
    const result = detectByFarringtonFlexible(
      { counts, at: 311, references: findSamePeriods(311, 52, 5) },
      MODERN,
    );
    if (result.kind === 'ok') expect(result.alarm).toBeUndefined();
  });

  it.each([
    ['zeros', new Array<number>(312).fill(0), 'All counts are zero.'],
    ['a short series', [3, 4, 5], '0 earlier periods are known, 10 are needed.'],
    ['a missing week', [...new Array<number>(311).fill(3), null], 'There is no count for period 312.'],
  ])('says why it does not judge %s', (_name, counts, reason) => {
    const at = counts.length - 1;
    expect(detectByFarringtonFlexible({ counts, at, references: findSamePeriods(at, WEEKS, 5) })).toEqual({
      kind: 'not-enough-data',
      reason,
    });
  });

  it('never answers with NaN, whatever the counts', () => {
    const count = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(500), fc.constant(null));
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 60, maxLength: 200 }),
        fc.constantFrom<FarringtonFlexibleOptions>(MODERN, {}, { ...MODERN, thresholdMethod: 'nbPlugin' }),
        (counts, options) => {
          const at = counts.length - 1;
          const result = detectByFarringtonFlexible(
            { counts, at, references: findSamePeriods(at, 12, 5) },
            { ...options, w: 1, noPeriods: 4, pastWeeksNotIncluded: 3 },
          );
          if (result.kind !== 'ok') {
            expect(result.reason).not.toContain('NaN');
            return;
          }
          for (const value of [result.expected, result.lower, result.upper, result.score, result.pValue]) {
            expect(Number.isFinite(value)).toBe(true);
          }
          expect(result.lower).toBeLessThanOrEqual(result.upper);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('throws on references that do not go back', () => {
    expect(() => detectByFarringtonFlexible({ counts: [1, 2, 3], at: 2, references: [2] })).toThrow(
      'go back',
    );
  });
});
