import type { Ranking } from './rank-cells.js';

/** How much of the area may be chosen: so many cells, or so much area. */
export type Budget =
  | { readonly kind: 'cells'; readonly cells: number }
  | { readonly kind: 'area'; readonly areaKm2: number };

const KM2_PER_SQUARE_MILE = 2.589988110336;

/** The areas of the forecasting challenge of the National Institute of Justice: 0.25, 0.5 and 0.75 square miles. */
export const AREA_BUDGETS: readonly Budget[] = [0.25, 0.5, 0.75].map((squareMiles) => ({
  kind: 'area',
  areaKm2: squareMiles * KM2_PER_SQUARE_MILE,
}));

/** What a ranking chooses within a budget. */
export interface Choice {
  /** Cells from the top that are chosen whole. */
  readonly whole: number;
  /** Cells from the top that are chosen whole or in part. */
  readonly touched: number;
  /** The part of each cell after the whole ones, 0 to 1. */
  readonly part: number;
  readonly areaKm2: number;
}

/** Cells from the top that a budget can reach, by the smallest area of a cell. */
export function deepestOf(budgets: readonly Budget[], areasKm2: Float64Array): number {
  const least = areasKm2.reduce((smallest, area) => Math.min(smallest, area), Number.POSITIVE_INFINITY);
  const cells = budgets.map((budget) =>
    budget.kind === 'cells' ? budget.cells : Math.floor(budget.areaKm2 / least),
  );
  return Math.min(areasKm2.length, 1 + Math.max(...cells));
}

/**
 * Goes down a ranking until a budget is used up; cells of equal density at the cut get an equal part each.
 *
 * So an area is met exactly, as comparing methods at different areas says nothing; a choice by density with the last
 * cell in part is the best there is; and no method gains or loses by the order in which it leaves equal cells.
 */
export function chooseTop(ranking: Ranking, areasKm2: Float64Array, budget: Budget): Choice {
  const { order, length, densities } = ranking;
  let areaKm2 = 0;
  let whole = 0;
  while (whole < length) {
    const density = densities[order[whole] as number] as number;
    let end = whole;
    let area = 0;
    while (end < length && densities[order[end] as number] === density) {
      area += areasKm2[order[end] as number] as number;
      end += 1;
    }
    const part =
      budget.kind === 'cells' ? (budget.cells - whole) / (end - whole) : (budget.areaKm2 - areaKm2) / area;
    if (part < 1) return { whole, touched: part > 0 ? end : whole, part, areaKm2: areaKm2 + part * area };
    areaKm2 += area;
    whole = end;
  }
  return { whole, touched: whole, part: 0, areaKm2 };
}
