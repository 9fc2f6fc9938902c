import { WITHHELD_BY_CELL } from '@crimetracker/analysis-kit';
import type { DateRange, FilterName, Filters } from '@crimetracker/crossfilter';
import {
  MAP_RESOLUTIONS,
  NO_JURISDICTION,
  VALUE_DIMENSION_NAMES,
  VALUE_DIMENSIONS,
} from '@crimetracker/crossfilter';

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const oneOf = (column: string, values: readonly string[]): string =>
  `${column} IN (${values.map(literal).join(', ')})`;

/** SQL of the value of a column as the page counts it: null has a name. */
export function valueSql(name: keyof typeof VALUE_DIMENSIONS): string {
  const dimension: { readonly values: readonly string[]; readonly absent?: string } = VALUE_DIMENSIONS[name];
  return dimension.absent === undefined ? name : `COALESCE(${name}, ${literal(dimension.absent)})`;
}

export const jurisdictionSql = `COALESCE(jurisdiction, ${literal(NO_JURISDICTION)})`;
export const weekdaySql = 'isodow(occurred_date) - 1';
export const hourSql = 'TRY_CAST(left(occurred_time, 2) AS INTEGER)';

/** The condition in SQL that the filters are, without those that a view leaves out. */
export function filtersSql(filters: Filters, range: DateRange, without: readonly FilterName[] = []): string {
  const has = (name: FilterName): boolean => filters[name] !== undefined && !without.includes(name);
  const conditions: string[] = [];
  if (!without.includes('from')) conditions.push(`occurred_date BETWEEN '${range.from}' AND '${range.to}'`);
  if (has('source')) conditions.push(oneOf('source', filters.source ?? []));
  for (const name of VALUE_DIMENSION_NAMES)
    if (has(name)) conditions.push(oneOf(valueSql(name), filters[name] ?? []));
  if (has('jurisdiction')) conditions.push(oneOf(jurisdictionSql, filters.jurisdiction ?? []));
  if (has('weekday')) conditions.push(`${weekdaySql} IN (${(filters.weekday ?? []).join(', ')})`);
  if (has('hour')) conditions.push(`${hourSql} IN (${(filters.hour ?? []).join(', ')})`);
  if (has('cell')) {
    const cells = MAP_RESOLUTIONS.map((resolution) => oneOf(`h3_r${resolution}`, filters.cell ?? []));
    conditions.push(
      `(${cells.join(' OR ')}) AND coordinate_quality = 'Located' AND NOT ${oneOf('crime_category', WITHHELD_BY_CELL)}`,
    );
  }
  return conditions.length === 0 ? 'TRUE' : conditions.join('\n  AND ');
}

/** SQL that counts incidents by city and something else under the filters. */
export function countSql(
  by: readonly string[],
  filters: Filters,
  range: DateRange,
  without: readonly FilterName[] = [],
): string {
  const keys = by.map((expression, place) => `${expression} AS key_${place + 1}`);
  const columns = ['source', ...keys, 'COUNT(*) AS incidents'].join(', ');
  return `SELECT ${columns}\nFROM incidents\nWHERE ${filtersSql(filters, range, without)}\nGROUP BY ALL ORDER BY ALL`;
}
