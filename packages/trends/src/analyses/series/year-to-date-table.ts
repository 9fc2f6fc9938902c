import type { NotEnoughData, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  dateColumn,
  estimateCountNoise,
  gradeColumn,
  gradeOf,
  isoDateOf,
  known,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
} from '@crimetracker/analysis-kit';
import type { AbruptShifts } from '../../series/abrupt-shifts.js';
import { compareYearToDate } from '../../series/year-to-date.js';
import type { SourcePeriods } from '../periods.js';
import { dayOfMonth, eventsIn } from '../periods.js';
import type { Subject } from './subject.js';
import { categoryOrAllColumn, who } from './subject.js';

export const yearToDateMart: ResultMart = {
  name: 'year_to_date',
  description:
    'The last year up to its last complete month against the same months of the year before, per day.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    wholeColumn('occurred_year', 'Year of occurrence: the last one with a complete month.'),
    dateColumn('up_to', 'Last day of the last complete month, or whole month where completeness is unknown.'),
    wholeColumn('current', 'Recorded incidents of the year up to that day.'),
    wholeColumn('previous', 'Recorded incidents of the same months of the year before.'),
    realColumn('change_percent', 'Change of incidents a day; null when there were none before.', '%'),
    realColumn('lower', 'Lower end of its 95 % interval, with the dispersion of the series.', '%'),
    realColumn('upper', 'Upper end; null when it has none.', '%'),
    realColumn('p_value', 'Two-sided, that nothing changed.', '0 to 1'),
    textColumn('verdict', 'more, fewer or no clear change.'),
    gradeColumn,
    textColumn('break_event', 'Known events that fall into one of the compared spans; null without.'),
    reasonColumn,
  ],
};

export function yearToDateRow(
  subject: Subject,
  { lastCompleteMonth: last, firstMonth }: SourcePeriods,
  monthly: readonly number[],
  found: AbruptShifts | NotEnoughData,
): ResultRow {
  const series = { ...who(subject), comparability: gradeOf(subject.category) };
  if (last < firstMonth) return { ...series, reason: 'There is no complete month.' };
  const january = last - (last % 12);
  const row = {
    ...series,
    occurred_year: Math.floor(last / 12),
    up_to: isoDateOf(dayOfMonth(last + 1) - 1),
  };
  if (january - 12 < firstMonth) {
    return { ...row, reason: 'The same months of the year before are not all there.' };
  }
  const sum = (from: number, to: number): number =>
    monthly.slice(from - firstMonth, to - firstMonth + 1).reduce((total, count) => total + count, 0);
  const current = sum(january, last);
  const previous = sum(january - 12, last - 12);
  if (current + previous === 0) return { ...row, current, previous, reason: 'Neither year has an incident.' };
  const complete = monthly.slice(0, last - firstMonth + 1);
  const dispersion =
    found.kind === 'ok'
      ? found.dispersion
      : estimateCountNoise(
          complete,
          complete.map(() => 1),
        ).longRun;
  const days = (from: number, to: number): number => dayOfMonth(to + 1) - dayOfMonth(from);
  const change = compareYearToDate({
    current,
    previous,
    currentDays: days(january, last),
    previousDays: days(january - 12, last - 12),
    dispersion,
  });
  const events = [
    eventsIn(subject.source.id, dayOfMonth(january - 12), dayOfMonth(last - 11) - 1, 'touch'),
    eventsIn(subject.source.id, dayOfMonth(january), dayOfMonth(last + 1) - 1, 'touch'),
  ].flatMap((texts) => texts?.split('; ') ?? []);
  return {
    ...row,
    current,
    previous,
    change_percent: known(change.changePercent),
    lower: known(change.interval.lower),
    upper: known(change.interval.upper),
    p_value: known(change.pValue),
    verdict: change.verdict,
    break_event: events.length === 0 ? null : [...new Set(events)].join('; '),
  };
}
