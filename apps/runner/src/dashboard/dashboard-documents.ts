import { COMPARABILITY } from '@crimetracker/analysis-kit';
import { RULES } from '@crimetracker/cleaning';
import type { CityShards } from '@crimetracker/crossfilter';
import type {
  Catalogue,
  CityAnswers,
  CityEntry,
  CityHotspots,
  MartRow,
  Quality,
} from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import { FINDINGS } from '@crimetracker/schema';

interface Asking {
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly signal: AbortSignal;
}

/** What there is: the first thing that the page reads. `bytes` are the sizes of the shards by `<source>-<year>`. */
export async function makeCatalogue(
  { engine, snapshot, signal }: Asking,
  cities: readonly CityShards[],
  about: {
    readonly program: string;
    readonly timeZones: ReadonlyMap<string, string>;
    readonly hotspotResolution: number;
    readonly bytes: ReadonlyMap<string, number>;
  },
): Promise<Catalogue> {
  const completeness = await engine.query(
    `SELECT source, ${engine.dialect.isoDate('occurred_month')} AS occurred_month, reported, completeness, is_complete
     FROM mart_reporting_completeness WHERE occurred_month IS NOT NULL ORDER BY source, occurred_month`,
    signal,
  );
  const entries = cities.map(({ index, years }): CityEntry => {
    const { cells: _cells, ...city } = index;
    const upTo = snapshot.manifest.files
      .filter(({ source }) => source === city.source)
      .map(({ publishedUpTo }) => publishedUpTo)
      .filter((date) => date !== null);
    return {
      ...city,
      timeZone: about.timeZones.get(city.source) ?? 'UTC',
      publishedUpTo: upTo.sort().at(-1) ?? null,
      completeness: completeness
        .filter((row) => row.source === city.source)
        .map((row) => ({
          month: String(row.occurred_month),
          reported: Number(row.reported),
          completeness: row.completeness === null ? null : Number(row.completeness),
          isComplete: row.is_complete === null ? null : row.is_complete === true,
        })),
      years: years.map(({ year, incidents }) => ({
        year,
        incidents,
        bytes: about.bytes.get(`${city.source}-${year}`) ?? 0,
      })),
    };
  });
  return {
    snapshot: snapshot.manifest.id,
    builtAt: snapshot.manifest.createdAt,
    program: about.program,
    cities: entries,
    defaultRange: lastWholeYear(entries),
    window: null,
    hotspotResolution: about.hotspotResolution,
    tiles: null,
  };
}

/** The last calendar year that the data of a city fill to its end, or else the last year with data. */
function lastWholeYear(cities: readonly CityEntry[]): Catalogue['defaultRange'] {
  const lasts = cities.map(({ range }) => range.to).sort();
  const last = lasts.at(-1) ?? '1970-12-31';
  const year = Number(last.slice(0, 4)) - (last.endsWith('-12-31') ? 0 : 1);
  const first = cities.map(({ range }) => range.from).sort()[0] ?? last;
  return first.slice(0, 4) > String(year)
    ? { from: first, to: last }
    : { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** Answers of the marts for one city, which the filters of the page do not change. */
export async function makeAnswers({ engine, signal }: Asking, source: string): Promise<CityAnswers> {
  const read = (mart: string, order: string, also = ''): Promise<readonly MartRow[]> =>
    engine.query(
      `SELECT * FROM mart_${mart} WHERE source = ${engine.dialect.literal(source)} ${also} ORDER BY ${order}`,
      signal,
    );
  const ofCity = "AND jurisdiction = 'all'";
  return {
    source,
    anomalies: await read('anomalies', 'period_start, jurisdiction, crime_category'),
    levelShifts: await read('level_shifts', 'crime_category, shift_at'),
    breaks: await read('break_register', 'from_date, event'),
    forecasts: await read('forecasts', 'crime_category, frequency, step', ofCity),
    forecastMethods: await read('forecast_methods', 'crime_category, frequency', ofCity),
    yearToDate: await read('year_to_date', 'crime_category'),
    peakHours: await read('peak_hours', 'crime_category'),
  };
}

/** How hot spots of one city emerged, by target. */
export async function makeHotspots(
  { engine, signal }: Asking,
  source: string,
  resolution: number,
): Promise<CityHotspots> {
  const own = `source = ${engine.dialect.literal(source)} AND resolution = ${resolution}`;
  const rows = await engine.query(
    `SELECT target, first_month, last_month, h3, class FROM mart_emerging_hotspots WHERE ${own} ORDER BY target, h3`,
    signal,
  );
  const emerging: Record<string, { period: string; cells: [string, string][] }> = {};
  for (const row of rows) {
    const target = String(row.target);
    emerging[target] ??= { period: `${row.first_month} to ${row.last_month}`, cells: [] };
    emerging[target].cells.push([String(row.h3), String(row.class)]);
  }
  const reasons = await engine.query(
    `SELECT target, reason FROM mart_emerging_summary WHERE ${own} AND reason IS NOT NULL ORDER BY target`,
    signal,
  );
  return {
    source,
    resolution,
    emerging,
    reasons: Object.fromEntries(reasons.map((row) => [String(row.target), String(row.reason)])),
  };
}

/** What became of every record, how far categories compare, and where incidents can be placed. */
export async function makeQuality({ engine, snapshot, signal }: Asking): Promise<Quality> {
  const { files, ledger } = snapshot.manifest;
  const sums = new Map<string, Quality['ledger'][number]>();
  for (const { source, kind, rule, detail, records } of ledger) {
    const key = JSON.stringify([source, kind, rule, detail]);
    const known = sums.get(key);
    sums.set(key, {
      source,
      kind,
      rule,
      detail,
      meaning: meaningOf(rule),
      records: (known?.records ?? 0) + records,
    });
  }
  const coordinates = await engine.query(
    `SELECT source, coordinate_quality, COUNT(*) AS incidents FROM incidents
     GROUP BY source, coordinate_quality ORDER BY source, incidents DESC`,
    signal,
  );
  return {
    files: files.map(({ source, name, sha256, records, malformed, vintage, publishedUpTo }) => ({
      source,
      name,
      sha256,
      records,
      malformed,
      vintage,
      publishedUpTo,
    })),
    ledger: [...sums.values()],
    comparability: Object.entries(COMPARABILITY).map(([category, grade]) => ({ category, grade })),
    coordinates: coordinates.map((row) => ({
      source: String(row.source),
      quality: String(row.coordinate_quality),
      incidents: Number(row.incidents),
    })),
  };
}

const MEANINGS = new Map<string, string>([
  ...Object.entries(FINDINGS).map(([id, { sentence }]) => [id, sentence] as const),
  ...RULES.map(({ id, sentence }) => [id, sentence] as const),
]);

const meaningOf = (rule: string): string | null => MEANINGS.get(rule) ?? null;
