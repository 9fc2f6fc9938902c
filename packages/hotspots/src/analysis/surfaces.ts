import type { FalseDiscoveries, NotEnoughData, ResultRow } from '@crimetracker/analysis-kit';
import { falseDiscoveries, gini, known, normalCdf } from '@crimetracker/analysis-kit';
import { cellToLatLng } from 'h3-js';
import type { CellGrid } from '../cells/cell-grid.js';
import { areaShareHolding, concentrationCurve } from '../concentration/concentration-curve.js';
import { generaliseGini } from '../concentration/generalised-gini.js';
import type { PeriodCounts } from '../counts/period-counts.js';
import { addIncidents } from '../counts/period-counts.js';
import type { Target } from '../counts/targets.js';
import { TARGETS } from '../counts/targets.js';
import type { HeatClass } from '../getis-ord/hot-spots.js';
import { DISCOVERY_RATE, heatClass, markCores, testSurface } from '../getis-ord/hot-spots.js';
import { letOthersIn } from './let-others-in.js';
import type { WholePeriods } from './whole-periods.js';
import { monthText, RECENT_MONTHS, spanText } from './whole-periods.js';

/** A period whose incidents make a surface. */
interface SurfacePeriod {
  readonly kind: 'recent' | 'year' | 'month';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The cells of a surface that may become discoveries. */
interface Candidates {
  readonly cells: Int32Array;
  readonly z: Float64Array;
  readonly p: Float64Array;
}

interface TestedTarget {
  readonly target: Target;
  readonly period: SurfacePeriod;
  readonly candidates: Candidates | NotEnoughData;
}

export interface SurfaceTables {
  readonly cells: readonly ResultRow[];
  readonly history: readonly ResultRow[];
  readonly periods: readonly ResultRow[];
}

/**
 * Tests every target in the recent period, every year and, when asked for, every month, on one grid; hot and cold are
 * discoveries over all of these tests together. `counts` are by month.
 */
export async function surfaceTables(
  grid: CellGrid,
  counts: PeriodCounts,
  calendar: WholePeriods,
  options: {
    readonly months: boolean;
    readonly shared: ResultRow;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<SurfaceTables> {
  const surface = new Float64Array(grid.cells.length);
  const fill = (target: Target, { from, to }: SurfacePeriod): Float64Array => {
    surface.fill(0);
    addIncidents(surface, counts, target.categories, from, to);
    return surface;
  };
  const tested: TestedTarget[] = [];
  for (const target of TARGETS) {
    await letOthersIn(options.signal);
    for (const period of periodsOf(calendar, options.months)) {
      tested.push({ target, period, candidates: testCells(fill(target, period), grid) });
    }
  }
  const family = discoveriesOf(tested, grid);
  const cutOff = family.cutOff(DISCOVERY_RATE);
  const cells: ResultRow[] = [];
  const history: ResultRow[] = [];
  const periods: ResultRow[] = [];
  for (const { target, period, candidates } of tested) {
    const counted = fill(target, period);
    const shared = { ...options.shared, target: target.name, period: period.text };
    const found = decide(candidates, counted, grid, cutOff);
    periods.push({
      ...shared,
      period_kind: period.kind,
      ...concentration(counted, grid),
      ...heat(found, counted),
      reason: 'reason' in candidates ? candidates.reason : null,
    });
    if (period.kind === 'recent') {
      for (const row of recentRows(counted, grid, found, family, shared)) cells.push(row);
    } else if (period.kind === 'year') {
      for (const row of hotRows(counted, grid, found, family, shared)) history.push(row);
    }
  }
  return { cells, history, periods };
}

function periodsOf({ firstMonth, lastMonth }: WholePeriods, months: boolean): readonly SurfacePeriod[] {
  const recent = Math.max(firstMonth, lastMonth - RECENT_MONTHS + 1);
  const periods: SurfacePeriod[] = [
    { kind: 'recent', text: spanText(recent, lastMonth), from: recent, to: lastMonth },
  ];
  for (let year = Math.ceil(firstMonth / 12); year * 12 + 11 <= lastMonth; year += 1) {
    periods.push({ kind: 'year', text: String(year), from: year * 12, to: year * 12 + 11 });
  }
  for (let month = firstMonth; months && month <= lastMonth; month += 1) {
    periods.push({ kind: 'month', text: monthText(month), from: month, to: month });
  }
  return periods;
}

/** Keeps what may be a discovery: no q-value is below its p-value. */
function testCells(counts: Float64Array, grid: CellGrid): Candidates | NotEnoughData {
  const tested = testSurface(counts, grid);
  if (tested.kind !== 'tested') return tested;
  const { z, p } = tested;
  let kept = 0;
  for (let i = 0; i < p.length; i += 1) if ((p[i] ?? 1) <= DISCOVERY_RATE) kept += 1;
  const candidates = { cells: new Int32Array(kept), z: new Float64Array(kept), p: new Float64Array(kept) };
  let at = 0;
  for (let i = 0; i < p.length; i += 1) {
    if (!((p[i] ?? 1) <= DISCOVERY_RATE)) continue;
    candidates.cells[at] = i;
    candidates.z[at] = z[i] ?? 0;
    candidates.p[at] = p[i] ?? 1;
    at += 1;
  }
  return candidates;
}

function discoveriesOf(tested: readonly TestedTarget[], grid: CellGrid): FalseDiscoveries {
  const families = tested.flatMap(({ candidates }) => ('p' in candidates ? [candidates.p] : []));
  const kept = families.reduce((sum, { length }) => sum + length, 0);
  return falseDiscoveries(families, families.length * grid.cells.length - kept);
}

interface Decided {
  /** Undefined where the surface was not tested. */
  readonly classes: ReadonlyMap<number, { readonly heat: HeatClass; readonly z: number; readonly p: number }>;
  readonly isCore: Uint8Array;
}

function decide(
  candidates: Candidates | NotEnoughData,
  counts: Float64Array,
  grid: CellGrid,
  cutOff: number,
): Decided | undefined {
  if (!('p' in candidates)) return undefined;
  const isHot = new Uint8Array(counts.length);
  const classes = new Map<number, { heat: HeatClass; z: number; p: number }>();
  for (const [at, cell] of candidates.cells.entries()) {
    const [z, p] = [candidates.z[at] ?? 0, candidates.p[at] ?? 1];
    const heat = heatClass(z, p, cutOff);
    if (heat === 'not significant') continue;
    classes.set(cell, { heat, z, p });
    if (heat === 'hot') isHot[cell] = 1;
  }
  return { classes, isCore: markCores(counts, isHot, grid) };
}

function concentration(counts: Float64Array, { areasKm2 }: CellGrid): ResultRow {
  const curve = concentrationCurve(counts, areasKm2);
  const plain = gini(counts);
  let [incidents, held] = [0, 0];
  for (let i = 0; i < counts.length; i += 1) {
    incidents += counts[i] ?? 0;
    if ((counts[i] ?? 0) > 0) held += 1;
  }
  return {
    incidents,
    cells: counts.length,
    cells_with_incidents: held,
    gini: known(plain),
    gini_generalised: plain === undefined ? null : generaliseGini(plain, counts),
    area_share_of_quarter: curve ? areaShareHolding(curve, 0.25) : null,
    area_share_of_half: curve ? areaShareHolding(curve, 0.5) : null,
  };
}

function heat(found: Decided | undefined, counts: Float64Array): ResultRow {
  if (found === undefined) return { hot_cells: null, core_cells: null, cold_cells: null, hot_share: null };
  let [hot, cold, inside, core] = [0, 0, 0, 0];
  for (const [cell, { heat: one }] of found.classes) {
    if (one === 'cold') cold += 1;
    else {
      hot += 1;
      inside += counts[cell] ?? 0;
      core += found.isCore[cell] ?? 0;
    }
  }
  const incidents = counts.reduce((sum, count) => sum + count, 0);
  return {
    hot_cells: hot,
    core_cells: core,
    cold_cells: cold,
    hot_share: incidents === 0 ? null : inside / incidents,
  };
}

/** The cells of the recent period with incidents, or with a Gi* that stands out. */
function recentRows(
  counts: Float64Array,
  grid: CellGrid,
  found: Decided | undefined,
  family: FalseDiscoveries,
  shared: ResultRow,
): ResultRow[] {
  const tested = found === undefined ? undefined : testSurface(counts, grid);
  const rows: ResultRow[] = [];
  for (const [place, cell] of grid.cells.entries()) {
    const incidents = counts[place] ?? 0;
    if (incidents === 0 && !found?.classes.has(place)) continue;
    const [latitude, longitude] = cellToLatLng(cell);
    rows.push({
      ...shared,
      h3: cell,
      latitude,
      longitude,
      area_km2: grid.areasKm2[place] ?? null,
      is_edge: grid.isEdge[place] === 1,
      incidents,
      ...(tested?.kind === 'tested' &&
        giStarValues(tested.z[place] ?? 0, tested.p[place] ?? 1, place, found, family)),
    });
  }
  return rows;
}

/** The hot cells of a year. */
function hotRows(
  counts: Float64Array,
  grid: CellGrid,
  found: Decided | undefined,
  family: FalseDiscoveries,
  shared: ResultRow,
): ResultRow[] {
  return [...(found?.classes ?? [])].flatMap(([place, { heat: one, z, p }]) =>
    one === 'hot'
      ? [
          {
            ...shared,
            h3: grid.cells[place] ?? null,
            incidents: counts[place] ?? 0,
            ...giStarValues(z, p, place, found, family),
          },
        ]
      : [],
  );
}

function giStarValues(
  z: number,
  p: number,
  place: number,
  found: Decided | undefined,
  family: FalseDiscoveries,
): ResultRow {
  return {
    gi_star: z,
    p_analytic: Math.min(1, 2 * normalCdf(-Math.abs(z))),
    p_permutation: p,
    q: p <= DISCOVERY_RATE ? family.q(p) : null,
    class: found?.classes.get(place)?.heat ?? 'not significant',
    is_core: found?.isCore[place] === 1,
  };
}
