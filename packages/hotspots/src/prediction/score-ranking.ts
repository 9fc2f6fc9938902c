import { requireArgument } from '@crimetracker/analysis-kit';

/** What the top 1, 2, 3, … cells of a ranking would have been worth; all by number of cells chosen, less one. */
export interface RankingScores {
  /** Places of the cells, best first. */
  readonly order: readonly number[];
  readonly areaShares: readonly number[];
  readonly hits: readonly number[];
  readonly hitRates: readonly number[];
  /** Predictive accuracy index: hit rate ÷ share of the area. */
  readonly pai: readonly number[];
  /** Predictive efficiency index: hits ÷ the most hits any choice of the same area has, the last cell in part. */
  readonly pei: readonly number[];
  /** PAI ÷ the largest PAI of any number of best cells. */
  readonly peiStar: readonly number[];
  /** Recovery rate index: predicted ÷ observed; undefined while nothing was observed. */
  readonly rri: readonly (number | undefined)[];
  /** Search efficiency rate: hits per km² and week. */
  readonly ser: readonly number[];
  /** Area under the curve of hit rates by area. */
  readonly auc: number;
}

/**
 * Scores a ranking of cells by predicted density at every number of cells.
 *
 * Among equal densities cells with fewer observed incidents come first, which is the least favourable order. Without
 * any observed incident rates are 0. Predictions, counts and areas are of one length; areas are above 0.
 * Source: Chainey, Tompson & Uhlig 2008 (PAI), Hunt 2016 (PEI), `ptools::pai` (order, RRI), Bowers, Johnson & Pease 2004
 * (search efficiency). The exact form of the institute's PEI* is not documented; here it is over all numbers of cells.
 */
export function scoreRanking(
  predicted: ArrayLike<number>,
  observed: ArrayLike<number>,
  areasKm2: ArrayLike<number>,
  weeks = 1,
): RankingScores {
  const cells = predicted.length;
  requireArgument(
    observed.length === cells && areasKm2.length === cells && cells > 0,
    'scoreRanking',
    'predictions, counts and areas are of one length, at least 1',
  );
  const at = (values: ArrayLike<number>, cell: number): number => values[cell] as number;
  const areas = Array.from(areasKm2);
  requireArgument(
    areas.every((cell) => cell > 0),
    'scoreRanking',
    'areas are above 0',
  );
  const area = areas.reduce((sum, cell) => sum + cell, 0);
  const total = Array.from(observed).reduce((sum, count) => sum + count, 0);
  const byDensity = (values: ArrayLike<number>) => (a: number, b: number) =>
    at(values, b) / at(areasKm2, b) - at(values, a) / at(areasKm2, a) || at(observed, a) - at(observed, b);
  const places = areas.map((_, cell) => cell);
  const order = places.toSorted(byDensity(predicted));
  const cumulative = (of: readonly number[], values: ArrayLike<number>): number[] => {
    let sum = 0;
    return of.map((cell) => (sum += at(values, cell)));
  };
  const chosenAreas = cumulative(order, areasKm2);
  const hits = cumulative(order, observed);
  const expected = cumulative(order, predicted);
  const best = places.toSorted(byDensity(observed));
  const bestAreas = cumulative(best, areasKm2);
  const bestHits = cumulative(best, observed);
  const rate = (count: number): number => (total > 0 ? count / total : 0);
  const ratio = (count: number, of: number): number => (of > 0 ? count / of : 0);
  const mostIn = (size: number): number => {
    const place = bestAreas.findIndex((sum) => sum >= size * (1 - 1e-12));
    const cell = best[place] ?? 0;
    const missing = (bestAreas[place] ?? area) - size;
    return (bestHits[place] ?? total) - (Math.max(0, missing) * at(observed, cell)) / at(areasKm2, cell);
  };
  const pai = hits.map((count, place) => (rate(count) * area) / (chosenAreas[place] as number));
  const mostPai = Math.max(
    ...bestHits.map((count, place) => (rate(count) * area) / (bestAreas[place] as number)),
  );
  let under = 0;
  for (const [place, cell] of order.entries()) {
    under += at(areasKm2, cell) * rate((hits[place] as number) - at(observed, cell) / 2);
  }
  return {
    order,
    areaShares: chosenAreas.map((size) => size / area),
    hits,
    hitRates: hits.map(rate),
    pai,
    pei: hits.map((count, place) => ratio(count, mostIn(chosenAreas[place] as number))),
    peiStar: pai.map((value) => ratio(value, mostPai)),
    rri: hits.map((count, place) => (count > 0 ? (expected[place] as number) / count : undefined)),
    ser: hits.map((count, place) => count / (chosenAreas[place] as number) / weeks),
    auc: under / area,
  };
}
