import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks, countByWeek } from './weekly-events.js';

/** Half-lives of the decayed counts, in weeks. */
export const HALF_LIVES = [2, 8, 26, 104, 416] as const;
export const YEAR_WEEKS = 52;

/** What is known about each cell before a week; it moves on week by week and never looks ahead. */
export interface PlacePast {
  /** The first week that is not known yet. */
  readonly week: number;
  /** Decayed counts, cell by cell: that of half-life k in cell i stands at `i · HALF_LIVES.length + k`. */
  readonly decayed: Float64Array;
  /** Sums of the decayed counts over all cells, by half-life. */
  readonly decayedTotals: Float64Array;
  /** Incidents of the last 52 weeks. */
  readonly lastYear: Float64Array;
  /** Incidents of all cells; those from `week` on are not to be read. */
  readonly weekTotals: Float64Array;
  /** Takes in the next week. */
  advance(): void;
}

/** A past that has seen nothing yet. An incident of the last week weighs 1, a half-life earlier ½. */
export function placePast(events: WeeklyEvents, cells: number): PlacePast {
  const { weekStarts, cellOfEvent, countOfEvent } = events;
  const size = HALF_LIVES.length;
  const kept = HALF_LIVES.map((halfLife) => 0.5 ** (1 / halfLife));
  const decayed = new Float64Array(cells * size);
  const decayedTotals = new Float64Array(size);
  const lastYear = new Float64Array(cells);
  const weekTotals = countByWeek(events);
  let week = 0;

  function decay(): void {
    for (let k = 0; k < size; k += 1) {
      decayedTotals[k] = (decayedTotals[k] as number) * (kept[k] as number) + (weekTotals[week] as number);
    }
    for (let place = 0; place < decayed.length; place += size) {
      for (let k = 0; k < size; k += 1) {
        decayed[place + k] = (decayed[place + k] as number) * (kept[k] as number);
      }
    }
  }

  return {
    get week() {
      return week;
    },
    decayed,
    decayedTotals,
    lastYear,
    weekTotals,
    advance() {
      decay();
      const end = weekStarts[week + 1] as number;
      for (let event = weekStarts[week] as number; event < end; event += 1) {
        const count = countOfEvent === undefined ? 1 : (countOfEvent[event] as number);
        const place = (cellOfEvent[event] as number) * size;
        for (let k = 0; k < size; k += 1) decayed[place + k] = (decayed[place + k] as number) + count;
      }
      addWeeks(events, week, week + 1, lastYear);
      if (week >= YEAR_WEEKS) addWeeks(events, week - YEAR_WEEKS, week - YEAR_WEEKS + 1, lastYear, -1);
      week += 1;
    },
  };
}
