/** Cells from the densest down. */
export interface Ranking {
  /** The cells that were asked for come first, in order; overwritten by the next ranking. */
  readonly order: Int32Array;
  /** Cells that are in order: as many as were asked for, and more. */
  readonly length: number;
  /** Predicted density of each cell, to about seven digits. */
  readonly densities: Float32Array;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;
const TOP_SHIFT = 2 * DIGIT_BITS;

/**
 * Ranks cells by predicted density, again and again without allocating.
 *
 * Predictions are at least 0. At least the first `top` cells are put in order, with all that are equal to the last of
 * them; equal ones stand in the order of the grid. Densities that agree to about seven digits are equal, so that
 * rounding decides nothing. A radix sort: positive 32-bit floats are in the order of their bits.
 */
export function cellRanking(areasKm2: Float64Array): (predicted: Float64Array, top: number) => Ranking {
  const cells = areasKm2.length;
  const densities = new Float32Array(cells);
  const keys = new Uint32Array(densities.buffer);
  const counts = new Int32Array(DIGITS);
  let order = new Int32Array(cells);
  let other = new Int32Array(cells);

  /** The largest first digit at which enough cells have it or a larger one. */
  function findCut(top: number): number {
    counts.fill(0);
    for (let cell = 0; cell < cells; cell += 1) {
      const digit = (keys[cell] as number) >>> TOP_SHIFT;
      counts[digit] = (counts[digit] as number) + 1;
    }
    let found = 0;
    for (let digit = DIGIT_MASK; digit > 0; digit -= 1) {
      found += counts[digit] as number;
      if (found >= top) return digit;
    }
    return 0;
  }

  function sortByDigit(shift: number, length: number): void {
    counts.fill(0);
    for (let place = 0; place < length; place += 1) {
      const digit = ((keys[order[place] as number] as number) >>> shift) & DIGIT_MASK;
      counts[digit] = (counts[digit] as number) + 1;
    }
    let start = 0;
    for (let digit = DIGIT_MASK; digit >= 0; digit -= 1) {
      const count = counts[digit] as number;
      counts[digit] = start;
      start += count;
    }
    for (let place = 0; place < length; place += 1) {
      const cell = order[place] as number;
      const digit = ((keys[cell] as number) >>> shift) & DIGIT_MASK;
      const to = counts[digit] as number;
      other[to] = cell;
      counts[digit] = to + 1;
    }
    [order, other] = [other, order];
  }

  return (predicted, top) => {
    for (let cell = 0; cell < cells; cell += 1) {
      densities[cell] = (predicted[cell] as number) / (areasKm2[cell] as number);
    }
    const cut = findCut(top);
    let length = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      if ((keys[cell] as number) >>> TOP_SHIFT < cut) continue;
      order[length] = cell;
      length += 1;
    }
    for (let shift = 0; shift <= TOP_SHIFT; shift += DIGIT_BITS) sortByDigit(shift, length);
    return { order, length, densities };
  };
}
