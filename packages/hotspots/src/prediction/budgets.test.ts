import { describe, expect, test } from 'vitest';
import { chooseTop, deepestOf } from './budgets.js';
import { cellRanking } from './rank-cells.js';

const areas = Float64Array.of(1, 1, 1, 1, 2);
const ranked = (...predicted: number[]) => cellRanking(areas)(Float64Array.from(predicted), 5);

describe('chooseTop', () => {
  test('takes whole cells of a patrol budget', () => {
    expect(chooseTop(ranked(5, 4, 3, 2, 1), areas, { kind: 'cells', cells: 2 })).toEqual({
      whole: 2,
      touched: 2,
      part: 0,
      areaKm2: 2,
    });
  });

  test('meets an area exactly, with the last cell in part', () => {
    expect(chooseTop(ranked(5, 4, 3, 2, 1), areas, { kind: 'area', areaKm2: 2.5 })).toEqual({
      whole: 2,
      touched: 3,
      part: 0.5,
      areaKm2: 2.5,
    });
  });

  test('gives cells of equal density at the cut an equal part each', () => {
    const choice = chooseTop(ranked(5, 3, 3, 3, 1), areas, { kind: 'cells', cells: 2 });
    expect(choice).toMatchObject({ whole: 1, touched: 4, areaKm2: 2 });
    expect(choice.part).toBeCloseTo(1 / 3, 12);
  });

  test('takes everything when the budget is larger than the area', () => {
    expect(chooseTop(ranked(5, 4, 3, 2, 1), areas, { kind: 'area', areaKm2: 99 })).toMatchObject({
      whole: 5,
      areaKm2: 6,
    });
  });
});

test('a ranking is as deep as the largest budget needs', () => {
  expect(
    deepestOf(
      [
        { kind: 'cells', cells: 1 },
        { kind: 'area', areaKm2: 2.5 },
      ],
      areas,
    ),
  ).toBe(3);
});
