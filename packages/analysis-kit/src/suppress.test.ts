import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SuppressedTable, SuppressionOptions } from './suppress.js';
import { suppressSmallCounts } from './suppress.js';
import { testingRandom } from './testing/random.js';

const suppress = (counts: readonly (readonly number[])[], options?: SuppressionOptions): SuppressedTable => {
  const result = suppressSmallCounts(counts, options);
  if (result.kind !== 'table') throw new Error(result.reason);
  return result;
};

/** The table with its totals, row by row, of inner cells. */
const withTotals = (counts: readonly (readonly number[])[]): number[] => {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const columns = counts[0]?.length ?? 0;
  const columnTotals = Array.from({ length: columns }, (_, column) =>
    sum(counts.map((row) => row[column] ?? 0)),
  );
  return [...counts.flatMap((row) => [...row, sum(row)]), ...columnTotals, sum(columnTotals)];
};

const published = (table: SuppressedTable): (number | undefined)[] => [
  ...table.cells.flatMap((row, place) => [...row, table.rowTotals[place]]),
  ...table.columnTotals,
  table.total,
];

/**
 * Which hidden numbers some other table with the same published ones contradicts: every hidden inner count is tried one
 * lower, as it is, and one higher, at least 1. Knows nothing of how they were hidden.
 */
function ambiguous(
  counts: readonly (readonly number[])[],
  shown: readonly (number | undefined)[],
): Set<number> {
  const columns = counts[0]?.length ?? 0;
  const hidden: (readonly [number, number])[] = [];
  for (const [row, values] of counts.entries()) {
    for (const column of values.keys()) {
      if (shown[row * (columns + 1) + column] === undefined) hidden.push([row, column]);
    }
  }
  const truth = withTotals(counts);
  const differing = new Set<number>();
  const trial = counts.map((row) => [...row]);
  const visit = (place: number): void => {
    const at = hidden[place];
    if (at !== undefined) {
      const [row, column] = at;
      const count = counts[row]?.[column] ?? 0;
      for (const value of [count - 1, count, count + 1]) {
        if (value < 1) continue;
        (trial[row] ?? [])[column] = value;
        visit(place + 1);
      }
      (trial[row] ?? [])[column] = count;
      return;
    }
    const numbers = withTotals(trial);
    if (numbers.some((number, index) => shown[index] !== undefined && shown[index] !== number)) return;
    for (const [index, number] of numbers.entries()) if (number !== truth[index]) differing.add(index);
  };
  visit(0);
  return differing;
}

describe('suppressSmallCounts', () => {
  test('shows everything when nothing is small, zeros included', () => {
    const table = suppress([
      [5, 0],
      [20, 9],
    ]);
    expect(table).toEqual({
      kind: 'table',
      cells: [
        [5, 0],
        [20, 9],
      ],
      rowTotals: [5, 29],
      columnTotals: [25, 9],
      total: 34,
      small: 0,
      complementary: 0,
    });
  });

  test('hides a small count and the three smallest others that close the square', () => {
    const table = suppress([
      [3, 20, 90],
      [40, 30, 80],
      [70, 60, 50],
    ]);
    expect(table.cells).toEqual([
      [undefined, undefined, 90],
      [undefined, undefined, 80],
      [70, 60, 50],
    ]);
    expect([table.small, table.complementary]).toEqual([1, 3]);
    expect(table.rowTotals).toEqual([113, 150, 180]);
  });

  test('hides a small total too, with the only count in it', () => {
    const table = suppress([
      [3, 0],
      [20, 30],
    ]);
    expect(table.rowTotals[0]).toBeUndefined();
    expect(table.cells[0]).toEqual([undefined, 0]);
    expect(published(table).filter((count) => count === undefined).length).toBeGreaterThan(2);
  });

  test('does not let a row give away that its hidden counts add up to a small one', () => {
    // 1 and 2 vary against each other, but 93 − 90 says that they are 3 together.
    const table = suppress([
      [1, 2, 90],
      [2, 1, 80],
      [70, 60, 50],
    ]);
    for (const [place, row] of table.cells.entries()) {
      const isAnyHidden = row.includes(undefined);
      if (!isAnyHidden || table.rowTotals[place] === undefined) continue;
      const shown = row.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      expect((table.rowTotals[place] ?? 0) - shown).toBeGreaterThanOrEqual(5);
    }
  });

  test('has a threshold of ten for rows of sex offences', () => {
    const counts = [
      [8, 50, 60],
      [8, 50, 60],
      [70, 80, 90],
    ];
    const table = suppress(counts, { thresholds: [10, 5, 5] });
    expect(table.cells[0]?.[0]).toBeUndefined();
    expect(table.small).toBe(1);
    expect(suppress(counts).small).toBe(0);
  });

  test('says when there is no cell, shows zeros, and refuses what is no table of counts', () => {
    expect(suppressSmallCounts([])).toEqual({ kind: 'not-enough-data', reason: 'the table has no cell' });
    expect(suppressSmallCounts([[]]).kind).toBe('not-enough-data');
    expect(suppress([[0, 0]])).toMatchObject({ cells: [[0, 0]], total: 0, small: 0 });
    expect(() => suppressSmallCounts([[1, 2], [3]])).toThrow('same length');
    expect(() => suppressSmallCounts([[1.5]])).toThrow('whole numbers');
    expect(() => suppressSmallCounts([[1]], { thresholds: [5, 5] })).toThrow(
      'one threshold for each of 1 rows',
    );
  });
});

const tables = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 }), fc.constant(40)), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );

test('no hidden number of any small table can be worked out, and no small one is shown', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(5, 10), (counts, threshold) => {
      const shown = published(suppress(counts, { thresholds: threshold }));
      const found = ambiguous(counts, shown);
      for (const [index, count] of withTotals(counts).entries()) {
        if (count > 0 && count < threshold) expect(shown[index]).toBeUndefined();
        if (count === 0) expect(shown[index]).toBe(0);
        if (shown[index] === undefined) expect(found.has(index)).toBe(true);
        else expect(shown[index]).toBe(count);
      }
      expect(smallSums(shown, withTotals(counts), counts[0]?.length ?? 0, threshold)).toBe(false);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('every hidden number is needed: showing one more of the others gives something away', () => {
  fc.assert(
    fc.property(tables, (counts) => {
      const shown = published(suppress(counts));
      const truth = withTotals(counts);
      const columns = counts[0]?.length ?? 0;
      for (const [index, count] of truth.entries()) {
        if (shown[index] !== undefined || count < 5) continue;
        const more = shown.map((value, other) => (other === index ? count : value));
        const found = ambiguous(counts, more);
        const isGivenAway = more.some((value, other) => value === undefined && !found.has(other));
        const sumsAreSmall = smallSums(more, truth, columns, 5);
        expect(isGivenAway || sumsAreSmall).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

/** Whether some line with a shown total has hidden counts that add up to a small one. */
function smallSums(
  shown: readonly (number | undefined)[],
  truth: readonly number[],
  columns: number,
  threshold: number,
): boolean {
  const width = columns + 1;
  const height = truth.length / width;
  const line = (places: readonly number[]): boolean => {
    const total = places[places.length - 1] ?? 0;
    if (shown[total] === undefined) return false;
    const sum = places
      .slice(0, -1)
      .reduce((left, place) => left + (shown[place] === undefined ? (truth[place] ?? 0) : 0), 0);
    return sum > 0 && sum < threshold;
  };
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, c) => row * width + c),
  );
  const lines = [...rows, ...Array.from({ length: width }, (_, c) => rows.map((row) => row[c] ?? 0))];
  return lines.some(line);
}

test('takes a table of 98 places and 26 categories in less than five seconds', () => {
  const { poisson, uniform } = testingRandom(1);
  const counts = Array.from({ length: 98 }, () =>
    Array.from({ length: 26 }, () => poisson(Math.exp(6 * uniform() - 1))),
  );
  const startedAt = performance.now();
  const table = suppress(counts);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(table.small).toBeGreaterThan(300);
  expect(table.complementary).toBeLessThan(table.small);
});
