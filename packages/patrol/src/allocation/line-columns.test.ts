import { Random } from '@crimetracker/analysis-kit';
import { describe, expect, it } from 'vitest';
import { dutyShapes } from './duty-shapes.js';
import { lineColumns } from './line-columns.js';
import { RULES } from './testing-instances.js';

describe('lineColumns', () => {
  it('deals days out to units so that every day has its shifts', () => {
    const random = new Random(1, 'days');
    for (const shiftsPerUnit of [1, 3, 5, 6]) {
      const shapes = dutyShapes({ ...RULES, shiftsPerUnit });
      const lines = lineColumns(shapes);
      for (let i = 0; i < 50; i += 1) {
        const counts = Int32Array.from(shapes.shapeBlocks, () => (random.chance(0.2) ? random.below(4) : 0));
        const columns = lines.columnsOf(counts);
        expect(columns).toHaveLength(8 * RULES.startHours.length);
        expect(lines.columnsOf(lines.countsOf(columns))).toEqual(columns);
        for (const { lower, entries } of lines.ties) {
          const sum = entries.reduce((all, [column, factor]) => all + factor * (columns[column] ?? 0), 0);
          expect(sum).toBeGreaterThanOrEqual(lower);
          expect(sum).toBeLessThanOrEqual(0);
        }
      }
    }
  });

  it('counts shapes one by one where some days do not go together', () => {
    const shapes = dutyShapes({ ...RULES, maxConsecutiveShifts: 4 });
    const lines = lineColumns(shapes);
    expect(lines.covers).toHaveLength(3 * 14);
    expect(lines.ties).toEqual([]);
  });
});
