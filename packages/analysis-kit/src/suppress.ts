import { requireArgument } from './statistics/invalid-argument.js';
import type { NotEnoughData } from './statistics/outcome.js';
import { notEnoughData } from './statistics/outcome.js';

/** Counts from 1 to one below these are hidden. */
export const SUPPRESSION_THRESHOLD = 5;
export const SEX_OFFENCE_SUPPRESSION_THRESHOLD = 10;

export interface SuppressionOptions {
  /** Of each row, or one of all rows; 5 by default. A row of sex offences has 10. */
  readonly thresholds?: number | readonly number[];
}

/** A count to publish; undefined is hidden. */
type PublishedCount = number | undefined;

export interface SuppressedTable {
  readonly kind: 'table';
  /** As the counts came in, row by row. */
  readonly cells: readonly (readonly PublishedCount[])[];
  readonly rowTotals: readonly PublishedCount[];
  readonly columnTotals: readonly PublishedCount[];
  readonly total: PublishedCount;
  /** Hidden as they are small, totals included. Never publish which ones. */
  readonly small: number;
  /** Hidden so that the small ones cannot be worked out. */
  readonly complementary: number;
}

/** A cell of the table with its totals, as an edge between the nodes of its row and its column. */
interface Cell {
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly isTotal: boolean;
  readonly threshold: number;
  /** The edge points the way in which counts flow around: row, column, total row, total column, row. */
  readonly from: number;
  readonly to: number;
  isHidden: boolean;
  /** Hidden cells through which this one can vary, once found. */
  way: readonly Cell[] | undefined;
}

interface Lattice {
  readonly cells: readonly Cell[];
  readonly nodes: number;
  /** Cells at each node. */
  readonly cellsAt: readonly (readonly Cell[])[];
}

/** A reader knows that a hidden count is not 0, as zeros are published. */
const LEAST_HIDDEN = 1;

function createLattice(counts: readonly (readonly number[])[], thresholds: readonly number[]): Lattice {
  const rows = counts.length;
  const columns = counts[0]?.length ?? 0;
  const cells: Cell[] = [];
  const cellsAt: Cell[][] = Array.from({ length: rows + columns + 2 }, () => []);
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      let count = 0;
      let threshold = 0;
      for (let i = row === rows ? 0 : row; i <= (row === rows ? rows - 1 : row); i++) {
        for (let j = column === columns ? 0 : column; j <= (column === columns ? columns - 1 : column); j++) {
          const value = counts[i]?.[j] ?? 0;
          count += value;
          // A total is as sensitive as the most sensitive row in it.
          if (value > 0) threshold = Math.max(threshold, thresholds[i] ?? 0);
        }
      }
      const rowNode = row;
      const columnNode = rows + 1 + column;
      const isForward = (row === rows) === (column === columns);
      const cell: Cell = {
        row,
        column,
        count,
        isTotal: row === rows || column === columns,
        threshold,
        from: isForward ? rowNode : columnNode,
        to: isForward ? columnNode : rowNode,
        isHidden: count > 0 && count < threshold,
        way: undefined,
      };
      cells.push(cell);
      cellsAt[rowNode]?.push(cell);
      cellsAt[columnNode]?.push(cell);
    }
  }
  return { cells, nodes: cellsAt.length, cellsAt };
}

/**
 * The cheapest way for one more (or less) in a cell to be made up by other hidden cells so that every published number
 * stays: a path through the lattice (Dijkstra), or undefined when there is none.
 */
function findPath(
  lattice: Lattice,
  cell: Cell,
  isIncrease: boolean,
  costOf: (cell: Cell) => number | undefined,
): { readonly cost: number; readonly cells: readonly Cell[] } | undefined {
  const [start, goal] = isIncrease ? [cell.to, cell.from] : [cell.from, cell.to];
  const costs = new Array<number>(lattice.nodes).fill(Number.POSITIVE_INFINITY);
  const cameBy = new Array<{ readonly by: Cell; readonly from: number } | undefined>(lattice.nodes);
  const isDone = new Array<boolean>(lattice.nodes).fill(false);
  costs[start] = 0;
  for (;;) {
    let node = -1;
    for (let other = 0; other < lattice.nodes; other++) {
      const cost = costs[other] as number;
      if (!isDone[other] && cost < Number.POSITIVE_INFINITY && (node < 0 || cost < (costs[node] as number))) {
        node = other;
      }
    }
    if (node < 0) return undefined;
    if (node === goal) break;
    isDone[node] = true;
    for (const by of lattice.cellsAt[node] ?? []) {
      if (by === cell || by.count === 0) continue;
      const isForward = by.from === node;
      // Against its direction a count falls by one, which must leave what a reader knows it to be at least.
      if (!isForward && by.count <= LEAST_HIDDEN) continue;
      const step = costOf(by);
      if (step === undefined) continue;
      const next = isForward ? by.to : by.from;
      const cost = (costs[node] as number) + step;
      if (cost < (costs[next] as number)) {
        costs[next] = cost;
        cameBy[next] = { by, from: node };
      }
    }
  }
  const cells: Cell[] = [];
  for (let node = goal; node !== start; ) {
    const step = cameBy[node];
    if (step === undefined) return undefined;
    cells.push(step.by);
    node = step.from;
  }
  return { cost: costs[goal] as number, cells };
}

const onlyHidden = (cell: Cell): number | undefined => (cell.isHidden ? 1 : undefined);

/** The hidden cells through which a hidden cell can have another count with all published numbers as they are. */
function findWay(lattice: Lattice, cell: Cell): readonly Cell[] | undefined {
  const more = findPath(lattice, cell, true, onlyHidden);
  if (more !== undefined || cell.count <= LEAST_HIDDEN) return more?.cells;
  return findPath(lattice, cell, false, onlyHidden)?.cells;
}

/** The inner cells of a row or column whose total is published though the hidden ones add up to a small count. */
function findSmallSum(lattice: Lattice, rows: number, columns: number): readonly Cell[] | undefined {
  for (const [node, line] of lattice.cellsAt.entries()) {
    const isRow = node <= rows;
    const inner = line.filter((cell) => (isRow ? cell.column < columns : cell.row < rows));
    const total = line.find((cell) => (isRow ? cell.column === columns : cell.row === rows));
    if (total === undefined || total.isHidden) continue;
    const hidden = inner.filter((cell) => cell.isHidden);
    const sum = hidden.reduce((left, cell) => left + cell.count, 0);
    const threshold = hidden.reduce((most, cell) => Math.max(most, cell.threshold), 0);
    if (sum > 0 && sum < threshold) return inner;
  }
  return undefined;
}

/**
 * Hides small counts of a two-way table, and as few others as needed so that no hidden one can be worked out.
 *
 * Counts of 1 to threshold − 1 are hidden, totals among them. Then (1) every hidden count can have another value with
 * all published numbers unchanged, for a reader who also knows that hidden counts are not 0; (2) no row or column gives
 * away a small sum of its hidden counts. To that end the cheapest closed paths of further counts are hidden: few, then
 * small, totals last; those that turn out not to be needed are shown again. A reader may still narrow a count down to a
 * range, and several tables of the same incidents must be suppressed as one.
 *
 * Counts are whole numbers; anything else, rows of different length, or a wrong number of thresholds throws. A table
 * without a cell is a stated reason.
 * Source: Cox 1980, JASA 75 (complementary suppression); Kelly, Golden & Assad 1992, Networks 22 (paths in a network).
 */
export function suppressSmallCounts(
  counts: readonly (readonly number[])[],
  options: SuppressionOptions = {},
): SuppressedTable | NotEnoughData {
  const rows = counts.length;
  const columns = counts[0]?.length ?? 0;
  const where = 'suppressSmallCounts';
  requireArgument(
    counts.every((row) => row.length === columns),
    where,
    'rows have the same length',
  );
  requireArgument(
    counts.every((row) => row.every((count) => Number.isInteger(count) && count >= 0)),
    where,
    'counts are whole numbers of at least 0',
  );
  const { thresholds = SUPPRESSION_THRESHOLD } = options;
  const perRow = typeof thresholds === 'number' ? counts.map(() => thresholds) : thresholds;
  requireArgument(
    perRow.length === rows,
    where,
    `one threshold for each of ${rows} rows, got ${perRow.length}`,
  );
  if (rows === 0 || columns === 0) return notEnoughData('the table has no cell');

  const lattice = createLattice(counts, perRow);
  const { cells } = lattice;
  const small = cells.filter((cell) => cell.isHidden);
  // A cell more weighs more than any counts, a total as much as three cells.
  const whole = 4 * (cells[cells.length - 1]?.count ?? 0) + 4;
  const costOf = (cell: Cell): number =>
    cell.isHidden ? 0 : (cell.isTotal ? 3 * whole : whole) + cell.count;

  const protect = (): void => {
    for (const cell of cells) {
      if (!cell.isHidden || cell.way !== undefined) continue;
      cell.way = findWay(lattice, cell);
      if (cell.way !== undefined) continue;
      const more = findPath(lattice, cell, true, costOf);
      const less = cell.count > LEAST_HIDDEN ? findPath(lattice, cell, false, costOf) : undefined;
      const path = less !== undefined && (more === undefined || less.cost < more.cost) ? less : more;
      // Counts flow around, so a count above 0 always has a way back: `more` is there.
      for (const other of path?.cells ?? []) other.isHidden = true;
      cell.way = path?.cells;
    }
    // A path may have hidden cells that were passed already.
    if (cells.some((cell) => cell.isHidden && cell.way === undefined)) protect();
  };
  protect();
  for (;;) {
    const line = findSmallSum(lattice, rows, columns);
    if (line === undefined) break;
    const shown = line
      .filter((cell) => !cell.isHidden && cell.count > 0)
      .sort((a, b) => costOf(a) - costOf(b));
    const next = shown[0];
    // Without another count the total is the small sum, and hidden from the start.
    if (next === undefined) break;
    next.isHidden = true;
    protect();
  }
  const added = cells
    .filter((cell) => cell.isHidden && !small.includes(cell))
    .sort((a, b) => Number(b.isTotal) - Number(a.isTotal) || b.count - a.count);
  for (const cell of added) {
    cell.isHidden = false;
    const ways = new Map<Cell, readonly Cell[]>();
    let isNeeded = findSmallSum(lattice, rows, columns) !== undefined;
    for (const other of cells) {
      if (isNeeded) break;
      if (!other.isHidden || !(other.way?.includes(cell) ?? true)) continue;
      const way = findWay(lattice, other);
      if (way === undefined) isNeeded = true;
      else ways.set(other, way);
    }
    if (isNeeded) cell.isHidden = true;
    else for (const [other, way] of ways) other.way = way;
  }

  const publishedAt = (row: number, column: number): PublishedCount => {
    const cell = cells[row * (columns + 1) + column];
    return cell === undefined || cell.isHidden ? undefined : cell.count;
  };
  const rowPlaces = Array.from({ length: rows }, (_, row) => row);
  const columnPlaces = Array.from({ length: columns }, (_, column) => column);
  return {
    kind: 'table',
    cells: rowPlaces.map((row) => columnPlaces.map((column) => publishedAt(row, column))),
    rowTotals: rowPlaces.map((row) => publishedAt(row, columns)),
    columnTotals: columnPlaces.map((column) => publishedAt(rows, column)),
    total: publishedAt(rows, columns),
    small: small.length,
    complementary: cells.filter((cell) => cell.isHidden).length - small.length,
  };
}
