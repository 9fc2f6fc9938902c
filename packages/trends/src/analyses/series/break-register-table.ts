import type { ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import { cityColumn, dateColumn, sourceColumn, textColumn, yesNoColumn } from '@crimetracker/analysis-kit';
import { BREAK_REGISTER } from '../break-register.js';
import type { AnalysisContext } from '../context.js';
import { cityOf } from '../context.js';

export const registerMart: ResultMart = {
  name: 'break_register',
  description: 'Known events that change what counts mean.',
  columns: [
    sourceColumn,
    cityColumn,
    dateColumn('from_date', 'First day.'),
    dateColumn('to_date', 'Last day; the same for a single day.'),
    textColumn('event', 'What happened.'),
    yesNoColumn('is_masked', 'Whether the days are left out when detectors learn what is usual.'),
    yesNoColumn('is_verified', 'False where the event is not confirmed against a source.'),
  ],
};

export function registerRows(context: AnalysisContext): ResultRow[] {
  return BREAK_REGISTER.filter(({ source }) => context.sources.some(({ id }) => id === source)).map(
    ({ source, from, to, event, isMasked, isVerified }): ResultRow => ({
      source,
      city: cityOf(context, source),
      from_date: from,
      to_date: to,
      event,
      is_masked: isMasked,
      is_verified: isVerified,
    }),
  );
}
