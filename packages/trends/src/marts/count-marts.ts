import type { CountMart, MartColumn } from '@crimetracker/analysis-kit';
import {
  DISCOVERED_BY_POLICE,
  dayNumber,
  minuteOfDay,
  monthNumber,
  weekdayNumber,
} from '@crimetracker/analysis-kit';
import type { Dialect } from '@crimetracker/engine';
import { clockChangeWindows } from '../peak-hours/clock-change-windows.js';

const text = (name: string, description: string): MartColumn => ({ name, type: 'text', description });
const whole = (name: string, description: string, unit?: string): MartColumn => ({
  name,
  type: 'bigint',
  description,
  ...(unit !== undefined && { unit }),
});
const source = text('source', 'City agency.');
const category = text('crime_category', 'Crime category; see the data dictionary.');
const incidents = whole('incidents', 'Recorded incidents.');
const year = whole('occurred_year', 'Year of occurrence.');

/** Daily counts: the series of a city. */
export const dailyCounts: CountMart = {
  name: 'count_days',
  description: 'Incidents per source, category and day of occurrence. Days without incident have no row.',
  columns: [source, category, whole('day', 'Day of occurrence.', 'days since 1970-01-01'), incidents],
  select: (
    dialect,
  ) => `SELECT source, crime_category, ${dayNumber(dialect, 'occurred_date')} AS day, COUNT(*) AS incidents
    FROM incidents GROUP BY source, crime_category, occurred_date ORDER BY source, crime_category, occurred_date`,
};

/** Monthly counts of neighbourhoods by category. */
export const jurisdictionMonths: CountMart = {
  name: 'count_jurisdiction_months',
  description: 'Incidents per source, jurisdiction, category and month of occurrence.',
  columns: [
    source,
    text('jurisdiction', 'Precinct or division; incidents without one are left out.'),
    category,
    whole('month', 'Month of occurrence.', 'year × 12 + month − 1'),
    incidents,
  ],
  select: (dialect) => {
    const month = monthNumber(dialect, 'occurred_date');
    return `SELECT source, jurisdiction, crime_category, ${month} AS month, COUNT(*) AS incidents FROM incidents
      WHERE jurisdiction IS NOT NULL GROUP BY source, jurisdiction, crime_category, ${month}
      ORDER BY source, jurisdiction, crime_category, month`;
  },
};

/** Weekly counts of neighbourhoods. */
export const jurisdictionWeeks: CountMart = {
  name: 'count_jurisdiction_weeks',
  description:
    'Incidents per source, jurisdiction and week of occurrence, without the categories that exist because police look for them.',
  columns: [
    source,
    text('jurisdiction', 'Precinct or division; incidents without one are left out.'),
    whole('week_start', 'Monday of the week.', 'days since 1970-01-01'),
    incidents,
  ],
  select: (dialect) => {
    const monday = `(${dayNumber(dialect, 'occurred_date')} - ${weekdayNumber(dialect, 'occurred_date')})`;
    const discovered = DISCOVERED_BY_POLICE.map((name) => dialect.literal(name)).join(', ');
    return `SELECT source, jurisdiction, ${monday} AS week_start, COUNT(*) AS incidents FROM incidents
      WHERE jurisdiction IS NOT NULL AND crime_category NOT IN (${discovered}) GROUP BY source, jurisdiction, ${monday} ORDER BY source, jurisdiction, week_start`;
  },
};

/** The columns by which the crime mix is told, beside the city as a whole. */
export const MIX_DIMENSIONS = ['jurisdiction', 'location_category', 'law_class'] as const;

/** Crime mix. */
export const mixCounts: CountMart = {
  name: 'count_mix',
  description:
    'Incidents per source, year and category: of the city (dimension `city`), and by jurisdiction, location category and law class.',
  columns: [
    source,
    text('dimension', `city, ${MIX_DIMENSIONS.join(', ')}.`),
    text('value', 'Value of the dimension; `all` for the city, `Unknown` where the incident has none.'),
    year,
    category,
    incidents,
  ],
  select: (dialect) => {
    const one = (dimension: string, value: string) =>
      `SELECT source, ${dialect.literal(dimension)} AS dimension, ${value} AS value,
         ${dialect.year('occurred_date')} AS occurred_year, crime_category, COUNT(*) AS incidents
       FROM incidents GROUP BY source, ${value}, ${dialect.year('occurred_date')}, crime_category`;
    const parts = [
      one('city', dialect.literal('all')),
      ...MIX_DIMENSIONS.map((name) => one(name, `COALESCE(${name}, 'Unknown')`)),
    ];
    return `SELECT source, dimension, value, occurred_year, crime_category, incidents FROM (${parts.join(' UNION ALL ')}) m
      ORDER BY source, dimension, value, occurred_year, crime_category`;
  },
};

const PROFILE_COLUMNS = [
  ['victim', 'age'],
  ['victim', 'sex'],
  ['victim', 'race_group'],
  ['suspect', 'age'],
  ['suspect', 'sex'],
  ['suspect', 'race_group'],
] as const;

/** Who was harmed and who was seen. */
export const profileCounts: CountMart = {
  name: 'count_profiles',
  description:
    'Incidents per source, year, category and recorded age band, sex or race group of victim and suspect. Incidents without a person have no row; a source without the field has none at all.',
  columns: [
    source,
    text('person', 'victim or suspect.'),
    text('attribute', 'age, sex or race_group.'),
    text('value', 'Recorded value; `Unknown` when nothing was recorded.'),
    year,
    category,
    incidents,
  ],
  select: (dialect) => {
    const parts = PROFILE_COLUMNS.map(([person, attribute]) => {
      const column = `${person}_${attribute}`;
      return `SELECT source, '${person}' AS person, '${attribute}' AS attribute, ${column} AS value,
          ${dialect.year('occurred_date')} AS occurred_year, crime_category, COUNT(*) AS incidents
        FROM incidents WHERE ${column} IS NOT NULL GROUP BY source, ${column}, ${dialect.year('occurred_date')}, crime_category`;
    });
    return `SELECT source, person, attribute, value, occurred_year, crime_category, incidents FROM (${parts.join(' UNION ALL ')}) p
      ORDER BY source, person, attribute, value, occurred_year, crime_category`;
  },
};

/** Weapons. */
export const weaponCounts: CountMart = {
  name: 'count_weapons',
  description: 'Incidents per source, year, category and weapon category.',
  columns: [
    source,
    category,
    year,
    text('weapon_category', 'Weapon category; see the data dictionary.'),
    incidents,
  ],
  select: (
    dialect,
  ) => `SELECT source, crime_category, ${dialect.year('occurred_date')} AS occurred_year, weapon_category, COUNT(*) AS incidents
    FROM incidents GROUP BY source, crime_category, ${dialect.year('occurred_date')}, weapon_category
    ORDER BY source, crime_category, occurred_year, weapon_category`,
};

/** When reports came. */
export const reportingCounts: CountMart = {
  name: 'count_reporting',
  description: 'Incidents per source, month of occurrence and month of report.',
  columns: [
    source,
    whole('occurred_month', 'Month of occurrence.', 'year × 12 + month − 1'),
    whole('report_month', 'Month of report.', 'year × 12 + month − 1'),
    incidents,
  ],
  select: (dialect) => {
    const [occurred, report] = ['occurred_date', 'report_date'].map((column) => monthNumber(dialect, column));
    return `SELECT source, ${occurred} AS occurred_month, ${report} AS report_month, COUNT(*) AS incidents FROM incidents
      GROUP BY source, ${occurred}, ${report} ORDER BY source, occurred_month, report_month`;
  },
};

/** Times of the day, for heaping. */
export const minuteCounts: CountMart = {
  name: 'count_minutes',
  description:
    'Incidents per source, category and minute of the day at which they began; those without a time have no row.',
  columns: [source, category, whole('minute', 'Minute of the day.', 'minutes since midnight'), incidents],
  select: (
    dialect,
  ) => `SELECT source, crime_category, ${minuteOfDay(dialect, 'occurred_time')} AS minute, COUNT(*) AS incidents
    FROM incidents WHERE occurred_time IS NOT NULL GROUP BY source, crime_category, occurred_time
    ORDER BY source, crime_category, minute`,
};

/** Times at which people write down a time they do not know. */
const HEAPED_TIMES = "('12:00', '00:00', '00:01')";

const WEEK_MINUTES = 10_080;

/** The days on which the clocks of the cities changed, and the times of day that they left out. */
function clockChangeDates(dialect: Dialect, timeZones: readonly string[]): string {
  const changes = new Set<string>();
  for (const zone of timeZones)
    for (const { from, to, kind } of clockChangeWindows(zone, 2000, 2035)) {
      const leftOut = kind === 'left-out' ? [from.slice(11), to.slice(11)] : ['', ''];
      const [first = '', after = ''] = leftOut.map(dialect.literal);
      changes.add(
        `SELECT ${dialect.date(from.slice(0, 10))} AS change_date, ${first} AS left_out_from, ${after} AS left_out_to`,
      );
    }
  return [...changes].sort().join(' UNION ALL ');
}

/**
 * Every incident with a time as its interval: start in minutes of the week, length in minutes (0 for a point in time).
 * `is_dated` marks intervals over a change of the clocks, whose length in wall time is not their length, and times that
 * such a change left out.
 */
function intervals(dialect: Dialect, timeZones: readonly string[]): string {
  const start = `${weekdayNumber(dialect, 'occurred_date')} * 1440 + ${minuteOfDay(dialect, 'occurred_time')}`;
  const length = `${dialect.daysBetween('occurred_date', 'occurred_end_date')} * 1440
     + ${minuteOfDay(dialect, 'occurred_end_time')} - ${minuteOfDay(dialect, 'occurred_time')}`;
  return `SELECT source, crime_category, occurred_date, occurred_time, occurred_end_date, occurred_end_time, start_minute,
      CASE WHEN length > 0 THEN length ELSE 0 END AS length,
      CASE WHEN EXISTS (SELECT 1 FROM (${clockChangeDates(dialect, timeZones)}) c
        WHERE (length > 0 AND c.change_date BETWEEN i.occurred_date AND i.occurred_end_date)
          OR (c.change_date = i.occurred_date AND i.occurred_time >= c.left_out_from AND i.occurred_time < c.left_out_to))
        THEN TRUE ELSE FALSE END AS is_dated
    FROM (SELECT source, crime_category, occurred_date, occurred_time, occurred_end_date, occurred_end_time,
        ${start} AS start_minute,
        CASE WHEN occurred_end_date IS NULL OR occurred_end_time IS NULL THEN 0 ELSE ${length} END AS length
      FROM incidents WHERE occurred_time IS NOT NULL) i`;
}

/**
 * Intervals as the edges of their densities, so that the hours of the week need no row per incident and hour. An
 * interval of L minutes from minute s has density 1/L from s to s + L, modulo the week: an edge of 1/L at s, −1/L at
 * s + L, and, when it runs over Sunday night, 1/L at minute 0. With the edges of an hour, and their moments
 * (edge × minute), the integral of the density up to any full hour is known. See `aoristicFromEdges`.
 */
export function intervalEdges(timeZones: readonly string[]): CountMart {
  return {
    name: 'count_interval_edges',
    description:
      'Hours of the week of the times and intervals of incidents, as sums: incidents with one time, edges and moments of the densities of intervals of up to a week, and intervals of more than a week. Intervals over a change of the clocks are in count_clock_change_intervals.',
    columns: [
      source,
      category,
      { name: 'is_heaped', type: 'boolean', description: 'Whether the start is 12:00, 00:00 or 00:01.' },
      whole('slot', 'Hour of the week.', 'weekday × 24 + hour, Monday 0'),
      whole('points', 'Incidents with one time in this hour.'),
      {
        name: 'edges',
        type: 'double',
        unit: '1/minute',
        description: 'Sum of the edges of densities in this hour.',
      },
      { name: 'moments', type: 'double', description: 'Sum of edge × minute of the week.' },
      whole('spread', 'Intervals of up to a week that begin in this hour.'),
      whole('long', 'Intervals of more than a week that begin in this hour.'),
    ],
    select: (dialect) => {
      const grouped = `SELECT source, crime_category,
          CASE WHEN occurred_time IN ${HEAPED_TIMES} THEN TRUE ELSE FALSE END AS is_heaped, start_minute, length,
          COUNT(*) AS n FROM (${intervals(dialect, timeZones)}) t WHERE is_dated = FALSE
        GROUP BY source, crime_category, CASE WHEN occurred_time IN ${HEAPED_TIMES} THEN TRUE ELSE FALSE END, start_minute, length`;
      const end = `MOD(start_minute + length, ${WEEK_MINUTES})`;
      const edge = (minute: string, sign: string, condition: string) =>
        `SELECT source, crime_category, is_heaped, ${minute} AS minute, 0 AS points,
           ${sign} * CAST(n AS ${dialect.type('double')}) / length AS edge, 0 AS spread, 0 AS long_ones FROM g WHERE ${condition}`;
      const isShort = `length > 0 AND length <= ${WEEK_MINUTES}`;
      const parts = [
        `SELECT source, crime_category, is_heaped, start_minute AS minute,
           CASE WHEN length = 0 THEN n ELSE 0 END AS points,
           CASE WHEN ${isShort} THEN CAST(n AS ${dialect.type('double')}) / length ELSE 0e0 END AS edge,
           CASE WHEN ${isShort} THEN n ELSE 0 END AS spread,
           CASE WHEN length > ${WEEK_MINUTES} THEN n ELSE 0 END AS long_ones FROM g`,
        edge(end, '-1e0', isShort),
        edge('0', '1e0', `${isShort} AND start_minute + length >= ${WEEK_MINUTES}`),
      ];
      return `WITH g AS (${grouped})
        SELECT source, crime_category, is_heaped, ${dialect.cast('FLOOR(minute / 60)', 'bigint')} AS slot,
          ${dialect.cast('SUM(points)', 'bigint')} AS points, SUM(edge) AS edges, SUM(edge * minute) AS moments,
          ${dialect.cast('SUM(spread)', 'bigint')} AS spread, ${dialect.cast('SUM(long_ones)', 'bigint')} AS long
        FROM (${parts.join(' UNION ALL ')}) e
        GROUP BY source, crime_category, is_heaped, ${dialect.cast('FLOOR(minute / 60)', 'bigint')}
        ORDER BY source, crime_category, is_heaped, slot`;
    },
  };
}

/** The intervals whose wall time is not their length, and the times that never were. */
export function clockChangeIntervals(timeZones: readonly string[]): CountMart {
  return {
    name: 'count_clock_change_intervals',
    description:
      'Intervals over a change of the clocks, with their dates, and times that it left out, without an end; they are few, and computed one by one.',
    columns: [
      source,
      category,
      text('start_date', 'ISO date.'),
      text('start_time', 'HH:MM.'),
      text('end_date', 'ISO date.'),
      text('end_time', 'HH:MM.'),
      incidents,
    ],
    select: (
      dialect,
    ) => `SELECT source, crime_category, ${dialect.isoDate('occurred_date')} AS start_date, occurred_time AS start_time,
        CASE WHEN length > 0 THEN ${dialect.isoDate('occurred_end_date')} END AS end_date,
        CASE WHEN length > 0 THEN occurred_end_time END AS end_time, COUNT(*) AS incidents
      FROM (${intervals(dialect, timeZones)}) t WHERE is_dated = TRUE
      GROUP BY source, crime_category, occurred_date, occurred_time, CASE WHEN length > 0 THEN ${dialect.isoDate('occurred_end_date')} END,
        CASE WHEN length > 0 THEN occurred_end_time END
      ORDER BY source, crime_category, start_date, start_time, end_date, end_time`,
  };
}

/** Every count, for cities in these time zones, in the order in which the analyses need them. */
export function countMarts(timeZones: readonly string[]): readonly CountMart[] {
  return [
    mixCounts,
    profileCounts,
    intervalEdges(timeZones),
    clockChangeIntervals(timeZones),
    minuteCounts,
    dailyCounts,
    weaponCounts,
    reportingCounts,
    jurisdictionMonths,
    jurisdictionWeeks,
  ];
}
