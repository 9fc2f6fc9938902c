import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { kendallTauB, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';

interface TopAgreement {
  readonly k: number;
  /** Cells that are among the k highest of both. */
  readonly shared: number;
  /** Shared over k; lower, too, when fewer than k cells are above 0. */
  readonly overlap: number;
  /** Kendall's tau-b of the cells that are among the k highest of either; undefined when they all tie. */
  readonly tauB: number | undefined;
}

export interface RankStability {
  readonly kind: 'rank-stability';
  /** Kendall's tau-b of all cells, −1 to 1. */
  readonly tauB: number;
  readonly top: readonly TopAgreement[];
}

/**
 * How far two surfaces of the same cells put them into the same order: harm under two tables of weights, or harm and
 * plain counts.
 *
 * Cells that are 0 on both pull the tau-b of all cells up, so the highest k cells are compared for themselves, for each
 * `k` asked. A cell at 0 is never among them; of equal cells those that come first are. Says why there is no answer: one
 * surface has the same value everywhere.
 * Source: Kendall's tau-b as kendallTauB.
 */
export function rankStability(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  ks: readonly number[],
): RankStability | NotEnoughData {
  requireArgument(
    ks.every((k) => Number.isInteger(k) && k >= 1),
    'rankStability',
    `k is a whole number above 0, got ${ks.join(', ')}`,
  );
  const tauB = kendallTauB(first, second);
  if (tauB === undefined) return notEnoughData('One of the surfaces has the same value in all cells.');
  const [fromFirst, fromSecond] = [rankCells(first), rankCells(second)];
  const top = ks.map((k): TopAgreement => {
    const highest = new Set(fromFirst.subarray(0, k));
    const either = new Set([...highest, ...fromSecond.subarray(0, k)]);
    let shared = 0;
    for (const cell of fromSecond.subarray(0, k)) if (highest.has(cell)) shared += 1;
    const valuesOf = (surface: ArrayLike<number>) => Float64Array.from(either, (cell) => surface[cell] ?? 0);
    return { k, shared, overlap: shared / k, tauB: kendallTauB(valuesOf(first), valuesOf(second)) };
  });
  return { kind: 'rank-stability', tauB, top };
}

/** The cells above 0, highest first. */
function rankCells(surface: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: surface.length }, (_, cell) => cell)
    .filter((cell) => (surface[cell] ?? 0) > 0)
    .sort((a, b) => (surface[b] ?? 0) - (surface[a] ?? 0) || a - b);
}
