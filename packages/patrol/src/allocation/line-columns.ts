import type { DutyShapes } from './duty-shapes.js';

const DAYS = 7;

/** How an integer program tells lines of duty: its whole columns. */
export interface LineColumns {
  /** Blocks in which one of the column is on duty. */
  readonly covers: readonly Int32Array[];
  /** The start of the units that the column counts; −1 where it counts none. */
  readonly startOf: Int32Array;
  /** Rows between columns: from `lower` to 0. */
  readonly ties: readonly {
    readonly lower: number;
    /** Columns and their factors. */
    readonly entries: readonly (readonly [number, number])[];
  }[];
  /** Units by shape, from a value for each column. */
  readonly countsOf: (columns: ArrayLike<number>) => Int32Array;
  readonly columnsOf: (counts: Int32Array) => Float64Array;
}

/**
 * Where any days may be worked, shifts are counted by start and day, and units by start: of one start, each day has at
 * most as many shifts as there are units, and all days together as many as the units work. Days can then be dealt out to
 * units in any case (Gale and Ryser 1957), and no two solutions differ by names only. Otherwise, units are counted by
 * shape.
 */
export function lineColumns(shapes: DutyShapes): LineColumns {
  const shifts = shapes.patterns[0]?.length ?? 0;
  return shapes.patterns.length === choose(DAYS, shifts) ? dayColumns(shapes, shifts) : shapeColumns(shapes);
}

function shapeColumns({ shapeBlocks, patterns }: DutyShapes): LineColumns {
  return {
    covers: shapeBlocks,
    startOf: Int32Array.from(shapeBlocks, (_, shape) => Math.floor(shape / patterns.length)),
    ties: [],
    countsOf: (columns) =>
      Int32Array.from({ length: shapeBlocks.length }, (_, i) => Math.round(columns[i] ?? 0)),
    columnsOf: (counts) => Float64Array.from(counts),
  };
}

/** Eight columns a start: the units, then the shifts of each day. */
function dayColumns({ shiftBlocks, shapeBlocks, patterns }: DutyShapes, shifts: number): LineColumns {
  const starts = shiftBlocks.length / DAYS;
  const width = DAYS + 1;
  const days = [...Array(DAYS).keys()];
  const placeOf = new Map(patterns.map((pattern, place) => [pattern.join(), place]));
  return {
    covers: [...Array(starts).keys()].flatMap((start) => [
      new Int32Array(0),
      ...shiftBlocks.slice(start * DAYS, (start + 1) * DAYS),
    ]),
    startOf: Int32Array.from({ length: starts * width }, (_, i) => (i % width === 0 ? i / width : -1)),
    ties: [...Array(starts).keys()].flatMap((start) => {
      const units = start * width;
      return [
        {
          lower: 0,
          entries: [[units, -shifts] as const, ...days.map((day) => [units + 1 + day, 1] as const)],
        },
        ...days.map((day) => ({
          lower: Number.NEGATIVE_INFINITY,
          entries: [[units, -1] as const, [units + 1 + day, 1] as const],
        })),
      ];
    }),
    countsOf: (columns) => {
      const counts = new Int32Array(shapeBlocks.length);
      for (let start = 0; start < starts; start += 1) {
        const left = days.map((day) => Math.round(columns[start * width + 1 + day] ?? 0));
        for (let unit = Math.round(columns[start * width] ?? 0); unit > 0; unit -= 1) {
          const fullest = [...days].sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0) || a - b).slice(0, shifts);
          for (const day of fullest) left[day] = (left[day] ?? 0) - 1;
          const place = placeOf.get(fullest.sort((a, b) => a - b).join()) ?? 0;
          const shape = start * patterns.length + place;
          counts[shape] = (counts[shape] ?? 0) + 1;
        }
      }
      return counts;
    },
    columnsOf: (counts) => {
      const columns = new Float64Array(starts * width);
      for (const [shape, count] of counts.entries()) {
        const units = Math.floor(shape / patterns.length) * width;
        for (const place of [-1, ...(patterns[shape % patterns.length] ?? [])])
          columns[units + 1 + place] = (columns[units + 1 + place] ?? 0) + count;
      }
      return columns;
    },
  };
}

/** Sets of so many of n. */
function choose(n: number, size: number): number {
  let sets = 1;
  for (let i = 1; i <= size; i += 1) sets = (sets * (n - size + i)) / i;
  return Math.round(sets);
}
