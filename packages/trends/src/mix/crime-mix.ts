import type { Interval, NotEnoughData, RateRatio } from '@crimetracker/analysis-kit';
import {
  kendallTauB,
  notEnoughData,
  rateRatioInterval,
  requireArgument,
  wilsonInterval,
} from '@crimetracker/analysis-kit';
import type { ShareChange } from './share-change.js';
import { shareChange } from './share-change.js';

/** Incidents of one category in one year, by the incident's most serious offence. */
export interface CategoryYearCount {
  readonly category: string;
  readonly year: number;
  readonly count: number;
}

interface CategoryShare {
  readonly category: string;
  readonly count: number;
  /** Of all incidents of the year; the shares of a year sum to 1. */
  readonly share: number;
  readonly interval: Interval;
  /** 1 is the most frequent; equal counts have the same rank, and the next one is left out. */
  readonly rank: number;
  /** Places gained (positive) or lost since the year before; like all changes undefined in the first year. */
  readonly ranksGained: number | undefined;
  readonly shareChange: ShareChange | undefined;
  /** Incidents a day against the year before. */
  readonly rateChange: RateRatio | undefined;
}

interface YearMix {
  readonly year: number;
  readonly total: number;
  /** Most frequent first. */
  readonly categories: readonly CategoryShare[];
  /** Kendall's tau-b between the counts of this year and the one before: 1 is the same order. */
  readonly orderKept: number | undefined;
}

export type CrimeMix =
  | {
      readonly kind: 'mix';
      readonly years: readonly YearMix[];
      readonly leftOut: readonly { readonly year: number; readonly reason: string }[];
    }
  | NotEnoughData;

const daysOf = (year: number): number => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;

/**
 * What share each category has of a year's incidents, and how that changes from one year to the next.
 *
 * A category without a row in a year has 0. A change is given where the data hold the year before; years are taken as
 * whole. Shares have Wilson's interval, changes of share Newcombe's, rates the exact conditional one; each is for one
 * category alone. A year without an incident is left out with the reason, no incident at all is a reason. Rows of the
 * same category and year add up; a negative count throws.
 * Source: wilsonInterval, shareChange, rateRatioInterval.
 */
export function crimeMix(rows: readonly CategoryYearCount[]): CrimeMix {
  const years = new Map<number, Map<string, number>>();
  const categories = new Set<string>();
  for (const { category, year, count } of rows) {
    requireArgument(
      count >= 0 && Number.isFinite(count),
      'crimeMix',
      `a count is at least 0, got ${count} of ${category}`,
    );
    categories.add(category);
    const ofYear = years.get(year) ?? new Map<string, number>();
    ofYear.set(category, (ofYear.get(category) ?? 0) + count);
    years.set(year, ofYear);
  }
  const leftOut: { readonly year: number; readonly reason: string }[] = [];
  const tables = new Map<number, { readonly total: number; readonly counts: ReadonlyMap<string, number> }>();
  for (const [year, counts] of [...years].sort(([a], [b]) => a - b)) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total > 0) tables.set(year, { total, counts });
    else leftOut.push({ year, reason: `no incident in ${year}` });
  }
  if (tables.size === 0) return notEnoughData('no incident of any category in any year');

  const names = [...categories].sort();
  const ranksOf = (counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
    const values = names.map((name) => counts.get(name) ?? 0);
    return new Map(
      names.map((name, place) => [name, 1 + values.filter((value) => value > (values[place] ?? 0)).length]),
    );
  };
  const mixes = [...tables].map(([year, { total, counts }]): YearMix => {
    const before = tables.get(year - 1);
    const ranks = ranksOf(counts);
    const ranksBefore = before === undefined ? undefined : ranksOf(before.counts);
    const shares = names.map((category): CategoryShare => {
      const count = counts.get(category) ?? 0;
      const rank = ranks.get(category) ?? 0;
      const rankBefore = ranksBefore?.get(category);
      const countBefore = before?.counts.get(category) ?? 0;
      return {
        category,
        count,
        share: count / total,
        interval: wilsonInterval(count, total),
        rank,
        ranksGained: rankBefore === undefined ? undefined : rankBefore - rank,
        shareChange:
          before === undefined
            ? undefined
            : shareChange({ count: countBefore, total: before.total }, { count, total }),
        rateChange:
          before === undefined
            ? undefined
            : rateRatioInterval(
                { count, exposure: daysOf(year) },
                { count: countBefore, exposure: daysOf(year - 1) },
              ),
      };
    });
    return {
      year,
      total,
      categories: shares.sort((a, b) => a.rank - b.rank),
      orderKept:
        before === undefined
          ? undefined
          : kendallTauB(
              names.map((name) => before.counts.get(name) ?? 0),
              names.map((name) => counts.get(name) ?? 0),
            ),
    };
  });
  return { kind: 'mix', years: mixes, leftOut };
}
