import type { Filters } from '@crimetracker/crossfilter';
import { VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const oneOf = (expression: string, values: readonly string[]): string =>
  `${expression} IN (${values.map(literal).join(', ')})`;

/** Conditions of the filters on the incidents, each a line of SQL. */
function conditions(filters: Filters): readonly string[] {
  const lines: string[] = [];
  if (filters.from !== undefined) lines.push(`occurred_date >= DATE ${literal(filters.from)}`);
  if (filters.to !== undefined) lines.push(`occurred_date <= DATE ${literal(filters.to)}`);
  if (filters.source !== undefined) lines.push(oneOf('source', filters.source));
  for (const name of VALUE_DIMENSION_NAMES) {
    const chosen = filters[name];
    if (chosen === undefined) continue;
    const dimension: { readonly values: readonly string[]; readonly absent?: string } =
      VALUE_DIMENSIONS[name];
    lines.push(
      oneOf(
        dimension.absent === undefined ? name : `COALESCE(${name}, ${literal(dimension.absent)})`,
        chosen,
      ),
    );
  }
  if (filters.jurisdiction !== undefined)
    lines.push(oneOf(`COALESCE(jurisdiction, 'Unknown')`, filters.jurisdiction));
  if (filters.weekday !== undefined)
    lines.push(`ISODOW(occurred_date::DATE) - 1 IN (${filters.weekday.join(', ')})`);
  if (filters.hour !== undefined)
    lines.push(`CAST(SUBSTR(occurred_time, 1, 2) AS INTEGER) IN (${filters.hour.join(', ')})`);
  if (filters.cell !== undefined)
    lines.push(
      `(${['h3_r7', 'h3_r8', 'h3_r9'].map((name) => oneOf(name, filters.cell ?? [])).join(' OR ')})`,
    );
  return lines;
}

/** SQL over the snapshot for the incidents of each city under the filters. */
export function sqlOfTotals(filters: Filters): string {
  const lines = conditions(filters);
  return `SELECT source, COUNT(*) AS incidents
FROM incidents${lines.length === 0 ? '' : `\nWHERE ${lines.join('\n  AND ')}`}
GROUP BY source
ORDER BY source`;
}
