import type { CellGrid } from '../cells/cell-grid.js';
import { addRingSums, secondRing } from './rings.js';
import type { WeeklyEvents } from './weekly-events.js';

/** Incidents further back, or further than two rings away, add nothing. */
const PRO_MAP_WEEKS = 52;

/**
 * Sums of near and recent incidents by cell: Σ 1 ÷ ((1 + d/δ)(1 + t/τ)), d in whole rings, t in whole weeks passed.
 *
 * The function that is returned takes the week before which incidents are known, τ in weeks, and values of δ in rings;
 * it answers with a surface for each δ, good until the next call. Two rings at resolution 9 are about 700 m, and weeks
 * reach back a year; the original stops at 400 m and two months.
 * Source: Bowers, Johnson & Pease 2004 (ProMap), with the bandwidths of open_cp's prohotspot.
 */
export function proMap(
  grid: CellGrid,
  events: WeeklyEvents,
): (week: number, timeWeeks: number, ringsEach: readonly number[]) => readonly Float64Array[] {
  const cells = grid.cells.length;
  const far = secondRing(grid.neighbours);
  const own = new Float64Array(cells);
  const first = new Float64Array(cells);
  const second = new Float64Array(cells);
  const answers = new Map<number, Float64Array>();
  return (week, timeWeeks, ringsEach) => {
    const { weekStarts, cellOfEvent, countOfEvent } = events;
    own.fill(0);
    for (let before = Math.max(0, week - PRO_MAP_WEEKS); before < week; before += 1) {
      const weight = 1 / (1 + (week - 1 - before) / timeWeeks);
      const end = weekStarts[before + 1] as number;
      for (let event = weekStarts[before] as number; event < end; event += 1) {
        const cell = cellOfEvent[event] as number;
        const count = countOfEvent === undefined ? 1 : (countOfEvent[event] as number);
        own[cell] = (own[cell] as number) + weight * count;
      }
    }
    first.fill(0);
    second.fill(0);
    addRingSums(grid.neighbours, own, first);
    addRingSums(far, own, second);
    return ringsEach.map((rings) => {
      const answer = answers.get(rings) ?? new Float64Array(cells);
      answers.set(rings, answer);
      const nearWeight = 1 / (1 + 1 / rings);
      const farWeight = 1 / (1 + 2 / rings);
      for (let cell = 0; cell < cells; cell += 1) {
        answer[cell] =
          (own[cell] as number) + nearWeight * (first[cell] as number) + farWeight * (second[cell] as number);
      }
      return answer;
    });
  };
}
