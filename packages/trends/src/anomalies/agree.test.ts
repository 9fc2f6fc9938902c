import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import type { PeriodJudgement, WatchedSeries } from './agree.js';
import { judgePeriod } from './agree.js';
import { describeAnomaly } from './describe-anomaly.js';

const { series } = createSimulator(6);
const means = Array.from({ length: 312 }, (_, t) => 60 * Math.exp(0.2 * Math.sin((2 * Math.PI * t) / 52)));
const weekStarts = means.map((_, t) =>
  new Date(Date.UTC(2018, 0, 1) + t * 7 * 86_400_000).toISOString().slice(0, 10),
);

function judge(watched: WatchedSeries, at: number): PeriodJudgement {
  const result = judgePeriod(watched, at);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

describe('judgePeriod', () => {
  it('finds an outbreak, its direction and its first week', () => {
    const counts = series(means).map((count, t) => (t >= 309 ? count * 2 + 30 : count));
    const judgement = judge({ counts, period: 52, weekStarts }, 311);
    expect(judgement).toMatchObject({ direction: 'above', since: 309 });
    expect(judgement.agreeing.length).toBeGreaterThanOrEqual(2);
    expect(judgement.observed).toBeGreaterThan(judgement.upper);
    expect(Math.abs(judgement.expected - 60)).toBeLessThan(15);
  });

  it('finds a fall', () => {
    const counts = series(means).map((count, t) => (t === 311 ? 12 : count));
    expect(judge({ counts, period: 52 }, 311)).toMatchObject({ direction: 'below', since: 311 });
  });

  it('finds months that are far off with months of training', () => {
    const monthly = series(
      Array.from({ length: 75 }, (_, t) => 1300 * Math.exp(0.1 * Math.sin((2 * Math.PI * t) / 12))),
      { dispersion: 4 },
    );
    const high = judge({ counts: [...monthly.slice(0, -1), 2200], period: 12 }, 74);
    expect(high.direction).toBe('above');
    expect(judge({ counts: [...monthly.slice(0, -1), 600], period: 12 }, 74).direction).toBe('below');
  });

  it('agrees on an anomaly in hardly any quiet week', () => {
    let anomalies = 0;
    for (let run = 0; run < 60; run += 1) {
      const counts = series(means, { dispersion: 1.5 });
      if (judge({ counts, period: 52, weekStarts }, 311).direction !== undefined) anomalies += 1;
    }
    expect(anomalies).toBeLessThanOrEqual(2);
  });

  it('does not look at later weeks', () => {
    const counts = series(means);
    const later = [...counts.slice(0, 300), ...counts.slice(300).map((count) => count * 9)];
    expect(judge({ counts, period: 52 }, 299)).toEqual(judge({ counts: later, period: 52 }, 299));
  });

  it('does not train on masked weeks, yet judges them', () => {
    const counts = series(means).map((count, t) => (t >= 240 && t < 300 ? Math.round(count / 5) : count));
    const masked = counts.map((_, t) => t >= 240 && t < 300);
    const open = judge({ counts, period: 52 }, 311);
    const closed = judge({ counts, period: 52, masked }, 311);
    expect(Math.abs(closed.expected - (means[311] ?? 0))).toBeLessThan(
      Math.abs(open.expected - (means[311] ?? 0)),
    );
    expect(judgePeriod({ counts, period: 52, masked }, 250)).toMatchObject({
      kind: 'ok',
      observed: counts[250],
    });
  });

  it('says which detectors cannot judge a short series, and why', () => {
    const result = judgePeriod({ counts: [4, 5, 6, 4, 5, 7, 3, 5, 6], period: 52 }, 8);
    expect(result).toMatchObject({ kind: 'not-enough-data' });
    if (result.kind !== 'ok') {
      expect(result.reason).toContain('Only 1 of 3 detectors can judge.');
      expect(result.reason).toContain('robust-residual: 9 values are less than two cycles of 52.');
    }
  });

  it.each([
    ['zeros', new Array<number>(200).fill(0)],
    ['one number', new Array<number>(200).fill(6)],
    ['gaps', new Array<null>(200).fill(null)],
  ])('has an answer without NaN for %s', (_name, counts) => {
    const result = judgePeriod({ counts, period: 52 }, 199);
    if (result.kind === 'ok') expect(Number.isFinite(result.expected + result.pValue)).toBe(true);
    else expect(result.reason).not.toContain('NaN');
  });
});

describe('describeAnomaly', () => {
  const nameOf = (at: number): string => `week ${at}`;
  const what = 'Robbery in Hollywood';

  it('says what, how much, how unusual and since when', () => {
    const counts = series(means).map((count, t) => (t >= 310 ? 190 : count));
    const text = describeAnomaly(judge({ counts, period: 52 }, 311), { what, nameOf });
    expect(text).toMatch(
      /^Robbery in Hollywood: 190 in week 311, more than the \d+ expected \(between \d+ and \d+\), as in every period since week 310\.$/,
    );
  });

  it('says that a usual week is usual', () => {
    const counts = series(means);
    counts[311] = Math.round(means[311] ?? 0);
    const text = describeAnomaly(judge({ counts, period: 52 }, 311), { what, nameOf });
    expect(text).toMatch(/within what is usual \(between \d+ and \d+\)\.$/);
  });
});
