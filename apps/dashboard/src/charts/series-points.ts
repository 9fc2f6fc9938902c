import { monthText } from '@crimetracker/analysis-kit/words';
import type { Count, DateRange, Grain, Series } from '@crimetracker/crossfilter';
import { isWholePeriod } from '@crimetracker/crossfilter';
import type { CityEntry } from '../documents.js';
import { percent } from './words.js';

export interface SeriesPoint {
  readonly start: string;
  readonly count: Count;
  /** Whether all days of the period are among those that are shown. */
  readonly isWhole: boolean;
  /** False while reports of the period still come in. */
  readonly isComplete: boolean;
}

type Completeness = CityEntry['completeness'];

const LAST_DAY: Readonly<Record<Grain, number>> = { day: 0, week: 6, month: 27, quarter: 89, year: 364 };

const lastMonth = (grain: Grain, start: string): string =>
  new Date(Date.parse(`${start}T00:00:00Z`) + LAST_DAY[grain] * 86_400_000).toISOString().slice(0, 7);

/** The periods of a series with what is to be known about each. */
export function seriesPoints(
  { grain, starts, counts }: Series,
  range: DateRange,
  completeness: Completeness,
): readonly SeriesPoint[] {
  const open = completeness
    .filter(({ isComplete }) => isComplete === false)
    .map(({ month }) => month.slice(0, 7));
  return starts.map((start, place) => {
    const last = lastMonth(grain, start);
    return {
      start,
      count: counts[place] ?? null,
      isWhole: isWholePeriod(grain, start, range),
      isComplete: !open.some((month) => month >= start.slice(0, 7) && month <= last),
    };
  });
}

/** First and last of the shown months of which reports still come in. */
export function openMonths(range: DateRange, completeness: Completeness): Completeness {
  return completeness.filter(
    ({ month, isComplete }) =>
      isComplete === false &&
      month.slice(0, 7) >= range.from.slice(0, 7) &&
      month.slice(0, 7) <= range.to.slice(0, 7),
  );
}

/** Says which months are not complete. */
export function openMonthsText(open: Completeness): string | undefined {
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const span =
    first === last ? monthText(first.month) : `${monthText(first.month)} to ${monthText(last.month)}`;
  const share =
    last.completeness === null
      ? ''
      : `; of ${monthText(last.month)} about ${percent(last.completeness)} is reported so far`;
  return `${span}: not completely reported yet, so counts will grow${share}.`;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly isSure: boolean;
}

/**
 * Two SVG paths through the points: whole between points that are sure, broken where one of the two is not. A hidden
 * count (undefined) interrupts both.
 */
export function linePaths(points: readonly (Placed | undefined)[]): {
  readonly sure: string;
  readonly open: string;
} {
  let [sure, open] = ['', ''];
  const text = ({ x, y }: Placed): string => `${x.toFixed(1)},${y.toFixed(1)}`;
  let isDrawing = false;
  for (const [place, point] of points.entries()) {
    const before = points[place - 1];
    if (point === undefined || before === undefined) {
      isDrawing = false;
      continue;
    }
    if (point.isSure && before.isSure) {
      sure += isDrawing ? `L${text(point)}` : `M${text(before)}L${text(point)}`;
      isDrawing = true;
    } else {
      open += `M${text(before)}L${text(point)}`;
      isDrawing = false;
    }
  }
  return { sure, open };
}

/** Points that no line reaches, because both neighbours are hidden or missing. */
export function lonePoints<Point>(points: readonly (Point | undefined)[]): readonly Point[] {
  return points.filter(
    (point, place): point is Point =>
      point !== undefined && points[place - 1] === undefined && points[place + 1] === undefined,
  );
}
