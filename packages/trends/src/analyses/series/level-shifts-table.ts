import type { NotEnoughData, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  dateColumn,
  isoDateOf,
  known,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
} from '@crimetracker/analysis-kit';
import type { AbruptShifts } from '../../series/abrupt-shifts.js';
import { findAbruptShifts } from '../../series/abrupt-shifts.js';
import { estimateSeasonalIndex } from '../../series/seasonal-index.js';
import { BREAK_REGISTER } from '../break-register.js';
import type { Calendar } from './calendar.js';
import type { Subject } from './subject.js';
import { categoryOrAllColumn, who } from './subject.js';

export const shiftsMart: ResultMart = {
  name: 'level_shifts',
  description:
    'Months from which on the level of a series is another one at once, by a tenth at least: a step that fits better than slopes, and than a change in equal parts over a year. Gradual trends are not named. A series that could be judged and has no shift has no row; one that could not has a row with the reason.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    dateColumn('shift_at', 'First day of the first month with the new level.'),
    realColumn('level_before', 'Level just before, without season.', 'incidents a month'),
    realColumn('level_after', 'Level from then on, without season.', 'incidents a month'),
    realColumn('ratio', 'level_after ÷ level_before; null when there was nothing before.', 'ratio'),
    realColumn('ratio_lower', 'Lower end of the 95 % interval, with the estimated dispersion.'),
    realColumn('ratio_upper', 'Upper end; null when it has none.'),
    textColumn('near_break', 'Known events that begin or end within one month of the shift; null without.'),
    reasonColumn,
  ],
};

export function shiftsOf(
  counts: readonly number[],
  { perYear, used }: Calendar,
): AbruptShifts | NotEnoughData {
  const values = counts.map((count, i) => (used[i] === true ? count : null));
  const season = estimateSeasonalIndex(values, perYear);
  return season.kind === 'ok' ? findAbruptShifts(values, season.expected) : season;
}

export function shiftRows(
  subject: Subject,
  calendar: Calendar,
  found: AbruptShifts | NotEnoughData,
): ResultRow[] {
  const series = who(subject);
  if (found.kind !== 'ok') return [{ ...series, reason: found.reason }];
  return found.shifts.map(({ at, before, after, ratio, lower, upper }): ResultRow => {
    const start = calendar.starts[at] ?? 0;
    const from = calendar.starts[Math.max(0, at - 1)] ?? start;
    const to = (calendar.starts[at + 2] ?? calendar.starts.at(-1) ?? start) - 1;
    return {
      ...series,
      shift_at: isoDateOf(start),
      level_before: known(before),
      level_after: known(after),
      ratio: known(ratio),
      ratio_lower: known(lower),
      ratio_upper: known(upper),
      near_break: eventsNear(subject.source.id, isoDateOf(from), isoDateOf(to)),
    };
  });
}

/** Events that begin or end between two dates, joined; null without any. */
function eventsNear(source: string, from: string, to: string): string | null {
  const isInside = (date: string): boolean => date >= from && date <= to;
  const events = BREAK_REGISTER.filter(
    (entry) => entry.source === source && (isInside(entry.from) || isInside(entry.to)),
  ).map(({ event }) => event);
  return events.length === 0 ? null : events.join('; ');
}
