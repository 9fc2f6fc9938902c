import { describe, expect, it } from 'vitest';
import { dayPatterns, dutyShapes } from './duty-shapes.js';
import { RULES } from './testing-instances.js';

describe('dayPatterns', () => {
  it('has the 21 ways to work five of seven days, and 14 with at most four in a row around the week', () => {
    expect(dayPatterns(RULES)).toHaveLength(21);
    expect(dayPatterns({ ...RULES, maxConsecutiveShifts: 4 })).toHaveLength(14);
  });

  it('counts Sunday and Monday as days in a row', () => {
    const pairs = dayPatterns({ ...RULES, shiftsPerUnit: 2, maxConsecutiveShifts: 1 });
    expect(pairs).not.toContainEqual([0, 6]);
    expect(pairs).toHaveLength(14);
  });

  it('leaves out days next to each other where shifts leave too little rest', () => {
    const patterns = dayPatterns({ ...RULES, shiftHours: 12, minRestHours: 14, shiftsPerUnit: 3 });
    expect(patterns).toHaveLength(7);
    for (const days of patterns) for (const day of days) expect(days).not.toContain((day + 1) % 7);
    expect(dayPatterns({ ...RULES, shiftHours: 12, minRestHours: 12, shiftsPerUnit: 3 })).toHaveLength(35);
  });

  it('allows seven days a week only where days in a row have no limit', () => {
    expect(dayPatterns({ ...RULES, shiftsPerUnit: 7, maxConsecutiveShifts: 6 })).toEqual([]);
    expect(dayPatterns({ ...RULES, shiftsPerUnit: 7, maxConsecutiveShifts: 7 })).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
    ]);
  });
});

describe('dutyShapes', () => {
  it('cuts the week where a shift begins or ends, and only there', () => {
    const { blocks, reached } = dutyShapes({ ...RULES, startHours: [6, 20] });
    expect(blocks).toHaveLength(4 * 7);
    expect(blocks.flat().sort((a, b) => a - b)).toEqual([...Array(168).keys()]);
    expect(blocks.map(([first = 0]) => first % 24).slice(0, 4)).toEqual([4, 6, 14, 20]);
    expect([...reached].slice(0, 4)).toEqual([0, 1, 0, 1]);
  });

  it('wraps a shift of Sunday night into Monday', () => {
    const { blocks, shiftBlocks } = dutyShapes({ ...RULES, startHours: [22] });
    const hours = [...(shiftBlocks[6] ?? [])].flatMap((block) => blocks[block] ?? []);
    expect(hours.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 166, 167]);
  });
});
