import type { AnalysedSource, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  dateColumn,
  known,
  realColumn,
  reasonColumn,
  sourceColumn,
  wholeColumn,
  yesNoColumn,
} from '@crimetracker/analysis-kit';
import type { SourcePeriods } from '../periods.js';
import { firstDayOf } from '../periods.js';

export const completenessMart: ResultMart = {
  name: 'reporting_completeness',
  description:
    'How much of each month of occurrence is reported so far, all categories together, and what it will come to (chain ladder over delays of up to 24 months).',
  columns: [
    sourceColumn,
    cityColumn,
    dateColumn('occurred_month', 'First day of the month of occurrence.'),
    wholeColumn('reported', 'Incidents reported so far, up to 24 months late.'),
    realColumn('completeness', 'Share of the final count that is reported.', '0 to 1'),
    realColumn('nowcast', 'Expected final count.', 'incidents'),
    realColumn('nowcast_lower', 'Lower end of the 90 % interval.', 'incidents'),
    realColumn('nowcast_upper', 'Upper end.', 'incidents'),
    yesNoColumn('is_complete', 'Whether at least 98 % are reported.'),
    reasonColumn,
  ],
};

export function completenessRows({ id, city }: AnalysedSource, periods: SourcePeriods): ResultRow[] {
  const source = { source: id, city };
  if (periods.reporting.kind !== 'ok') return [{ ...source, reason: periods.reporting.reason }];
  return [...periods.reporting.byMonth]
    .filter(([month]) => month >= periods.firstMonth && month <= periods.lastMonth)
    .map(([month, { reported, completeness, nowcast, interval, isComplete }]) => ({
      ...source,
      occurred_month: firstDayOf(month),
      reported,
      completeness: known(completeness),
      nowcast: known(nowcast),
      nowcast_lower: known(interval.lower),
      nowcast_upper: known(interval.upper),
      is_complete: isComplete,
    }));
}
