import type { CellGrid } from '../cells/cell-grid.js';
import { weekYearsBefore } from './expected-total.js';
import type { PlacePast } from './place-past.js';
import { HALF_LIVES } from './place-past.js';
import { cellRanking } from './rank-cells.js';
import { addRingSums, inverseDegrees, secondRing } from './rings.js';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks } from './weekly-events.js';

/** Where the incidents of a component lie in relation to the cell. */
const RINGS = ['own cell', 'cells around', 'second ring'] as const;
const SIZE = HALF_LIVES.length;
const WIDE_HALF_LIFE = HALF_LIVES.length - 1;
/** Steps by which the wide component spreads, each to a cell and those around it. */
const WIDE_STEPS = 6;
const SEASON_YEARS = 5;
/** Weeks before and after the season that count to it. */
const SEASON_MARGIN = 2;

const SEASON = RINGS.length * SIZE;
const WIDE = SEASON + 1;
const EVEN = SEASON + 2;

/** What each component of the mixture is, in words. */
export const COMPONENTS: readonly string[] = [
  ...RINGS.flatMap((ring) => HALF_LIVES.map((halfLife) => `${ring}, half-life ${halfLife} weeks`)),
  'own cell, same season of earlier years',
  `wide surroundings, half-life ${HALF_LIVES[WIDE_HALF_LIFE]} weeks`,
  'even over the area',
];

/**
 * Tiers of cells, busiest first, by their decayed count: the first and the next so many of all cells, then the rest.
 * A busy cell is best known by its own recent past, a quiet one by its long past and by those around it.
 */
const TIER_SHARES = [0.02, 0.08] as const;
const TIER_HALF_LIFE = 3;
export const TIERS = TIER_SHARES.length + 1;
const REST = TIERS - 1;

/** Where incidents are expected at one origin, by component; within each tier a component sums to 1. */
export interface MixtureOrigin {
  readonly tierOf: Uint8Array;
  /** Writes what the components expect in one cell. */
  readCell(cell: number, into: Float64Array, offset: number): void;
  /** Writes what the components expect in every cell, weighted by tier; the weights of a tier sum to its share. */
  mix(weights: readonly Float64Array[], into: Float64Array): void;
}

/** Makes origins one after the other; each is good until the next. */
export function placeMixture(
  grid: CellGrid,
  events: WeeklyEvents,
): (past: PlacePast, horizon: number) => MixtureOrigin {
  const cells = grid.cells.length;
  const near = grid.neighbours;
  const far = secondRing(near);
  const nearDegrees = inverseDegrees(near);
  const farDegrees = inverseDegrees(far);
  const area = grid.areasKm2.reduce((sum, cell) => sum + cell, 0);
  const ranking = cellRanking(grid.areasKm2);
  const busy = new Float64Array(cells);
  const season = new Float64Array(cells);
  const wide = new Float64Array(cells);
  const spread = new Float64Array(cells);
  const tierOf = new Uint8Array(cells);
  const tiers: Int32Array[] = [];
  const busiest = TIER_SHARES.reduce((sum, share) => sum + Math.ceil(share * cells), 0);
  const perTotal = new Float64Array(SIZE);
  const perTier = Array.from({ length: TIERS }, () => new Float64Array(COMPONENTS.length));
  const row = new Float64Array(COMPONENTS.length);
  const nearSource = new Float64Array(cells);
  const farSource = new Float64Array(cells);
  let spreadWeek = -1;

  function readTiers(past: PlacePast): void {
    for (let cell = 0; cell < cells; cell += 1)
      busy[cell] = past.decayed[cell * SIZE + TIER_HALF_LIFE] as number;
    const { order } = ranking(busy, busiest);
    tierOf.fill(REST);
    let from = 0;
    for (const [tier, share] of TIER_SHARES.entries()) {
      const to = from + Math.ceil(share * cells);
      const members = order.slice(from, to);
      for (const cell of members) tierOf[cell] = tier;
      tiers[tier] = members;
      from = to;
    }
  }

  function readWide(past: PlacePast): void {
    const scale = perTotal[WIDE_HALF_LIFE] as number;
    for (let cell = 0; cell < cells; cell += 1) {
      wide[cell] = (past.decayed[cell * SIZE + WIDE_HALF_LIFE] as number) * scale;
    }
    for (let step = 0; step < WIDE_STEPS; step += 1) {
      for (let cell = 0; cell < cells; cell += 1) {
        // A cell keeps as much as it gives to each of those around it.
        const degree = nearDegrees[cell] as number;
        spread[cell] = ((wide[cell] as number) * degree) / (1 + degree);
        wide[cell] = degree === 0 ? (wide[cell] as number) : (spread[cell] as number);
      }
      addRingSums(near, spread, wide);
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
    for (let cell = 0; cell < cells; cell += 1) {
      season[cell] = total > 0 ? (season[cell] as number) / total : (grid.areasKm2[cell] as number) / area;
    }
  }

  let known: { readonly week: number; readonly horizon: number; readonly origin: MixtureOrigin } | undefined;

  return (past, horizon) => {
    if (known?.week === past.week && known.horizon === horizon) return known.origin;
    for (let k = 0; k < SIZE; k += 1) {
      const total = past.decayedTotals[k] as number;
      perTotal[k] = total > 0 ? 1 / total : 0;
    }
    if (spreadWeek !== past.week) {
      spreadWeek = past.week;
      readWide(past);
      readTiers(past);
    }
    readSeason(past.week, horizon);
    const { decayed } = past;

    function addRing(
      ring: typeof near,
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

    function readShares(cell: number, into: Float64Array, offset: number): void {
      into.fill(0, offset, offset + SEASON);
      for (let k = 0; k < SIZE; k += 1) into[offset + k] = decayed[cell * SIZE + k] as number;
      addRing(near, nearDegrees, cell, into, offset + SIZE);
      addRing(far, farDegrees, cell, into, offset + 2 * SIZE);
      for (let k = 0; k < SEASON; k += 1) {
        into[offset + k] = (into[offset + k] as number) * (perTotal[k % SIZE] as number);
      }
      into[offset + SEASON] = season[cell] as number;
      into[offset + WIDE] = wide[cell] as number;
      into[offset + EVEN] = (grid.areasKm2[cell] as number) / area;
    }

    const rest = perTier[REST] as Float64Array;
    rest.fill(1);
    for (const [tier, members] of tiers.entries()) {
      const sums = perTier[tier] as Float64Array;
      sums.fill(0);
      for (const cell of members) {
        readShares(cell, row, 0);
        for (let k = 0; k < row.length; k += 1) sums[k] = (sums[k] as number) + (row[k] as number);
      }
      for (let k = 0; k < row.length; k += 1) rest[k] = (rest[k] as number) - (sums[k] as number);
    }
    for (const sums of perTier) {
      for (let k = 0; k < row.length; k += 1)
        sums[k] = (sums[k] as number) > 1e-9 ? 1 / (sums[k] as number) : 0;
    }

    const origin: MixtureOrigin = {
      tierOf,
      readCell(cell, into, offset) {
        readShares(cell, into, offset);
        const scale = perTier[tierOf[cell] as number] as Float64Array;
        for (let k = 0; k < scale.length; k += 1)
          into[offset + k] = (into[offset + k] as number) * (scale[k] as number);
      },
      mix(weights, into) {
        const ofRest = (weights[REST] as Float64Array).map((weight, k) => weight * (rest[k] as number));
        for (let cell = 0; cell < cells; cell += 1) {
          let own = 0;
          let first = 0;
          let second = 0;
          for (let k = 0; k < SIZE; k += 1) {
            const value = (perTotal[k] as number) * (decayed[cell * SIZE + k] as number);
            own += (ofRest[k] as number) * value;
            first += (ofRest[SIZE + k] as number) * value;
            second += (ofRest[2 * SIZE + k] as number) * value;
          }
          nearSource[cell] = first * (nearDegrees[cell] as number);
          farSource[cell] = second * (farDegrees[cell] as number);
          into[cell] =
            own +
            (ofRest[SEASON] as number) * (season[cell] as number) +
            (ofRest[WIDE] as number) * (wide[cell] as number) +
            ((ofRest[EVEN] as number) * (grid.areasKm2[cell] as number)) / area;
        }
        addRingSums(near, nearSource, into);
        addRingSums(far, farSource, into);
        for (const [tier, members] of tiers.entries()) {
          const scale = perTier[tier] as Float64Array;
          const ofTier = (weights[tier] as Float64Array).map((weight, k) => weight * (scale[k] as number));
          for (const cell of members) {
            readShares(cell, row, 0);
            let sum = 0;
            for (let k = 0; k < row.length; k += 1) sum += (ofTier[k] as number) * (row[k] as number);
            into[cell] = sum;
          }
        }
      },
    };
    known = { week: past.week, horizon, origin };
    return origin;
  };
}
