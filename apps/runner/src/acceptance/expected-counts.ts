import type { Filters, MapResolution, ValueDimension } from '@crimetracker/crossfilter';
import type { Engine } from '@crimetracker/engine';

/**
 * What the dashboard must show, asked of the incidents by plain SQL that shares nothing with the code that counts: values
 * as DuckDB groups them, by name. A count that is not there is zero.
 */
export interface ExpectedCounts {
  readonly total: number;
  readonly values: Readonly<Record<ValueDimension | 'jurisdiction', Readonly<Record<string, number>>>>;
  readonly weekHours: Readonly<Record<string, number>>;
  readonly months: Readonly<Record<string, number>>;
  /** Absent under a filter by persons. */
  readonly cells: Readonly<Record<string, number>> | undefined;
}

const ABSENT: Readonly<Partial<Record<ValueDimension | 'jurisdiction', string>>> = {
  arrest_made: 'Not recorded',
  victim_age: 'No person',
  victim_sex: 'No person',
  victim_race_group: 'No person',
  suspect_age: 'Not recorded',
  suspect_sex: 'Not recorded',
  suspect_race_group: 'Not recorded',
  jurisdiction: 'Unknown',
};
const DIMENSIONS = [
  'crime_category',
  'law_class',
  'weapon_category',
  'location_category',
  'arrest_made',
  'victim_age',
  'victim_sex',
  'victim_race_group',
  'suspect_age',
  'suspect_sex',
  'suspect_race_group',
  'jurisdiction',
] as const;
const HOUR = 'CAST(SUBSTR(occurred_time, 1, 2) AS INTEGER)';
const WEEKDAY = '(ISODOW(CAST(occurred_date AS DATE)) - 1)';
const ON_MAP = `coordinate_quality = 'Located' AND crime_category NOT IN ('Rape', 'Other sex offense', 'Kidnapping and trafficking')`;

const quoted = (values: readonly string[]): string =>
  values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
const givenOr = (name: (typeof DIMENSIONS)[number]): string =>
  ABSENT[name] === undefined ? name : `COALESCE(${name}, '${ABSENT[name]}')`;

/** Every condition of the filters by the name of what it restricts. */
function conditions(filters: Filters): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const { from, to, weekday, hour, cell } = filters;
  const days = [
    ...(from === undefined ? [] : [`occurred_date >= DATE '${from}'`]),
    ...(to === undefined ? [] : [`occurred_date <= DATE '${to}'`]),
  ];
  if (days.length > 0) found.set('days', days.join(' AND '));
  for (const name of DIMENSIONS) {
    const chosen = filters[name];
    if (chosen !== undefined) found.set(name, `${givenOr(name)} IN (${quoted(chosen)})`);
  }
  const week = [
    ...(weekday === undefined ? [] : [`${WEEKDAY} IN (${weekday.join(', ')})`]),
    ...(hour === undefined ? [] : [`${HOUR} IN (${hour.join(', ')})`]),
  ];
  if (week.length > 0) found.set('week', week.join(' AND '));
  if (cell !== undefined) {
    const list = quoted(cell);
    found.set('cell', `${ON_MAP} AND (h3_r7 IN (${list}) OR h3_r8 IN (${list}) OR h3_r9 IN (${list}))`);
  }
  return found;
}

/** Asks for all counts of one city. */
export async function expectCounts(
  engine: Engine,
  source: string,
  filters: Filters,
  resolution: MapResolution = 8,
): Promise<ExpectedCounts> {
  const all = conditions(filters);
  const grouped = async (
    by: string,
    leftOut: string,
    also = 'TRUE',
  ): Promise<Readonly<Record<string, number>>> => {
    const kept = [...all].filter(([name]) => name !== leftOut).map(([, condition]) => `(${condition})`);
    const rows = await engine.query(
      `SELECT CAST(${by} AS VARCHAR) AS value, COUNT(*) AS incidents FROM incidents
       WHERE ${[`source = '${source}'`, also, ...kept].join(' AND ')} AND ${by} IS NOT NULL GROUP BY 1 ORDER BY 1`,
    );
    return Object.fromEntries(rows.map((row) => [String(row.value), Number(row.incidents)]));
  };
  const values: Partial<Record<(typeof DIMENSIONS)[number], Readonly<Record<string, number>>>> = {};
  for (const name of DIMENSIONS) values[name] = await grouped(givenOr(name), name);
  const persons = DIMENSIONS.some((name) => /^(?:victim|suspect)/.test(name) && filters[name] !== undefined);
  return {
    total: (await grouped("'all'", 'none')).all ?? 0,
    values: values as ExpectedCounts['values'],
    weekHours: await grouped(`${WEEKDAY} * 24 + ${HOUR}`, 'week'),
    months: await grouped("STRFTIME(CAST(occurred_date AS DATE), '%Y-%m-01')", 'days'),
    cells: persons ? undefined : await grouped(`h3_r${resolution}`, 'cell', ON_MAP),
  };
}
