import { YEAR_WEEKS } from './place-past.js';

const MOST_YEARS = 5;
/** Incidents' worth of doubt about the season: with few incidents it stays near 1. */
const SEASON_DOUBT = 100;

/** The first week of the same season so many years before a week. */
export function weekYearsBefore(week: number, years: number): number {
  return week - Math.round((years * 365.25) / 7);
}

/**
 * Expected incidents of the whole area in `horizon` weeks from week `origin` on, from the weeks before.
 *
 * The mean of the last 52 weeks times a season: what the same weeks of up to five earlier years had, over what the 52
 * weeks around them let expect, drawn towards 1 where incidents are few.
 */
export function expectedTotal(weekTotals: Float64Array, origin: number, horizon: number): number {
  const sumFrom = (from: number, weeks: number): number => {
    let sum = 0;
    for (let week = from; week < from + weeks; week += 1) sum += weekTotals[week] as number;
    return sum;
  };
  const share = horizon / YEAR_WEEKS;
  let seen = 0;
  let usual = 0;
  for (let years = 1; years <= MOST_YEARS; years += 1) {
    const week = weekYearsBefore(origin, years);
    const yearAround = week + (horizon >> 1) - YEAR_WEEKS / 2;
    if (yearAround < 0) break;
    seen += sumFrom(week, horizon);
    usual += share * sumFrom(yearAround, YEAR_WEEKS);
  }
  const plain = share * sumFrom(origin - YEAR_WEEKS, YEAR_WEEKS);
  return (plain * (seen + SEASON_DOUBT)) / (usual + SEASON_DOUBT);
}
