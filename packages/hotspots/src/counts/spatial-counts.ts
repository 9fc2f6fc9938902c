import type { CountMart, MartColumn } from '@crimetracker/analysis-kit';
import {
  categoryColumn,
  dayNumber,
  monthNumber,
  sourceColumn,
  textColumn,
  WITHHELD_BY_CELL,
  wholeColumn,
} from '@crimetracker/analysis-kit';
import type { Dialect } from '@crimetracker/engine';

/** Resolutions that the clean table has cells of. */
export const RESOLUTIONS = [7, 8, 9, 10] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

const incidents = wholeColumn('incidents', 'Recorded incidents.');
const cellColumn = (resolution: Resolution): MartColumn =>
  textColumn('h3', `H3 cell of resolution ${resolution}.`);

/** Sex offences and trafficking are left out of everything by cell: a place and a month would point to a person. */
const isMapped = (dialect: Dialect): string =>
  `coordinate_quality = 'Located' AND crime_category NOT IN (${WITHHELD_BY_CELL.map(dialect.literal).join(', ')})`;

/** Monday 5 January 1970 begins week 0. */
const weekNumber = (dialect: Dialect): string =>
  dialect.cast(`FLOOR((${dayNumber(dialect, 'occurred_date')} - 4) / 7e0)`, 'bigint');

/** Incidents by what their coordinates are good for: what spatial work leaves out, and why. */
export const coordinateCounts: CountMart = {
  name: 'count_coordinates',
  description:
    'Incidents per source, category and quality of the coordinates. Only Located is used by cell; at the station house, missing, zero, unreadable or outside the city is left out.',
  columns: [
    sourceColumn,
    categoryColumn,
    textColumn('coordinate_quality', 'What the coordinates are good for.'),
    incidents,
  ],
  select: () => `SELECT source, crime_category, coordinate_quality, COUNT(*) AS incidents FROM incidents
    GROUP BY source, crime_category, coordinate_quality ORDER BY source, crime_category, coordinate_quality`,
};

/** Incidents by cell, category and month: what is mapped. */
export function cellMonthCounts(resolution: Resolution): CountMart {
  return cellPeriodCounts(resolution, 'month', {
    period: wholeColumn('occurred_month', 'Month of occurrence.', 'year × 12 + month − 1'),
    number: (dialect) => monthNumber(dialect, 'occurred_date'),
  });
}

/** Incidents by cell, category and week: what prediction by place learns from. */
export function cellWeekCounts(resolution: Resolution): CountMart {
  return cellPeriodCounts(resolution, 'week', {
    period: wholeColumn('week', 'Week of occurrence, Monday to Sunday.', 'weeks since Monday 5 January 1970'),
    number: weekNumber,
  });
}

/** Each resolution is counted from the coordinates: an H3 cell holds its seven children only nearly. */
function cellPeriodCounts(
  resolution: Resolution,
  kind: 'month' | 'week',
  { period, number }: { readonly period: MartColumn; readonly number: (dialect: Dialect) => string },
): CountMart {
  return {
    name: `count_cell_${kind}s_r${resolution}`,
    description: `Incidents with good coordinates per source, cell of resolution ${resolution}, category and ${kind}; without sex offences, kidnapping and trafficking.`,
    columns: [sourceColumn, cellColumn(resolution), categoryColumn, period, incidents],
    select: (dialect) => `SELECT source, h3_r${resolution} AS h3, crime_category,
        ${number(dialect)} AS ${period.name}, COUNT(*) AS incidents
      FROM incidents WHERE ${isMapped(dialect)} GROUP BY source, h3_r${resolution}, crime_category, ${number(dialect)}
      ORDER BY source, crime_category, ${period.name}, h3`,
  };
}

/** Incidents by cell and jurisdiction: whose cell it is. */
export function cellJurisdictionCounts(resolution: Resolution): CountMart {
  return {
    name: `count_cell_jurisdictions_r${resolution}`,
    description: `Incidents with good coordinates per source, cell of resolution ${resolution} and jurisdiction; without sex offences, kidnapping and trafficking.`,
    columns: [
      sourceColumn,
      cellColumn(resolution),
      textColumn('jurisdiction', 'Precinct or division.'),
      incidents,
    ],
    select: (dialect) => `SELECT source, h3_r${resolution} AS h3, jurisdiction, COUNT(*) AS incidents
      FROM incidents WHERE ${isMapped(dialect)} AND jurisdiction IS NOT NULL
      GROUP BY source, h3_r${resolution}, jurisdiction ORDER BY source, h3, jurisdiction`,
  };
}
