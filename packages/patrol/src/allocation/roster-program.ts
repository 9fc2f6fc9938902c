import type { IntegerProgram } from '../solver/program-solver.js';
import type { DutyShapes } from './duty-shapes.js';
import { lineColumns } from './line-columns.js';
import type { BlockWorth } from './roster.js';

/** HiGHS works with tolerances that suit numbers near 1: the harm of a jurisdiction is scaled to this. */
const SCALED_HARM = 1000;
const DAYS = 7;

export interface RosterProgram {
  /** The program at a price for a unit, with at least and at most so many units. */
  readonly at: (price: number, least: number, most: number) => IntegerProgram;
  /** Harm of the program for one of the demand. */
  readonly scale: number;
  /** Units of a solution, which may be relaxed. */
  readonly unitsOf: (columns: Float64Array) => number;
  /** Units by shape of a whole solution. */
  readonly countsOf: (columns: Float64Array) => Int32Array;
  /** A value for every column: the units of a roster, and what they cover. */
  readonly columnsOf: (counts: Int32Array) => Float64Array;
}

/**
 * The integer program of one jurisdiction: how many units work which lines. Beside the whole columns of `lineColumns`
 * there is one between 0 and 1 for each further unit that adds something in a block; as returns never increase, an
 * optimum fills them in order. A row for each block holds them to the units on duty beyond the minimum presence, which
 * so needs no rows of its own. The last row counts the units.
 *
 * Where there is a minimum presence, a row for each time of the day demands as many units whose start reaches it as can
 * be there on seven days, each as often as it has shifts. It cuts off no roster, but fractions of units that would keep
 * the presence with far fewer (a Chvátal–Gomory cut).
 */
export function rosterProgram(shapes: DutyShapes, worth: BlockWorth): RosterProgram {
  const { blocks, reached, patterns, shiftBlocks } = shapes;
  const { harm, returns, minimumPresence } = worth;
  const lines = lineColumns(shapes);
  const wholeColumns = lines.covers.length;
  const total = harm.reduce((sum, value) => sum + value, 0);
  const scale = total > 0 ? SCALED_HARM / total : 1;
  const further = returns.slice(minimumPresence).filter((part) => part > 0);
  const program = new ProgramDraft();

  const blockRows = blocks.map((_, block) => {
    const isOfUse = reached[block] === 1 && (minimumPresence > 0 || (harm[block] ?? 0) > 0);
    return isOfUse ? program.addRow(minimumPresence, Number.POSITIVE_INFINITY) : undefined;
  });
  const slots = blocks.length / DAYS;
  const unitsInSlot = Math.ceil((DAYS * minimumPresence) / (patterns[0]?.length ?? DAYS));
  const slotRows =
    minimumPresence === 0
      ? []
      : Array.from({ length: slots }, () => program.addRow(unitsInSlot, Number.POSITIVE_INFINITY));
  const tieEntries = lines.covers.map((): (readonly [number, number])[] => []);
  for (const { lower, entries } of lines.ties) {
    const row = program.addRow(lower, 0);
    for (const [column, factor] of entries) tieEntries[column]?.push([row, factor]);
  }
  const unitRow = program.addRow(0, 0);

  for (const [column, covered] of lines.covers.entries()) {
    const start = lines.startOf[column] ?? -1;
    const ownSlots = start === -1 ? [] : [...(shiftBlocks[start * DAYS] ?? [])].map((block) => block % slots);
    const ones = [
      ...[...covered].map((block) => blockRows[block]),
      ...ownSlots.map((slot) => slotRows[slot]),
      start === -1 ? undefined : unitRow,
    ].filter((row) => row !== undefined);
    program.addColumn(0, [...ones.map((row) => [row, 1] as const), ...(tieEntries[column] ?? [])]);
  }
  const fills: { readonly block: number; readonly unit: number }[] = [];
  for (const [block, row] of blockRows.entries()) {
    if (row === undefined || (harm[block] ?? 0) === 0) continue;
    for (const [k, part] of further.entries()) {
      program.addColumn(scale * part * (harm[block] ?? 0), [[row, -1]]);
      fills.push({ block, unit: minimumPresence + k });
    }
  }

  const presentReturns = returns.slice(0, minimumPresence).reduce((sum, part) => sum + part, 0);
  const built = program.build(wholeColumns, scale * presentReturns * total);
  return {
    scale,
    at: (price, least, most) => {
      const rowLower = built.rowLower.slice();
      const rowUpper = built.rowUpper.slice();
      rowLower[unitRow] = least;
      rowUpper[unitRow] = most;
      const cost = built.cost.slice();
      for (const [column, start] of lines.startOf.entries()) if (start !== -1) cost[column] = -scale * price;
      return {
        ...built,
        cost,
        rowLower,
        rowUpper,
        colUpper: built.colUpper.slice().fill(most, 0, wholeColumns),
      };
    },
    unitsOf: (columns) =>
      lines.startOf.reduce((sum, start, column) => sum + (start === -1 ? 0 : (columns[column] ?? 0)), 0),
    countsOf: lines.countsOf,
    columnsOf: (counts) => {
      const onDuty = new Int32Array(blocks.length);
      for (const [shape, count] of counts.entries())
        for (const block of shapes.shapeBlocks[shape] ?? []) onDuty[block] = (onDuty[block] ?? 0) + count;
      return Float64Array.from([
        ...lines.columnsOf(counts),
        ...fills.map(({ block, unit }) => ((onDuty[block] ?? 0) > unit ? 1 : 0)),
      ]);
    },
  };
}

/** Collects rows, then columns. */
class ProgramDraft {
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #cost: number[] = [];
  readonly #starts = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  addRow(lower: number, upper: number): number {
    this.#rowLower.push(lower);
    return this.#rowUpper.push(upper) - 1;
  }

  addColumn(cost: number, entries: readonly (readonly [number, number])[]): void {
    for (const [row, value] of entries) {
      this.#indices.push(row);
      this.#values.push(value);
    }
    this.#cost.push(cost);
    this.#starts.push(this.#indices.length);
  }

  build(wholeColumns: number, offset: number): IntegerProgram {
    return {
      offset,
      cost: Float64Array.from(this.#cost),
      colLower: new Float64Array(this.#cost.length),
      colUpper: new Float64Array(this.#cost.length).fill(1),
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values),
      wholeColumns,
    };
  }
}
