import { describe, expect, it } from 'vitest';
import { nameUnits } from './name-units.js';

const line = (jurisdiction: number, startHour = 8, days: readonly number[] = [0]) => ({
  jurisdiction,
  startHour,
  days,
});

describe('nameUnits', () => {
  it('numbers the units of each jurisdiction by start and days, in whatever order they come', () => {
    const lines = [line(0, 16), line(0, 8, [1, 2]), line(0, 8, [1, 3]), line(1)];
    const named = nameUnits(lines, ['75', 'Central']);
    expect(named.map(({ unit, startHour, days }) => [unit, startHour, days])).toEqual([
      ['75-01', 8, [1, 2]],
      ['75-02', 8, [1, 3]],
      ['75-03', 16, [0]],
      ['Central-01', 8, [0]],
    ]);
    expect(nameUnits(lines.toReversed(), ['75', 'Central'])).toEqual(named);
  });

  it('makes names that a file can have, and tells equal ones apart', () => {
    const labels = ['N Hollywood', "Queen's – 1/2", 'Peñón', 'N.Hollywood', '—'];
    expect(
      nameUnits(
        labels.map((_, j) => line(j)),
        labels,
      ).map(({ unit }) => unit),
    ).toEqual(['N-Hollywood-01', 'Queen-s-1-2-01', 'Penon-01', 'N-Hollywood.2-01', 'unit-01']);
  });

  it('takes as many digits as the largest number needs', () => {
    const names = nameUnits(
      Array.from({ length: 100 }, () => line(0)),
      ['1'],
    ).map(({ unit }) => unit);
    expect([names[0], names[99]]).toEqual(['1-001', '1-100']);
  });
});
