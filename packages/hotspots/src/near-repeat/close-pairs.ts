/** As along a grid of streets, or as the crow flies. */
export type DistanceKind = 'manhattan' | 'euclidean';

/** Pairs of events that lie in one of the bands of distance. */
export interface ClosePairs {
  /** Events whose pairs are all here: those before this place. */
  readonly events: number;
  /** The pairs of event i with events before it stand from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  readonly others: Int32Array;
  /** Place of the band. */
  readonly bands: Uint8Array;
}

interface PairSearch {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly distance: DistanceKind;
  /** Ascending; band k holds distances from `breaks[k]` up to, not including, `breaks[k + 1]`. */
  readonly breaks: readonly number[];
  /** Stops before the first event with which there would be more pairs. */
  readonly maxPairs: number;
}

/** Finds all pairs within the last break by looking into the squares around each event, whose sides are that long. */
export function findClosePairs({ x, y, distance, breaks, maxPairs }: PairSearch): ClosePairs {
  const events = x.length;
  const reach = breaks[breaks.length - 1] ?? 0;
  const squares = layOutSquares(x, y, reach);
  const starts = new Int32Array(events + 1);
  const others = new Int32Array(maxPairs);
  const bands = new Uint8Array(maxPairs);
  let pairs = 0;
  for (let i = 0; i < events; i += 1) {
    const [atX, atY] = [x[i] as number, y[i] as number];
    for (const square of squares.around(i)) {
      for (const j of square) {
        if (j >= i) break;
        const dx = Math.abs((x[j] as number) - atX);
        const dy = Math.abs((y[j] as number) - atY);
        const apart = distance === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy);
        const band = bandOf(breaks, apart);
        if (band < 0) continue;
        if (pairs === maxPairs) return cut(i, starts, others, bands);
        others[pairs] = j;
        bands[pairs] = band;
        pairs += 1;
      }
    }
    starts[i + 1] = pairs;
  }
  return cut(events, starts, others, bands);
}

function cut(events: number, starts: Int32Array, others: Int32Array, bands: Uint8Array): ClosePairs {
  const pairs = starts[events] ?? 0;
  return {
    events,
    starts: starts.slice(0, events + 1),
    others: others.slice(0, pairs),
    bands: bands.slice(0, pairs),
  };
}

/** The band a value lies in, −1 for none. */
export function bandOf(breaks: readonly number[], value: number): number {
  if (value < (breaks[0] as number)) return -1;
  for (let band = 1; band < breaks.length; band += 1) if (value < (breaks[band] as number)) return band - 1;
  return -1;
}

/** The events of each square of a grid, ascending. */
function layOutSquares(x: ArrayLike<number>, y: ArrayLike<number>, side: number) {
  const columnOf = (i: number): number => Math.floor((x[i] as number) / side);
  const rowOf = (i: number): number => Math.floor((y[i] as number) / side);
  const rows = new Map<number, Map<number, number[]>>();
  for (let i = 0; i < x.length; i += 1) {
    const row = rows.get(rowOf(i)) ?? new Map<number, number[]>();
    rows.set(rowOf(i), row);
    const square = row.get(columnOf(i));
    if (square === undefined) row.set(columnOf(i), [i]);
    else square.push(i);
  }
  return {
    /** The squares of event i and around it. */
    around(i: number): readonly (readonly number[])[] {
      const [middleRow, middleColumn] = [rowOf(i), columnOf(i)];
      const found: (readonly number[])[] = [];
      for (let row = middleRow - 1; row <= middleRow + 1; row += 1) {
        for (let column = middleColumn - 1; column <= middleColumn + 1; column += 1) {
          const square = rows.get(row)?.get(column);
          if (square !== undefined) found.push(square);
        }
      }
      return found;
    },
  };
}
