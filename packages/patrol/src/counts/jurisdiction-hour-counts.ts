import type { CountMart } from '@crimetracker/analysis-kit';
import {
  categoryColumn,
  minuteOfDay,
  sourceColumn,
  textColumn,
  weekdayNumber,
  wholeColumn,
} from '@crimetracker/analysis-kit';

/**
 * Incidents by jurisdiction, category and hour of the week, from a day on. Times at which people write down a time they
 * do not know (12:00, 00:00, 00:01) stand apart: `slot` is −1 for them and for incidents without a time.
 */
export function jurisdictionHourCounts(firstDay: string): CountMart {
  return {
    name: 'count_jurisdiction_hours',
    description: `Incidents since ${firstDay} per source, jurisdiction, category and hour of the week; without those that have no jurisdiction.`,
    columns: [
      sourceColumn,
      textColumn('jurisdiction', 'Precinct or division.'),
      categoryColumn,
      wholeColumn(
        'slot',
        'Hour of the week; −1 where the time is not known.',
        'weekday × 24 + hour, Monday 0',
      ),
      wholeColumn('incidents', 'Recorded incidents.'),
    ],
    select: (dialect) => {
      const hour = dialect.cast(`FLOOR(${minuteOfDay(dialect, 'occurred_time')} / 60)`, 'bigint');
      const slot = `CASE WHEN occurred_time IS NULL OR occurred_time IN ('12:00', '00:00', '00:01') THEN -1
        ELSE ${weekdayNumber(dialect, 'occurred_date')} * 24 + ${hour} END`;
      return `SELECT source, jurisdiction, crime_category, ${slot} AS slot, COUNT(*) AS incidents FROM incidents
        WHERE occurred_date >= ${dialect.date(firstDay)} AND jurisdiction IS NOT NULL
        GROUP BY source, jurisdiction, crime_category, ${slot} ORDER BY source, jurisdiction, crime_category, slot`;
    },
  };
}
