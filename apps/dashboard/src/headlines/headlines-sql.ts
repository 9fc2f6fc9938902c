import type { DateRange, Filters } from '@crimetracker/crossfilter';
import { rangeBefore } from '@crimetracker/crossfilter';
import { filtersSql, hourSql, weekdaySql } from '../charts/filters-sql.js';

/** SQL over the snapshot for the counts behind the headline figures of each city. */
export function headlinesSql(filters: Filters, range: DateRange): string {
  const days = ({ from, to }: DateRange): string => `occurred_date BETWEEN '${from}' AND '${to}'`;
  const inRange = days(range);
  // A share with an arrest is told whatever is filtered by arrest, so it is not in a query that filters by it.
  const arrests =
    filters.arrest_made === undefined
      ? [
          `COUNT(*) FILTER (WHERE ${inRange} AND arrest_made = 'Yes') AS with_an_arrest`,
          `COUNT(*) FILTER (WHERE ${inRange} AND arrest_made IS NOT NULL) AS arrest_recorded`,
        ]
      : [];
  const columns = [
    'source',
    `COUNT(*) FILTER (WHERE ${inRange}) AS incidents`,
    `COUNT(*) FILTER (WHERE ${days(rangeBefore(range))}) AS incidents_before`,
    `MODE(crime_category) FILTER (WHERE ${inRange}) AS most_common_category`,
    `MODE(24 * (${weekdaySql}) + ${hourSql}) FILTER (WHERE ${inRange}) AS busiest_hour_of_week`,
    ...arrests,
  ];
  return `SELECT ${columns.join(',\n  ')}
FROM incidents
WHERE ${filtersSql(filters, range, ['from', 'to'])}
GROUP BY source ORDER BY source`;
}
