import type {
  AnalysedSource,
  CountMart,
  NotEnoughData,
  Period,
  Result,
  ResultRow,
} from '@crimetracker/analysis-kit';
import { observedPeriods } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import { deriveOutline } from '../cells/derive-outline.js';
import type { StudyArea } from '../cells/study-area.js';
import { studyArea } from '../cells/study-area.js';
import { readPeriodCounts } from '../counts/period-counts.js';
import type { Resolution } from '../counts/spatial-counts.js';
import {
  cellJurisdictionCounts,
  cellMonthCounts,
  cellWeekCounts,
  coordinateCounts,
} from '../counts/spatial-counts.js';
import { MAPPED_CATEGORIES } from '../counts/targets.js';
import type { MultiPolygon } from '../geojson/multi-polygon.js';
import {
  emergingHotspots,
  emergingSummary,
  hotspotCells,
  hotspotHistory,
  hotspotPeriods,
  nearRepeatReadings,
  nearRepeats,
  predictionScores,
  predictions,
  studyAreas,
} from '../tables/hotspot-tables.js';
import { emergenceTables } from './emergence.js';
import { nearRepeatTables } from './near-repeats.js';
import { predictionTables } from './place-predictions.js';
import { surfaceTables } from './surfaces.js';
import type { WholePeriods } from './whole-periods.js';
import { daysOfMonths, monthText, RECENT_MONTHS, wholePeriods } from './whole-periods.js';

/** Raise when the same snapshot would give other tables. */
export const HOTSPOTS_VERSION = 1;

export interface HotspotsInput {
  /** Has the relation `incidents`. */
  readonly engine: Engine;
  readonly sources: readonly AnalysedSource[];
  readonly window: Period;
  /** Of cells that are mapped, followed and predicted. */
  readonly resolution: Resolution;
  /** A coarser one to hold against it. */
  readonly companion: Resolution;
  /** Outlines of cities, by source; those of the others are derived from their incidents. */
  readonly outlines: ReadonlyMap<string, MultiPolygon>;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

export interface HotspotsOutput {
  /** Tables of counts, which the engine holds under their names. */
  readonly counts: readonly { readonly mart: CountMart; readonly query: string; readonly rows: number }[];
  readonly results: readonly Result[];
  /** The outlines used, by source. */
  readonly outlines: ReadonlyMap<string, MultiPolygon>;
}

/** Every table that `analyseHotspots` makes. */
export const HOTSPOT_RESULTS = [
  studyAreas,
  hotspotPeriods,
  hotspotCells,
  hotspotHistory,
  emergingSummary,
  emergingHotspots,
  nearRepeats,
  nearRepeatReadings,
  predictionScores,
  predictions,
] as const;

/** Every table of counts it reads, at two resolutions. */
export function hotspotCounts(resolution: Resolution, companion: Resolution): readonly CountMart[] {
  return [
    coordinateCounts,
    cellMonthCounts(resolution),
    ...(companion === resolution ? [] : [cellMonthCounts(companion)]),
    cellWeekCounts(resolution),
    cellJurisdictionCounts(resolution),
  ];
}

/** Steps of a city that are told: areas, surfaces, emergence, near repeats, predictions. */
const CITY_STEPS = 5;

/**
 * Answers where: hot and cold spots, how they came about, near repeats, and predictions by place, for every city. Few or
 * odd data are reasons in the tables. Leaves its counts on the engine. Throws what the engine throws, and for an outline
 * without any incident.
 */
export async function analyseHotspots(input: HotspotsInput): Promise<HotspotsOutput> {
  const { engine, sources, signal } = input;
  const marts = hotspotCounts(input.resolution, input.companion);
  const total = marts.length + CITY_STEPS * sources.length;
  let done = 0;
  const tell = (label: string): void => {
    input.onProgress?.(label, done, total);
    done += 1;
    signal?.throwIfAborted();
  };
  const counts: { mart: CountMart; query: string; rows: number }[] = [];
  for (const mart of marts) {
    tell(`Counting ${mart.name}`);
    const query = mart.select(engine.dialect);
    await engine.keepTable(mart.name, query, signal);
    const [row] = await engine.query(`SELECT COUNT(*) AS n FROM ${mart.name}`, signal);
    counts.push({ mart, query, rows: Number(row?.n) });
  }
  const observed = await observedPeriods(engine, signal);
  const tables = new Tables();
  const outlines = new Map<string, MultiPolygon>();
  for (const source of sources) {
    const calendar = wholePeriods(observed.get(source.id), input.window);
    const outline = await analyseCity(input, source, calendar, tables, tell);
    if (outline) outlines.set(source.id, outline);
  }
  input.onProgress?.('Hot spots computed', total, total);
  return {
    counts,
    results: HOTSPOT_RESULTS.map((mart) => ({ mart, rows: tables.rowsOf(mart.name) })),
    outlines,
  };
}

/** Rows by the name of their table. */
class Tables {
  readonly #rows = new Map<string, ResultRow[]>();

  add({ name }: { readonly name: string }, rows: Iterable<ResultRow>): void {
    const own = this.#rows.get(name) ?? [];
    for (const row of rows) own.push(row);
    this.#rows.set(name, own);
  }

  rowsOf(name: string): readonly ResultRow[] {
    return this.#rows.get(name) ?? [];
  }
}

async function analyseCity(
  input: HotspotsInput,
  source: AnalysedSource,
  calendar: WholePeriods | undefined,
  tables: Tables,
  tell: (label: string) => void,
): Promise<MultiPolygon | undefined> {
  const { engine, resolution, companion, seed, signal } = input;
  const named = { source: source.id, city: source.city };
  tell(`${source.city}: study area`);
  const outline = await outlineOf(input, source);
  if ('reason' in outline) {
    tables.add(studyAreas, [
      { ...named, resolution, ...(await leftOut(input, source)), reason: outline.reason },
    ]);
    return undefined;
  }
  for (const cells of companion === resolution ? [resolution] : [resolution, companion]) {
    const shared = { ...named, resolution: cells };
    const area = studyArea({
      outline: outline.outline,
      resolution: cells,
      incidents: await cellTotals(input, source, cells),
    });
    const left = await leftOut(input, source);
    if (
      area.kind === 'not-enough-data' ||
      calendar === undefined ||
      calendar.lastMonth < calendar.firstMonth
    ) {
      const reason = area.kind === 'not-enough-data' ? area.reason : 'There is no whole month of incidents.';
      tables.add(studyAreas, [{ ...shared, ...left, reason }]);
      continue;
    }
    tables.add(studyAreas, [{ ...shared, ...left, ...areaValues(area, outline, calendar), reason: null }]);
    tell(`${source.city}: Gi* at resolution ${cells}`);
    const months = await readPeriodCounts(
      engine,
      {
        table: cellMonthCounts(cells).name,
        period: 'occurred_month',
        source: source.id,
        grid: area.grid,
        categories: MAPPED_CATEGORIES,
      },
      signal,
    );
    const surfaces = await surfaceTables(area.grid, months, calendar, {
      months: cells === resolution,
      shared,
      signal,
    });
    tables.add(hotspotCells, surfaces.cells);
    tables.add(hotspotHistory, surfaces.history);
    tables.add(hotspotPeriods, surfaces.periods);
    if (cells !== resolution) continue;
    tell(`${source.city}: emerging hot spots`);
    const emergence = await emergenceTables(area.grid, months, calendar, shared, signal);
    tables.add(emergingHotspots, emergence.cells);
    tables.add(emergingSummary, emergence.summary);
    tell(`${source.city}: near repeats`);
    const recent = daysOfMonths(
      Math.max(calendar.firstMonth, calendar.lastMonth - RECENT_MONTHS + 1),
      calendar.lastMonth,
    );
    const repeats = await nearRepeatTables(engine, source, recent, seed, signal);
    tables.add(nearRepeats, repeats.bands);
    tables.add(nearRepeatReadings, repeats.readings);
    const weeks = await readPeriodCounts(
      engine,
      {
        table: cellWeekCounts(cells).name,
        period: 'week',
        source: source.id,
        grid: area.grid,
        categories: MAPPED_CATEGORIES,
      },
      signal,
    );
    tell(`${source.city}: predictions by place`);
    const predicted = await predictionTables(area.grid, weeks, calendar, { shared, seed, signal });
    tables.add(predictionScores, predicted.scores);
    tables.add(predictions, predicted.predictions);
  }
  return outline.outline;
}

interface UsedOutline {
  readonly outline: MultiPolygon;
  readonly origin: { readonly kind: 'given' | 'derived'; readonly notes: readonly string[] };
}

async function outlineOf(input: HotspotsInput, source: AnalysedSource): Promise<UsedOutline | NotEnoughData> {
  const given = input.outlines.get(source.id);
  if (given) return { outline: given, origin: { kind: 'given', notes: [] } };
  const derived = deriveOutline(await cellTotals(input, source, input.resolution));
  if (derived.kind === 'not-enough-data') return derived;
  return {
    outline: derived.outline,
    origin: { kind: 'derived', notes: [derived.method, ...derived.cautions] },
  };
}

/** Located incidents by cell, all time together. */
async function cellTotals(
  { engine, signal }: HotspotsInput,
  { id }: AnalysedSource,
  resolution: Resolution,
): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.query(
    `SELECT h3, SUM(incidents) AS incidents FROM ${cellMonthCounts(resolution).name}
     WHERE source = ${engine.dialect.literal(id)} GROUP BY h3 ORDER BY h3`,
    signal,
  );
  return new Map(rows.map((row) => [String(row.h3), Number(row.incidents)]));
}

/** Incidents that spatial work leaves out, by reason. */
async function leftOut({ engine, signal }: HotspotsInput, { id }: AnalysedSource): Promise<ResultRow> {
  const rows = await engine.query(
    `SELECT crime_category, coordinate_quality, incidents FROM ${coordinateCounts.name}
     WHERE source = ${engine.dialect.literal(id)}`,
    signal,
  );
  const sum = (isCounted: (category: string, quality: string) => boolean): number =>
    rows
      .filter((row) => isCounted(String(row.crime_category), String(row.coordinate_quality)))
      .reduce((total, row) => total + Number(row.incidents), 0);
  const isMapped = (category: string): boolean => MAPPED_CATEGORIES.includes(category);
  return {
    located: sum((category, quality) => isMapped(category) && quality === 'Located'),
    station_house: sum((category, quality) => isMapped(category) && quality === 'Station house'),
    not_located: sum(
      (category, quality) => isMapped(category) && quality !== 'Located' && quality !== 'Station house',
    ),
    withheld: sum((category) => !isMapped(category)),
  };
}

function areaValues(area: StudyArea, { origin }: UsedOutline, calendar: WholePeriods): ResultRow {
  return {
    outline: origin.kind,
    outline_note: [...origin.notes, ...area.cautions].join(' '),
    cells: area.grid.cells.length,
    area_km2: area.areaKm2,
    empty_cells: area.cellsWithoutIncidents,
    edge_cells: area.grid.isEdge.reduce((sum, is) => sum + is, 0),
    outside: area.incidentsOutside,
    first_month: monthText(calendar.firstMonth),
    last_month: monthText(calendar.lastMonth),
  };
}
