import { HOURS_PER_WEEK } from './week-slots.js';

/** What an hour of the week holds, summed over events. */
export interface HourEdges {
  /** Hour of the week, 0 to 167. */
  readonly slot: number;
  /** Events with one time in this hour. */
  readonly points: number;
  /** Sum of the edges of densities: 1/L at the start of an interval of L minutes, −1/L at its end. */
  readonly edges: number;
  /** Sum of edge × minute of the week. */
  readonly moments: number;
  /** Intervals of more than a week, spread evenly. */
  readonly long: number;
}

/**
 * The aoristic matrix of events that were counted by the edges of their densities, weekday × hour, Monday 00:00 first.
 *
 * The density at a minute is the sum of the edges before it; its integral up to minute x is x × Σ edges − Σ moments, so
 * an hour's weight is the difference of two such integrals. Weights sum to the number of events up to rounding; what
 * rounding leaves below 0 is 0. The same as `aoristicMatrix` on the single events, with 168 rows for any number of them.
 */
export function aoristicFromEdges(hours: readonly HourEdges[]): readonly number[] {
  const bySlot = new Map<number, { edges: number; moments: number }>();
  const matrix = new Array<number>(HOURS_PER_WEEK).fill(0);
  let long = 0;
  for (const { slot, points, edges, moments, long: ofMoreThanAWeek } of hours) {
    const sum = bySlot.get(slot) ?? { edges: 0, moments: 0 };
    bySlot.set(slot, { edges: sum.edges + edges, moments: sum.moments + moments });
    matrix[slot] = (matrix[slot] ?? 0) + points;
    long += ofMoreThanAWeek;
  }
  let edges = 0;
  let moments = 0;
  for (let slot = 0; slot < HOURS_PER_WEEK; slot += 1) {
    const own = bySlot.get(slot) ?? { edges: 0, moments: 0 };
    const [from, to] = [60 * slot, 60 * (slot + 1)];
    const before = from * edges - moments;
    edges += own.edges;
    moments += own.moments;
    const weight = to * edges - moments - before;
    matrix[slot] = Math.max(0, (matrix[slot] ?? 0) + weight + long / HOURS_PER_WEEK);
  }
  return matrix;
}
