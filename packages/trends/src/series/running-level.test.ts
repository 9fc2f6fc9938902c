import { describe, expect, it } from 'vitest';
import { runningLevel } from './running-level.js';

describe('runningLevel', () => {
  const ones = (length: number): number[] => new Array<number>(length).fill(1);

  it('leaves a step where it is and odd periods alone', () => {
    const counts = [...new Array<number>(20).fill(100), ...new Array<number>(20).fill(200)];
    counts[8] = 900;
    const level = runningLevel(counts, ones(40), 5, 1);
    expect(level.slice(0, 20)).toEqual(new Array(20).fill(100));
    expect(level.slice(20)).toEqual(new Array(20).fill(200));
  });

  it('is per unit of expectation, and the mean of what lies near the median', () => {
    expect(runningLevel([10, 40, 24], [1, 4, 2], 1, 1)[1]).toBeCloseTo(74 / 7, 12);
  });

  it('is given for missing periods from those around, and is above 0', () => {
    expect(runningLevel([50, null, 50, null], ones(4), 2, 1)).toEqual([50, 50, 50, 50]);
    expect(runningLevel([0, 0, null], ones(3), 2, 1).every((value) => value > 0)).toBe(true);
    expect(runningLevel([null], ones(1), 2, 1)[0]).toBeGreaterThan(0);
  });

  it('throws without reach', () => {
    expect(() => runningLevel([1], [1], 0, 1)).toThrow('reach is above 0');
  });
});
