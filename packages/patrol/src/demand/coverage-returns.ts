import { requireArgument } from '@crimetracker/analysis-kit';

export interface CoverageOptions {
  /** Visits that one unit makes in an hour on duty, beside its calls. */
  readonly visitsPerHour: number;
  /** Hours within which a visited cell is visited again; 2 by default. */
  readonly revisitHours?: number;
  /** Units on duty in one jurisdiction at one time, at most. */
  readonly mostUnits: number;
  /** Harm of each jurisdiction, where some of it lies in no cell that can be visited; the sum of its cells by default. */
  readonly totals?: readonly number[];
}

/**
 * What a first, second, … unit on duty adds to the share of the expected harm that is covered, by jurisdiction: the
 * first visits the cells with the most harm, the next one the next best. A unit keeps up `visitsPerHour` × `revisitHours`
 * cells; a part of a cell counts as that part. Harm is given per cell, by jurisdiction.
 *
 * The shares never increase and together are at most 1; the list ends when every cell is covered, and is empty where no
 * harm is expected. It is a statement about places visited, not about crimes prevented.
 */
export function coverageReturns(
  harmByCell: readonly ArrayLike<number>[],
  options: CoverageOptions,
): readonly (readonly number[])[] {
  const { visitsPerHour, revisitHours = 2, mostUnits, totals } = options;
  const cellsPerUnit = visitsPerHour * revisitHours;
  requireArgument(
    cellsPerUnit > 0 && Number.isFinite(cellsPerUnit),
    'coverageReturns',
    `a unit visits cells, got ${visitsPerHour} visits an hour and ${revisitHours} hours`,
  );
  requireArgument(
    Number.isInteger(mostUnits) && mostUnits >= 0,
    'coverageReturns',
    `units are a whole number, got ${mostUnits}`,
  );
  return harmByCell.map((cells, j) =>
    returnsOf(Float64Array.from(cells).sort().reverse(), cellsPerUnit, mostUnits, totals?.[j]),
  );
}

/** `best` is descending. */
function returnsOf(
  best: Float64Array,
  cellsPerUnit: number,
  mostUnits: number,
  wholeHarm = 0,
): readonly number[] {
  const inCells = best.reduce((sum, harm) => {
    requireArgument(harm >= 0, 'coverageReturns', `harm is at least 0, got ${harm}`);
    return sum + harm;
  }, 0);
  const total = Math.max(wholeHarm, inCells);
  const returns: number[] = [];
  let covered = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let unit = 1; unit <= mostUnits && covered < inCells; unit += 1) {
    const share = Math.min(harmOfBest(best, unit * cellsPerUnit), inCells) - covered;
    if (!(share > 0)) break;
    covered += share;
    // Rounding must not make a later unit better than an earlier one.
    before = Math.min(before, share / total);
    returns.push(before);
  }
  return returns;
}

/** Harm in the first so many cells, the last of them in part. */
function harmOfBest(best: Float64Array, cells: number): number {
  const whole = Math.min(best.length, Math.floor(cells));
  let harm = 0;
  for (let i = 0; i < whole; i += 1) harm += best[i] ?? 0;
  return harm + (cells - whole) * (best[whole] ?? 0);
}
