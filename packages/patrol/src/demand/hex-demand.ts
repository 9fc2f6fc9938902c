import { requireArgument } from '@crimetracker/analysis-kit';
import { WEEK_HOURS } from '../weekly-demand.js';

/** What is expected of one category in each cell, and when in the week. */
export interface HexCategory {
  /** Harm of one incident. */
  readonly weight: number;
  /** Expected incidents of the week by cell. */
  readonly expected: Float64Array;
  /** Past incidents by hour of the week, in the whole city. */
  readonly hours: Float64Array;
}

/** Expected harm by cell and time of the week. */
export interface HexDemand {
  /** Of the whole week, by cell. */
  readonly total: Float64Array;
  /** Of so many hours from an hour of the week on, by cell; the week goes on after Sunday with Monday. */
  readonly during: (firstHour: number, hours: number) => Float64Array;
}

/**
 * Expected harm by cell and hour: what each category is expected to bring to the cell × its weight × the share of the
 * week that the hours have among the category's incidents. A category that was never recorded is spread evenly.
 */
export function hexDemand(cells: number, categories: readonly HexCategory[]): HexDemand {
  const shares = categories.map(({ expected, hours }) => {
    requireArgument(expected.length === cells, 'hexDemand', `there is one expectation a cell, ${cells}`);
    requireArgument(hours.length === WEEK_HOURS, 'hexDemand', `there are ${WEEK_HOURS} hours`);
    const sum = hours.reduce((total, count) => total + count, 0);
    return sum === 0 ? hours.map(() => 1 / WEEK_HOURS) : hours.map((count) => count / sum);
  });
  const weighted = (shareOf: (category: number) => number): Float64Array => {
    const harm = new Float64Array(cells);
    for (const [c, { weight, expected }] of categories.entries()) {
      const factor = weight * shareOf(c);
      for (let i = 0; i < cells; i += 1) harm[i] = (harm[i] ?? 0) + factor * (expected[i] ?? 0);
    }
    return harm;
  };
  return {
    total: weighted(() => 1),
    during: (firstHour, hours) =>
      weighted((c) => {
        let share = 0;
        for (let h = firstHour; h < firstHour + hours; h += 1) share += shares[c]?.[h % WEEK_HOURS] ?? 0;
        return share;
      }),
  };
}
