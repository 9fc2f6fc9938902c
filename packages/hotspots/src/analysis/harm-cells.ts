import type { AnalysedSource, NotEnoughData, ResultRow } from '@crimetracker/analysis-kit';
import { falseDiscoveries, notEnoughData } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import type { CrimeCategory } from '@crimetracker/schema';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import { cellToLatLng } from 'h3-js';
import type { CellGrid } from '../cells/cell-grid.js';
import { studyArea } from '../cells/study-area.js';
import { addIncidents, readPeriodCounts } from '../counts/period-counts.js';
import type { Resolution } from '../counts/spatial-counts.js';
import { MAPPED_CATEGORIES } from '../counts/targets.js';
import type { MultiPolygon } from '../geojson/multi-polygon.js';
import { giStar } from '../getis-ord/gi-star.js';
import { DISCOVERY_RATE, heatClass } from '../getis-ord/hot-spots.js';
import { permutationP } from '../getis-ord/permutation-p.js';
import type { HarmSurface } from '../harm/harm-surface.js';
import { harmSurface } from '../harm/harm-surface.js';
import type { HarmWeights } from '../harm/harm-weights.js';
import type { RankStability } from '../harm/rank-stability.js';
import { rankStability } from '../harm/rank-stability.js';
import type { WholePeriods } from './whole-periods.js';
import { RECENT_MONTHS, spanText } from './whole-periods.js';

export interface HarmInput {
  /** Holds the counts by cell and month under `table`. */
  readonly engine: Engine;
  readonly table: string;
  readonly source: AnalysedSource;
  readonly outline: MultiPolygon;
  readonly resolution: Resolution;
  readonly calendar: Pick<WholePeriods, 'firstMonth' | 'lastMonth'>;
  readonly weights: HarmWeights;
  readonly signal?: AbortSignal | undefined;
}

/** Harm of the recent period by cell, and how its order differs from that of plain counts. */
export interface HarmCells {
  readonly kind: 'harm-cells';
  readonly rows: readonly ResultRow[];
  readonly surface: Omit<HarmSurface, 'harm'>;
  readonly stability: RankStability | NotEnoughData;
}

/** Numbers of highest cells whose agreement is told. */
const TOPS = [10, 50, 100];

/** Parts into which the largest harm of a cell is told apart. */
const HARM_STEPS = 1e6;

/**
 * Weighs the incidents of the last twelve whole months by cell. The permutation p-value of harm is that of harm in
 * millionths of the largest; categories that are never shown by cell are not in it.
 */
export async function harmCells(input: HarmInput): Promise<HarmCells | NotEnoughData> {
  const { engine, table, source, resolution, weights, signal } = input;
  const { firstMonth, lastMonth } = input.calendar;
  const from = Math.max(firstMonth, lastMonth - RECENT_MONTHS + 1);
  const rows = await engine.query(
    `SELECT h3, SUM(incidents) AS incidents FROM ${table} WHERE source = ${engine.dialect.literal(source.id)}
     GROUP BY h3 ORDER BY h3`,
    signal,
  );
  const incidents = new Map(rows.map((row) => [String(row.h3), Number(row.incidents)]));
  const area = studyArea({ outline: input.outline, resolution, incidents });
  if (area.kind === 'not-enough-data') return area;
  const { grid } = area;
  const counts = await readPeriodCounts(
    engine,
    { table, period: 'occurred_month', source: source.id, grid, categories: MAPPED_CATEGORIES },
    signal,
  );
  const plain = new Float64Array(grid.cells.length);
  const byCategory = new Map<CrimeCategory, Float64Array>();
  for (const [place, name] of MAPPED_CATEGORIES.entries()) {
    const category = CRIME_CATEGORIES.find((one) => one === name);
    if (category === undefined) continue;
    const surface = new Float64Array(grid.cells.length);
    addIncidents(surface, counts, [place], from, lastMonth);
    addIncidents(plain, counts, [place], from, lastMonth);
    byCategory.set(category, surface);
  }
  const { harm, ...surface } = harmSurface(byCategory, weights);
  if (surface.total === 0) return notEnoughData('No incident with a weight was recorded in the period.');
  return {
    kind: 'harm-cells',
    rows: harmRows(harm, plain, grid, {
      source: source.id,
      city: source.city,
      resolution,
      period: spanText(from, lastMonth),
      weights_title: weights.title,
      weights_url: weights.url,
      weights_unit: weights.unit,
      weights_retrieved: weights.retrieved,
    }),
    surface,
    stability: rankStability(harm, plain, TOPS),
  };
}

function harmRows(harm: Float64Array, plain: Float64Array, grid: CellGrid, shared: ResultRow): ResultRow[] {
  const z = giStar(harm, grid.neighbours);
  const most = harm.reduce((largest, one) => Math.max(largest, one), 0);
  const p = permutationP(
    harm.map((one) => Math.round((one / most) * HARM_STEPS)),
    grid.neighbours,
    new Float64Array(harm.length),
    z instanceof Float64Array ? z : undefined,
  );
  const family = falseDiscoveries([p]);
  const cutOff = family.cutOff(DISCOVERY_RATE);
  return grid.cells.flatMap((cell, place) => {
    const score = z instanceof Float64Array ? (z[place] ?? 0) : 0;
    const one = p[place] ?? 1;
    const heat = heatClass(score, one, cutOff);
    if ((harm[place] ?? 0) === 0 && heat === 'not significant') return [];
    const [latitude, longitude] = cellToLatLng(cell);
    return [
      {
        ...shared,
        h3: cell,
        latitude,
        longitude,
        area_km2: grid.areasKm2[place] ?? null,
        incidents: plain[place] ?? 0,
        harm: harm[place] ?? 0,
        gi_star: score,
        p_permutation: one,
        q: family.q(one),
        class: heat,
      },
    ];
  });
}
