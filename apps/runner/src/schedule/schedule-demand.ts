import type { AnalysedSource } from '@crimetracker/analysis-kit';
import { DISCOVERED_BY_POLICE, dayIndexOf, isoDateOf, mondayFrom } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import type { HarmWeights } from '@crimetracker/hotspots';
import type { CategoryDemand, ExpectedDemand, HexCategory, HexDemand } from '@crimetracker/patrol';
import {
  expectedDemand,
  hexDemand,
  jurisdictionHourCounts,
  placeHeapedTimes,
  WEEK_HOURS,
} from '@crimetracker/patrol';
import { CRIME_CATEGORIES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** Weeks that shares and hours are counted over. */
const PAST_WEEKS = 104;
const DAYS = 7;

/** What a city's coming week is expected to bring, and what is known of where. */
export interface ScheduleDemand {
  readonly weekStart: string;
  readonly jurisdictions: readonly string[];
  /** Reported categories; with those that police discover only when asked for. */
  readonly expected: ExpectedDemand;
  /** The same with the categories that police discover; undefined when none is on record. */
  readonly withDiscovered: ExpectedDemand | undefined;
  /** Recorded incidents of the 52 weeks before by jurisdiction, with the same weights. */
  readonly lastYear: readonly number[];
  readonly cells: readonly string[];
  /** Place of each cell's jurisdiction; −1 where none is known. */
  readonly jurisdictionOfCell: Int32Array;
  readonly hex: HexDemand;
  /** Where the numbers come from, in sentences. */
  readonly notes: readonly string[];
}

export interface DemandChoice {
  readonly source: AnalysedSource;
  /** A day of the week; by default the first week after the last incident. */
  readonly week?: string | undefined;
  readonly weights?: HarmWeights | undefined;
  readonly includeDiscovered: boolean;
  readonly signal: AbortSignal;
}

const isDiscovered = (category: string): boolean =>
  DISCOVERED_BY_POLICE.some((discovered) => discovered === category);

/**
 * Puts together what a schedule is made for: forecasts by category, shares and hours by jurisdiction, predictions by
 * cell. The engine has the relation `incidents` and the tables of trends and hot spots.
 */
export async function readDemand(engine: Engine, choice: DemandChoice): Promise<ScheduleDemand> {
  const { source, weights, includeDiscovered, signal } = choice;
  const id = engine.dialect.literal(source.id);
  const [range] = await engine.query(
    `SELECT ${engine.dialect.isoDate('MAX(occurred_date)')} AS last_day FROM incidents WHERE source = ${id}`,
    signal,
  );
  const lastDay = dayIndexOf(String(range?.last_day));
  if (lastDay === undefined) throw noData(`${source.city} has no incidents in this snapshot.`);
  const monday = choice.week === undefined ? mondayFrom(lastDay + 1) : weekOf(choice.week);
  const counts = await readCounts(engine, id, isoDateOf(lastDay + 1 - PAST_WEEKS * DAYS), signal);
  const { jurisdictions } = counts;
  const forecasts = await readForecasts(engine, id, isoDateOf(monday), signal);
  const weightOf = (category: string): number | undefined =>
    weights === undefined ? 1 : weights.weights[category as keyof HarmWeights['weights']];
  const weekly = (category: string): number =>
    counts.totals.get(category)?.reduce((sum, count) => sum + count, 0) ?? 0;
  const demandOf = (category: string): CategoryDemand => ({
    category,
    expected: forecasts.expected.get(category) ?? weekly(category) / PAST_WEEKS,
    counts: counts.hours.get(category) ?? [],
    withoutHour: counts.withoutHour.get(category) ?? [],
  });
  const weighted = CRIME_CATEGORIES.filter(
    (category) => weightOf(category) !== undefined && counts.hours.has(category),
  );
  const demand = (discovered: boolean) =>
    expectedDemand({
      jurisdictions,
      categories: weighted.filter((category) => discovered || !isDiscovered(category)).map(demandOf),
      ...(weights !== undefined && {
        weights: new Map(weighted.map((category) => [category, weightOf(category) ?? 0])),
      }),
      includeDiscovered: discovered,
    });
  const expected = demand(includeDiscovered);
  if (expected.kind !== 'demand') throw noData(`${source.city}: ${expected.reason}.`);
  const withDiscovered = weighted.some(isDiscovered) ? demand(true) : undefined;
  const used = weighted.filter((category) => includeDiscovered || !isDiscovered(category));
  const hexes = await readHexes(engine, id, jurisdictions, used, weightOf, counts.cityHours, signal);
  const unforecast = used.filter((category) => !forecasts.expected.has(category));
  return {
    weekStart: isoDateOf(monday),
    jurisdictions,
    expected,
    withDiscovered: withDiscovered?.kind === 'demand' ? withDiscovered : undefined,
    lastYear: jurisdictions.map((_, j) =>
      used.reduce(
        (sum, category) => sum + (weightOf(category) ?? 0) * (counts.lastYear.get(category)?.[j] ?? 0),
        0,
      ),
    ),
    ...hexes,
    notes: [
      forecasts.note,
      ...(unforecast.length === 0
        ? []
        : [`Without a weekly forecast, and so at their mean of two years: ${unforecast.join(', ')}.`]),
      ...(includeDiscovered
        ? ['Categories that exist because police look for them are included on request.']
        : []),
    ],
  };
}

function weekOf(text: string): number {
  const day = dayIndexOf(text);
  if (day === undefined) {
    throw new CrimeTrackerError(`--week ${text} is not a date.`, {
      code: 'week-invalid',
      exitCode: EXIT_CODES.usage,
      hint: 'Write a day of the week as 2024-01-01.',
    });
  }
  return mondayFrom(day - DAYS + 1);
}

function noData(message: string): CrimeTrackerError {
  return new CrimeTrackerError(message, {
    code: 'schedule-without-data',
    exitCode: EXIT_CODES.usage,
    hint: 'A schedule needs two years of incidents with a jurisdiction: build the lake from the city’s files first.',
  });
}

interface PastCounts {
  readonly jurisdictions: readonly string[];
  /** By category: one week of hours per jurisdiction, incidents without a known hour, all of them. */
  readonly hours: ReadonlyMap<string, readonly Float64Array[]>;
  readonly withoutHour: ReadonlyMap<string, Float64Array>;
  readonly totals: ReadonlyMap<string, Float64Array>;
  /** Incidents of the second of the two years. */
  readonly lastYear: ReadonlyMap<string, Float64Array>;
  readonly cityHours: ReadonlyMap<string, Float64Array>;
}

async function readCounts(
  engine: Engine,
  source: string,
  firstDay: string,
  signal: AbortSignal,
): Promise<PastCounts> {
  const read = async (from: string) =>
    engine.query(
      `SELECT jurisdiction, crime_category, slot, incidents FROM (${jurisdictionHourCounts(from).select(engine.dialect)}) AS counts
       WHERE source = ${source} ORDER BY jurisdiction, crime_category, slot`,
      signal,
    );
  const rows = await read(firstDay);
  const second = isoDateOf((dayIndexOf(firstDay) ?? 0) + (PAST_WEEKS / 2) * DAYS);
  const jurisdictions = [...new Set(rows.map((row) => String(row.jurisdiction)))].sort(byNumberThenName);
  const places = new Map(jurisdictions.map((jurisdiction, place) => [jurisdiction, place]));
  const hours = new Map<string, Float64Array[]>();
  const [withoutHour, totals, lastYear] = [1, 2, 3].map(() => new Map<string, Float64Array>()) as [
    Map<string, Float64Array>,
    Map<string, Float64Array>,
    Map<string, Float64Array>,
  ];
  const add = (map: Map<string, Float64Array>, category: string, place: number, count: number): void => {
    const own = map.get(category) ?? new Float64Array(jurisdictions.length);
    own[place] = (own[place] ?? 0) + count;
    map.set(category, own);
  };
  for (const row of rows) {
    const category = String(row.crime_category);
    const place = places.get(String(row.jurisdiction)) ?? 0;
    const slot = Number(row.slot);
    const count = Number(row.incidents);
    const weeks = hours.get(category) ?? jurisdictions.map(() => new Float64Array(WEEK_HOURS));
    hours.set(category, weeks);
    add(totals, category, place, count);
    if (slot < 0) add(withoutHour, category, place, count);
    else {
      const week = weeks[place] ?? new Float64Array(WEEK_HOURS);
      week[slot] = (week[slot] ?? 0) + count;
    }
  }
  for (const row of await read(second)) {
    add(
      lastYear,
      String(row.crime_category),
      places.get(String(row.jurisdiction)) ?? 0,
      Number(row.incidents),
    );
  }
  const cityHours = new Map<string, Float64Array>();
  for (const [category, weeks] of hours) {
    const unknown = withoutHour.get(category) ?? new Float64Array(jurisdictions.length);
    for (const [place, week] of weeks.entries()) unknown[place] = placeHeapedTimes(week, unknown[place] ?? 0);
    withoutHour.set(category, unknown);
    const city = new Float64Array(WEEK_HOURS);
    for (const week of weeks)
      for (let h = 0; h < WEEK_HOURS; h += 1) city[h] = (city[h] ?? 0) + (week[h] ?? 0);
    cityHours.set(category, city);
  }
  return { jurisdictions, hours, withoutHour, totals, lastYear, cityHours };
}

/** 2 before 10, and numbers before names. */
function byNumberThenName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Forecasts of the week by category, or of the week forecast that is nearest to it. */
async function readForecasts(
  engine: Engine,
  source: string,
  week: string,
  signal: AbortSignal,
): Promise<{ expected: ReadonlyMap<string, number>; note: string }> {
  const rows = await engine.query(
    `SELECT crime_category, ${engine.dialect.isoDate('period_start')} AS week, expected FROM mart_forecasts
     WHERE source = ${source} AND jurisdiction = 'all' AND frequency = 'week' AND crime_category <> 'All'
     ORDER BY crime_category, period_start`,
    signal,
  );
  const weeks = [...new Set(rows.map((row) => String(row.week)))].sort();
  const nearest = weeks.filter((one) => one <= week).at(-1) ?? weeks[0];
  const expected = new Map(
    rows
      .filter((row) => row.week === nearest)
      .map((row) => [String(row.crime_category), Number(row.expected)]),
  );
  if (nearest === undefined) {
    return { expected, note: 'No weekly forecast is available: every category is at its mean of two years.' };
  }
  return {
    expected,
    note:
      nearest === week
        ? `Expected incidents are the forecasts of the week of ${week}.`
        : `Expected incidents are the forecasts of the week of ${nearest}, the nearest that is forecast: the last months’ reports are still coming in.`,
  };
}

type Hexes = Pick<ScheduleDemand, 'cells' | 'jurisdictionOfCell' | 'hex'>;

/** Predictions by cell for the next week: of each category, or of all reported ones together where none has its own. */
async function readHexes(
  engine: Engine,
  source: string,
  jurisdictions: readonly string[],
  categories: readonly string[],
  weightOf: (category: string) => number | undefined,
  cityHours: ReadonlyMap<string, Float64Array>,
  signal: AbortSignal,
): Promise<Hexes> {
  const rows = await engine.query(
    `SELECT resolution, target, h3, expected FROM mart_place_predictions
     WHERE source = ${source} AND horizon_weeks = 1 ORDER BY target, h3`,
    signal,
  );
  if (rows.length === 0) {
    throw noData('There is no prediction by place: five years of incidents with coordinates are needed.');
  }
  const cells = [...new Set(rows.map((row) => String(row.h3)))].sort();
  const places = new Map(cells.map((cell, place) => [cell, place]));
  const own = new Map<string, Float64Array>();
  for (const row of rows) {
    const target = String(row.target);
    const expected = own.get(target) ?? new Float64Array(cells.length);
    expected[places.get(String(row.h3)) ?? 0] = Number(row.expected);
    own.set(target, expected);
  }
  const owners = await engine.query(
    `SELECT h3, jurisdiction, incidents FROM mart_count_cell_jurisdictions_r${Number(rows[0]?.resolution)}
     WHERE source = ${source} ORDER BY h3, incidents, jurisdiction DESC`,
    signal,
  );
  const jurisdictionOfCell = new Int32Array(cells.length).fill(-1);
  const numbers = new Map(jurisdictions.map((jurisdiction, place) => [jurisdiction, place]));
  // The last of a cell's rows is the jurisdiction with most incidents.
  for (const row of owners) {
    const place = places.get(String(row.h3));
    const jurisdiction = numbers.get(String(row.jurisdiction));
    if (place !== undefined && jurisdiction !== undefined) jurisdictionOfCell[place] = jurisdiction;
  }
  const hexCategories = categories.flatMap((category): HexCategory[] => {
    const expected = own.get(category);
    const hours = cityHours.get(category);
    return expected && hours ? [{ weight: weightOf(category) ?? 0, expected, hours }] : [];
  });
  return { cells, jurisdictionOfCell, hex: hexDemand(cells.length, hexCategories) };
}
