import type { CellGrid } from '../cells/cell-grid.js';
import type { Neighbours } from '../cells/neighbours.js';
import { weekYearsBefore } from './expected-total.js';
import type { PlacePast } from './place-past.js';
import { HALF_LIVES } from './place-past.js';
import { addRingSums, inverseDegrees, secondRing, withLoneCells } from './rings.js';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks } from './weekly-events.js';

/** Where the incidents of a component lie in relation to the cell. */
const RINGS = ['own cell', 'cells around', 'second ring'] as const;
const SIZE = HALF_LIVES.length;
const LONGEST = SIZE - 1;
/** Steps by which the wide component spreads, each to a cell and those around it. */
const WIDE_STEPS = 6;
const SEASON_YEARS = 5;
/** Weeks before and after the season that count to it. */
const SEASON_MARGIN = 2;

const SEASON = RINGS.length * SIZE;
const WIDE = SEASON + 1;
const EVEN = SEASON + 2;

/** What each component is, in words. */
export const COMPONENTS: readonly string[] = [
  ...RINGS.flatMap((ring) => HALF_LIVES.map((halfLife) => `${ring}, half-life ${halfLife} weeks`)),
  'own cell, same season of earlier years',
  `wide surroundings, half-life ${HALF_LIVES[LONGEST]} weeks`,
  'even over the area',
];

/** The share of all incidents that each component expects in each cell; over all cells a component sums to 1. */
export interface PlaceShares {
  /** Moves on to what a past knows, for a forecast of `horizon` weeks. */
  moveTo(past: PlacePast, horizon: number): void;
  /** Writes the shares of one cell. */
  readCell(cell: number, into: Float64Array, offset: number): void;
  /** Writes the weighted sum of the components in every cell. */
  mix(weights: Float64Array, into: Float64Array): void;
}

/** Shares of a grid; they have none until they are moved to a past, in which something has happened. */
export function placeShares(grid: CellGrid, events: WeeklyEvents): PlaceShares {
  const cells = grid.cells.length;
  const area = grid.areasKm2.reduce((sum, cell) => sum + cell, 0);
  const even = grid.areasKm2.map((cell) => cell / area);
  const near = withLoneCells(grid.neighbours);
  const far = withLoneCells(secondRing(grid.neighbours));
  const nearDegrees = inverseDegrees(near);
  const farDegrees = inverseDegrees(far);
  const perTotal = new Float64Array(SIZE);
  const season = new Float64Array(cells);
  const wide = new Float64Array(cells);
  const nearSource = new Float64Array(cells);
  const farSource = new Float64Array(cells);
  let decayed = new Float64Array(0) as Float64Array;
  let wideWeek = -1;

  function readWide(): void {
    const scale = perTotal[LONGEST] as number;
    for (let cell = 0; cell < cells; cell += 1) {
      wide[cell] = (decayed[cell * SIZE + LONGEST] as number) * scale;
    }
    for (let step = 0; step < WIDE_STEPS; step += 1) {
      for (let cell = 0; cell < cells; cell += 1) {
        // A cell keeps as much as it gives to each of those around it.
        const degree = nearDegrees[cell] as number;
        const part = ((wide[cell] as number) * degree) / (1 + degree);
        nearSource[cell] = part;
        wide[cell] = part;
      }
      addRingSums(near, nearSource, wide);
    }
  }

  function readSeason(week: number, horizon: number): void {
    season.fill(0);
    for (let years = 1; years <= SEASON_YEARS; years += 1) {
      const first = weekYearsBefore(week, years) - SEASON_MARGIN;
      if (first < 0) break;
      addWeeks(events, first, Math.min(week, first + horizon + 2 * SEASON_MARGIN), season);
    }
    let total = 0;
    for (let cell = 0; cell < cells; cell += 1) total += season[cell] as number;
    if (total === 0) season.set(even);
    else for (let cell = 0; cell < cells; cell += 1) season[cell] = (season[cell] as number) / total;
  }

  function addRing(
    ring: Neighbours,
    degrees: Float64Array,
    cell: number,
    into: Float64Array,
    offset: number,
  ): void {
    const end = ring.starts[cell + 1] as number;
    for (let place = ring.starts[cell] as number; place < end; place += 1) {
      const other = ring.list[place] as number;
      const degree = degrees[other] as number;
      const from = other * SIZE;
      for (let k = 0; k < SIZE; k += 1) {
        into[offset + k] = (into[offset + k] as number) + degree * (decayed[from + k] as number);
      }
    }
  }

  return {
    moveTo(past, horizon) {
      decayed = past.decayed;
      for (let k = 0; k < SIZE; k += 1) {
        const total = past.decayedTotals[k] as number;
        perTotal[k] = total > 0 ? 1 / total : 0;
      }
      if (wideWeek !== past.week) readWide();
      wideWeek = past.week;
      readSeason(past.week, horizon);
    },
    readCell(cell, into, offset) {
      into.fill(0, offset, offset + SEASON);
      for (let k = 0; k < SIZE; k += 1) into[offset + k] = decayed[cell * SIZE + k] as number;
      addRing(near, nearDegrees, cell, into, offset + SIZE);
      addRing(far, farDegrees, cell, into, offset + 2 * SIZE);
      for (let ring = offset; ring < offset + SEASON; ring += SIZE) {
        for (let k = 0; k < SIZE; k += 1)
          into[ring + k] = (into[ring + k] as number) * (perTotal[k] as number);
      }
      into[offset + SEASON] = season[cell] as number;
      into[offset + WIDE] = wide[cell] as number;
      into[offset + EVEN] = even[cell] as number;
    },
    mix(weights, into) {
      // Spreading over a ring is linear: components are weighted first, and each ring is summed once.
      const ofSeason = weights[SEASON] as number;
      const ofWide = weights[WIDE] as number;
      const ofEven = weights[EVEN] as number;
      for (let cell = 0; cell < cells; cell += 1) {
        let own = 0;
        let first = 0;
        let second = 0;
        for (let k = 0; k < SIZE; k += 1) {
          const share = (perTotal[k] as number) * (decayed[cell * SIZE + k] as number);
          own += (weights[k] as number) * share;
          first += (weights[SIZE + k] as number) * share;
          second += (weights[2 * SIZE + k] as number) * share;
        }
        nearSource[cell] = first * (nearDegrees[cell] as number);
        farSource[cell] = second * (farDegrees[cell] as number);
        into[cell] =
          own +
          ofSeason * (season[cell] as number) +
          ofWide * (wide[cell] as number) +
          ofEven * (even[cell] as number);
      }
      addRingSums(near, nearSource, into);
      addRingSums(far, farSource, into);
    },
  };
}
