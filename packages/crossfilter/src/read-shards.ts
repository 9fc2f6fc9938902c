import { WITHHELD_BY_CELL } from '@crimetracker/analysis-kit';
import type { Dialect, Engine, NumberColumns, TableColumn } from '@crimetracker/engine';
import { CODE_GROUPS, NO_PLACE, NO_TIME } from './codes.js';
import type { CityIndex } from './counts.js';
import type { MapResolution, ValueDimension } from './dimensions.js';
import { MAP_RESOLUTIONS, NO_JURISDICTION, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import type { Places, Shard } from './shard.js';
import { completeShard } from './shard.js';

/** A city of the relation `incidents`: what is counted in it, and its years. */
export interface CityShards {
  readonly index: CityIndex;
  readonly places: Places;
  readonly years: readonly { readonly year: number; readonly incidents: number }[];
}

const text = (name: string): TableColumn => ({ name, type: 'text' });
const whole = (name: string): TableColumn => ({ name, type: 'bigint' });
const CODES = 'crossfilter_codes';
const PLACES = 'crossfilter_places';
const JURISDICTIONS = 'crossfilter_jurisdictions';

/** The condition under which an incident has a place on the map. */
function isOnMap(dialect: Dialect): string {
  return `coordinate_quality = 'Located' AND crime_category NOT IN (${WITHHELD_BY_CELL.map(dialect.literal).join(', ')})`;
}

/** The column as filters and counts name its values: absent ones have a name too. */
function valueColumn(dialect: Dialect, name: ValueDimension): string {
  const dimension: { readonly values: readonly string[]; readonly absent?: string } = VALUE_DIMENSIONS[name];
  return dimension.absent === undefined ? name : `COALESCE(${name}, ${dialect.literal(dimension.absent)})`;
}

const jurisdictionColumn = (dialect: Dialect): string =>
  `COALESCE(jurisdiction, ${dialect.literal(NO_JURISDICTION)})`;

/** Reads what the cities of the relation `incidents` have. */
export async function readCities(engine: Engine, signal?: AbortSignal): Promise<readonly CityShards[]> {
  const { dialect } = engine;
  const rows = await engine.query(
    `SELECT source, city, ${dialect.year('occurred_date')} AS occurred_year, COUNT(*) AS incidents,
       ${dialect.isoDate('MIN(occurred_date)')} AS first_day, ${dialect.isoDate('MAX(occurred_date)')} AS last_day
     FROM incidents GROUP BY source, city, ${dialect.year('occurred_date')} ORDER BY source, occurred_year`,
    signal,
  );
  const cities: CityShards[] = [];
  for (const source of new Set(rows.map((row) => String(row.source)))) {
    const own = rows.filter((row) => row.source === source);
    const where = `source = ${dialect.literal(source)}`;
    const named = await engine.query(
      `SELECT DISTINCT ${jurisdictionColumn(dialect)} AS jurisdiction FROM incidents WHERE ${where}`,
      signal,
    );
    const names = named.map((row) => String(row.jurisdiction)).sort();
    const placed = await engine.query(
      `SELECT DISTINCT ${MAP_RESOLUTIONS.map((resolution) => `h3_r${resolution}`).join(', ')} FROM incidents
       WHERE ${where} AND ${isOnMap(dialect)} ORDER BY ${MAP_RESOLUTIONS.map((_, place) => place + 1).join(', ')}`,
      signal,
    );
    const cellsOf = (resolution: MapResolution): readonly string[] =>
      [...new Set(placed.map((row) => String(row[`h3_r${resolution}`])))].sort();
    const cells = { 7: cellsOf(7), 8: cellsOf(8), 9: cellsOf(9) };
    const cellOf = (resolution: MapResolution): Uint32Array => {
      const placeOf = new Map(cells[resolution].map((cell, place) => [cell, place]));
      return Uint32Array.from(placed, (row) => placeOf.get(String(row[`h3_r${resolution}`])) ?? 0);
    };
    cities.push({
      index: {
        source,
        city: String(own[0]?.city),
        range: { from: String(own[0]?.first_day), to: String(own.at(-1)?.last_day) },
        incidents: own.reduce((sum, row) => sum + Number(row.incidents), 0),
        jurisdictions: [
          ...names.filter((name) => name !== NO_JURISDICTION),
          ...names.filter((name) => name === NO_JURISDICTION),
        ],
        cells,
      },
      places: { cells, cellOf: { 7: cellOf(7), 8: cellOf(8), 9: cellOf(9) } },
      years: own.map((row) => ({ year: Number(row.occurred_year), incidents: Number(row.incidents) })),
    });
  }
  return cities;
}

/** Reads the incidents of a city year by year, as shards. */
export async function* readShards(
  engine: Engine,
  { index, places, years }: CityShards,
  signal?: AbortSignal,
): AsyncGenerator<Shard> {
  const { dialect } = engine;
  const { source } = index;
  await engine.loadRows(CODES, [text('dimension'), text('value'), whole('code')], codeRows());
  await engine.loadRows(
    JURISDICTIONS,
    [text('jurisdiction'), whole('code')],
    index.jurisdictions.map((name, place) => [name, place]),
  );
  await engine.loadRows(
    PLACES,
    [...MAP_RESOLUTIONS.map((resolution) => text(`h3_r${resolution}`)), whole('code')],
    Array.from(places.cellOf[7], (_, place) => [
      ...MAP_RESOLUTIONS.map(
        (resolution) => places.cells[resolution][places.cellOf[resolution][place] ?? 0] ?? '',
      ),
      place,
    ]),
  );
  try {
    for (const { year } of years) {
      yield toShard(source, year, await engine.queryNumbers(rowsQuery(dialect, source, year), signal));
    }
  } finally {
    for (const table of [CODES, JURISDICTIONS, PLACES]) await engine.dropTable(table);
  }
}

/** What each value adds to the code of its group; the category is a code of its own. */
function codeRows(): readonly (readonly [string, string, number])[] {
  return VALUE_DIMENSION_NAMES.flatMap((name) => {
    const group = CODE_GROUPS.find(({ dimensions }) => dimensions.includes(name));
    const stride = group?.strides[group.dimensions.indexOf(name)] ?? 1;
    return VALUE_DIMENSIONS[name].values.map((value, place) => [name, value, place * stride] as const);
  });
}

function rowsQuery(dialect: Dialect, source: string, year: number): string {
  const codeOf = (names: readonly ValueDimension[]): string =>
    names.map((name) => `c_${name}.code`).join(' + ');
  const joins = VALUE_DIMENSION_NAMES.map(
    (name) => `JOIN ${CODES} c_${name} ON c_${name}.dimension = ${dialect.literal(name)}
        AND c_${name}.value = ${valueColumn(dialect, name).replace(name, `i.${name}`)}`,
  );
  const [kind, victim, suspect] = CODE_GROUPS;
  return `SELECT j.code AS jurisdiction, c_crime_category.code AS category,
      ${dialect.daysBetween(dialect.date(`${year}-01-01`), 'i.occurred_date')} AS day,
      ${codeOf(kind.dimensions)} AS kind, ${codeOf(victim.dimensions)} AS victim, ${codeOf(suspect.dimensions)} AS suspect,
      COALESCE(${dialect.cast('SUBSTR(i.occurred_time, 1, 2)', 'bigint')}, ${NO_TIME}) AS hour,
      CASE WHEN ${isOnMap(dialect)} THEN p.code END AS place
    FROM incidents i
    JOIN ${JURISDICTIONS} j ON j.jurisdiction = ${jurisdictionColumn(dialect).replace('jurisdiction', 'i.jurisdiction')}
    ${joins.join('\n    ')}
    LEFT JOIN ${PLACES} p ON ${MAP_RESOLUTIONS.map((resolution) => `p.h3_r${resolution} = i.h3_r${resolution}`).join(' AND ')}
    WHERE i.source = ${dialect.literal(source)} AND ${dialect.year('i.occurred_date')} = ${year}
    ORDER BY j.code, c_crime_category.code, day, kind, victim, suspect, hour, place`;
}

function toShard(source: string, year: number, columns: NumberColumns): Shard {
  const column = (name: string): Float64Array => columns[name] ?? new Float64Array();
  const jurisdiction = column('jurisdiction');
  const category = column('category');
  const rows = jurisdiction.length;
  const starts: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    if (row === 0 || jurisdiction[row] !== jurisdiction[row - 1] || category[row] !== category[row - 1])
      starts.push(row);
  }
  const shard = {
    source,
    year,
    rows,
    jurisdictions: Uint16Array.from(starts, (row) => jurisdiction[row] ?? 0),
    categories: Uint8Array.from(starts, (row) => category[row] ?? 0),
    starts: Uint32Array.from([...starts, rows]),
    days: Uint16Array.from(column('day')),
    kinds: Uint16Array.from(column('kind')),
    victims: Uint16Array.from(column('victim')),
    suspects: Uint16Array.from(column('suspect')),
    places: Uint32Array.from(column('place'), (place) => (Number.isNaN(place) ? NO_PLACE : place)),
  };
  return completeShard(shard, Uint8Array.from(column('hour')));
}
