import { notEnoughData } from '@crimetracker/analysis-kit';
import { describe, expect, it } from 'vitest';
import type { PeriodJudgement } from './agree.js';
import { selectAnomalies } from './select-anomalies.js';
import type { Direction } from './verdict.js';

function judged(pValue: number, direction?: Direction): PeriodJudgement {
  const reason = notEnoughData('not asked');
  return {
    kind: 'ok',
    at: 5,
    observed: 20,
    expected: 10,
    lower: 4,
    upper: 16,
    direction,
    since: 5,
    agreeing: [],
    pValue,
    verdicts: { farrington: reason, 'poisson-bands': reason, 'robust-residual': reason },
  };
}

describe('selectAnomalies', () => {
  it('keeps what stands out of the whole table, the surest first', () => {
    const cells = [
      { key: 'quiet', judgement: judged(0.6) },
      { key: 'sure', judgement: judged(0.0001, 'above') },
      { key: 'surest', judgement: judged(0.00001, 'below') },
      { key: 'by chance', judgement: judged(0.04, 'above') },
      { key: 'unknown', judgement: notEnoughData('Too short.') },
      ...Array.from({ length: 16 }, (_, i) => ({ key: `other ${i}`, judgement: judged(0.3 + i / 40) })),
    ];
    const { anomalies, setAside, tested, notJudged } = selectAnomalies(cells);
    expect(anomalies.map(({ key }) => key)).toEqual(['surest', 'sure']);
    expect(anomalies[0]?.qValue).toBeCloseTo(0.0002, 10);
    expect(setAside.map(({ key }) => key)).toEqual(['by chance']);
    expect(tested).toBe(20);
    expect(notJudged).toEqual([{ key: 'unknown', reason: 'Too short.' }]);
  });

  it('of an empty table is empty', () => {
    expect(selectAnomalies([])).toEqual({ anomalies: [], setAside: [], tested: 0, notJudged: [] });
  });

  it('throws on a rate of 0', () => {
    expect(() => selectAnomalies([], 0)).toThrow('between 0 and 1');
  });
});
