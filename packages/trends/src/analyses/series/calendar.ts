import { mondayFrom } from '@crimetracker/analysis-kit';
import type { SourcePeriods } from '../periods.js';
import { completenessOf, dayOfMonth, eventsIn, monthOf } from '../periods.js';

export type Frequency = 'day' | 'week' | 'month';

/** Periods one after the other; `starts` has one more, the day after the last. */
export interface Calendar {
  readonly frequency: Frequency;
  /** Periods in a year. */
  readonly perYear: number;
  readonly starts: readonly number[];
  /** Whether a period counts; the incomplete ones at the end do not. */
  readonly used: readonly boolean[];
  readonly completeness: readonly (number | null)[];
  readonly isComplete: readonly (boolean | null)[];
  readonly events: readonly (string | null)[];
}

const PER_YEAR: Readonly<Record<Frequency, number>> = { day: 365, week: 52, month: 12 };

export function calendarOf(source: string, frequency: Frequency, periods: SourcePeriods): Calendar {
  const starts = startsOf(frequency, periods);
  const places = Array.from({ length: Math.max(0, starts.length - 1) }, (_, i) => i);
  const ends = places.map((i) => (starts[i + 1] ?? 0) - 1);
  const months = ends.map(monthOf);
  const byMonth = new Map([...new Set(months)].map((month) => [month, completenessOf(periods, month)]));
  const isComplete = months.map((month) => byMonth.get(month)?.isComplete ?? null);
  return {
    frequency,
    perYear: PER_YEAR[frequency],
    starts,
    used: isComplete.map((answer) => answer !== false),
    completeness: months.map((month) => byMonth.get(month)?.completeness ?? null),
    isComplete,
    events: places.map((i) => eventsIn(source, starts[i] ?? 0, ends[i] ?? 0, 'begin')),
  };
}

function startsOf(
  frequency: Frequency,
  { firstDay, lastDay, firstMonth, lastMonth }: SourcePeriods,
): number[] {
  if (frequency === 'month') {
    return Array.from({ length: Math.max(0, lastMonth - firstMonth + 2) }, (_, i) =>
      dayOfMonth(firstMonth + i),
    );
  }
  if (frequency === 'day') return Array.from({ length: lastDay - firstDay + 2 }, (_, i) => firstDay + i);
  const monday = mondayFrom(firstDay);
  const weeks = Math.floor((lastDay + 1 - monday) / 7);
  return Array.from({ length: Math.max(0, weeks + 1) }, (_, i) => monday + 7 * i);
}

/** Incidents of each period. */
export function countBy({ starts }: Calendar, daily: Float64Array, firstDay: number): number[] {
  return starts.slice(1).map((end, i) => {
    let sum = 0;
    for (let day = starts[i] ?? end; day < end; day += 1) sum += daily[day - firstDay] ?? 0;
    return sum;
  });
}
