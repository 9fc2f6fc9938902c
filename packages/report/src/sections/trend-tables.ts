import type { ReportTable } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, readTable } from '../report-context.js';
import { sql } from '../sql.js';

/** Known events of all cities. */
export function breakTable(context: ReportContext): Promise<ReportTable> {
  return readTable(context, {
    id: 'breaks',
    title: 'Known events that change what counts mean',
    query: sql`SELECT city, from_date, to_date, event, is_masked, is_verified FROM mart_break_register
      WHERE source IN (${sourcesOf(context)}) ORDER BY from_date, city, event`,
    columns: [
      column('city', 'City'),
      column('from_date', 'From', 'date'),
      column('to_date', 'To', 'date'),
      column('event', 'Event'),
      column('is_masked', 'Left out when detectors learn'),
      column('is_verified', 'Confirmed'),
    ],
  });
}

/** The sources of a report, as a list of SQL. */
export function sourcesOf({ cities, engine }: ReportContext): string {
  return cities.map(({ id }) => engine.dialect.literal(id)).join(', ');
}

/** Changes of the level at once, by city. */
export function shiftTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `shifts-${id}`,
    title: `Changes of the level, ${city}`,
    query: sql`SELECT crime_category, shift_at, level_before, level_after, ratio, ratio_lower, ratio_upper, near_break
      FROM mart_level_shifts WHERE source = ${context.engine.dialect.literal(id)} AND reason IS NULL
      ORDER BY shift_at DESC, crime_category`,
    columns: [
      column('crime_category', 'Category'),
      column('shift_at', 'From', 'month'),
      column('level_before', 'Level before, a month', 'amount'),
      column('level_after', 'Level after, a month', 'amount'),
      column('ratio', 'Change', 'change'),
      column('ratio_lower', 'from', 'change'),
      column('ratio_upper', 'to', 'change'),
      column('near_break', 'Known event near'),
    ],
  });
}

/** The last year up to its last complete month against the year before. */
export function yearToDateTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `year-to-date-${id}`,
    title: `The last year so far against the year before, ${city}`,
    query: sql`SELECT crime_category, occurred_year, up_to, current, previous, change_percent, lower, upper, p_value, verdict,
        comparability, break_event, reason
      FROM mart_year_to_date WHERE source = ${context.engine.dialect.literal(id)}
      ORDER BY CASE crime_category WHEN 'All' THEN 0 ELSE 1 END, crime_category`,
    columns: [
      column('crime_category', 'Category'),
      column('occurred_year', 'Year'),
      column('up_to', 'Up to', 'date'),
      column('current', 'Incidents', 'count'),
      column('previous', 'The year before', 'count'),
      column('change_percent', 'Change a day', 'percent'),
      column('lower', 'from', 'percent'),
      column('upper', 'to', 'percent'),
      column('verdict', 'Verdict'),
      column('comparability', 'Between cities'),
      column('break_event', 'Known event in it'),
      column('reason', 'Why there is no answer'),
    ],
  });
}

/** Weeks and months that stand out, the latest first. */
export function anomalyTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `anomalies-${id}`,
    title: `Weeks and months that stand out, ${city}`,
    query: sql`SELECT period_start, frequency, jurisdiction, crime_category, observed, expected, lower, upper, direction, agreeing,
        q_value, sentence, comparability, break_event
      FROM mart_anomalies WHERE source = ${context.engine.dialect.literal(id)}
      ORDER BY period_start DESC, jurisdiction, crime_category`,
    columns: [
      column('period_start', 'From', 'date'),
      column('frequency', 'Period'),
      column('jurisdiction', 'Precinct or division'),
      column('crime_category', 'Category'),
      column('observed', 'Recorded', 'count'),
      column('expected', 'Expected', 'amount'),
      column('lower', 'from', 'amount'),
      column('upper', 'to', 'amount'),
      column('q_value', 'q', 'probability'),
      column('agreeing', 'Detectors that agree'),
      column('break_event', 'Known event in it'),
    ],
  });
}
