import type { CellGrid } from '../cells/cell-grid.js';
import type { PlacePast } from './place-past.js';
import { HALF_LIVES } from './place-past.js';
import { COMPONENTS, placeShares } from './place-shares.js';
import { cellRanking } from './rank-cells.js';
import type { WeeklyEvents } from './weekly-events.js';

/**
 * Tiers of cells, busiest first, by their decayed count: the first and the next so many of all cells, then the rest.
 * A busy cell is best known by its own recent past, a quiet one by its long past and by those around it.
 */
const BUSY_SHARES = [0.02, 0.08] as const;
const BUSY_HALF_LIFE = HALF_LIVES.indexOf(104);
export const TIERS = BUSY_SHARES.length + 1;
const REST = BUSY_SHARES.length;
/** A component that has less than this in a tier is left out of it. */
const NOTHING = 1e-9;

/** Where incidents are expected, by component; within each tier a component sums to 1. */
export interface PlaceMixture {
  /** Moves on to what a past knows, for a forecast of `horizon` weeks. */
  moveTo(past: PlacePast, horizon: number): void;
  /** The tier of each cell. */
  readonly tierOf: Uint8Array;
  /** Writes what the components expect in one cell. */
  readCell(cell: number, into: Float64Array, offset: number): void;
  /** Writes what the components expect in every cell, weighted by tier. */
  mix(weights: readonly Float64Array[], into: Float64Array): void;
}

/** A mixture for a grid; it is empty until it is moved to a past. */
export function placeMixture(grid: CellGrid, events: WeeklyEvents): PlaceMixture {
  const cells = grid.cells.length;
  const size = COMPONENTS.length;
  const shares = placeShares(grid, events);
  const ranking = cellRanking(grid.areasKm2);
  const busySizes = BUSY_SHARES.map((share) => Math.ceil(share * cells));
  const busy = new Float64Array(cells);
  const tierOf = new Uint8Array(cells);
  const members: Int32Array[] = [];
  /** 1 ÷ what a component has in a tier. */
  const scales = Array.from({ length: TIERS }, () => new Float64Array(size));
  const row = new Float64Array(size);
  let at = { week: -1, horizon: 0 };

  function readTiers({ decayed }: PlacePast): void {
    for (let cell = 0; cell < cells; cell += 1) {
      busy[cell] = decayed[cell * HALF_LIVES.length + BUSY_HALF_LIFE] as number;
    }
    const { order } = ranking(
      busy,
      busySizes.reduce((sum, count) => sum + count, 0),
    );
    tierOf.fill(REST);
    let from = 0;
    for (const [tier, count] of busySizes.entries()) {
      const ofTier = order.slice(from, from + count);
      for (const cell of ofTier) tierOf[cell] = tier;
      members[tier] = ofTier;
      from += count;
    }
  }

  function readScales(): void {
    const rest = scales[REST] as Float64Array;
    rest.fill(1);
    for (const [tier, ofTier] of members.entries()) {
      const sums = scales[tier] as Float64Array;
      sums.fill(0);
      for (const cell of ofTier) {
        shares.readCell(cell, row, 0);
        for (let k = 0; k < size; k += 1) sums[k] = (sums[k] as number) + (row[k] as number);
      }
      for (let k = 0; k < size; k += 1) rest[k] = (rest[k] as number) - (sums[k] as number);
    }
    for (const sums of scales) {
      for (let k = 0; k < size; k += 1) sums[k] = (sums[k] as number) > NOTHING ? 1 / (sums[k] as number) : 0;
    }
  }

  const scaled = (weights: readonly Float64Array[], tier: number): Float64Array =>
    (weights[tier] as Float64Array).map((weight, k) => weight * (scales[tier]?.[k] as number));

  return {
    tierOf,
    moveTo(past, horizon) {
      if (at.week === past.week && at.horizon === horizon) return;
      shares.moveTo(past, horizon);
      if (at.week !== past.week) readTiers(past);
      readScales();
      at = { week: past.week, horizon };
    },
    readCell(cell, into, offset) {
      shares.readCell(cell, into, offset);
      const scale = scales[tierOf[cell] as number] as Float64Array;
      for (let k = 0; k < size; k += 1)
        into[offset + k] = (into[offset + k] as number) * (scale[k] as number);
    },
    mix(weights, into) {
      shares.mix(scaled(weights, REST), into);
      for (const [tier, ofTier] of members.entries()) {
        const ownWeights = scaled(weights, tier);
        for (const cell of ofTier) {
          shares.readCell(cell, row, 0);
          let sum = 0;
          for (let k = 0; k < size; k += 1) sum += (ownWeights[k] as number) * (row[k] as number);
          into[cell] = sum;
        }
      }
    },
  };
}
