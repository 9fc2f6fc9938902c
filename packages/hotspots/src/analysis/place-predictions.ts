import type { ResultRow } from '@crimetracker/analysis-kit';
import { known, Random } from '@crimetracker/analysis-kit';
import type { CellGrid } from '../cells/cell-grid.js';
import type { PeriodCounts } from '../counts/period-counts.js';
import type { Target } from '../counts/targets.js';
import { TARGETS } from '../counts/targets.js';
import type { PlacePrediction } from '../prediction/predict-places.js';
import { predictPlaces } from '../prediction/predict-places.js';
import type { WeeklyEvents } from '../prediction/weekly-events.js';
import { letOthersIn } from './let-others-in.js';
import type { WholePeriods } from './whole-periods.js';
import { mondayOf } from './whole-periods.js';

/** Only what people report is predicted: what police find follows where they look. */
const PREDICTED = TARGETS.filter(({ isReported }) => isReported);

export interface PredictionTables {
  readonly scores: readonly ResultRow[];
  readonly predictions: readonly ResultRow[];
}

/** Predicts every reported target by place, after a backtest. `counts` are by week. */
export async function predictionTables(
  grid: CellGrid,
  counts: PeriodCounts,
  calendar: WholePeriods,
  options: {
    readonly shared: ResultRow;
    readonly seed: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PredictionTables> {
  const scores: ResultRow[] = [];
  const predictions: ResultRow[] = [];
  for (const target of PREDICTED) {
    await letOthersIn(options.signal);
    const shared = { ...options.shared, target: target.name };
    const predicted = predictPlaces({
      grid,
      events: weeklyEvents(counts, target, calendar),
      random: new Random(options.seed, `${String(options.shared.source)}/${target.name}`),
      comparisons: PREDICTED.length,
    });
    if (predicted.kind === 'not-enough-data') {
      scores.push({ ...shared, reason: predicted.reason });
      continue;
    }
    for (const prediction of predicted.horizons) {
      for (const row of scoreRows(prediction, shared)) scores.push(row);
      for (const row of expectedRows(prediction, grid, shared)) predictions.push(row);
    }
  }
  return { scores, predictions };
}

/** The incidents of a target by week; those of one cell, category and week are one entry. */
function weeklyEvents(
  { starts, periods, places, incidents }: PeriodCounts,
  { categories }: Target,
  { firstWeek, lastWeek }: WholePeriods,
): WeeklyEvents {
  const weeks = Math.max(0, lastWeek - firstWeek + 1);
  const isWithin = (row: number): boolean => {
    const week = periods[row] ?? 0;
    return week >= firstWeek && week <= lastWeek;
  };
  const weekStarts = new Int32Array(weeks + 1);
  for (const category of categories) {
    for (let row = starts[category] ?? 0; row < (starts[category + 1] ?? 0); row += 1) {
      if (!isWithin(row)) continue;
      const next = (periods[row] ?? 0) - firstWeek + 1;
      weekStarts[next] = (weekStarts[next] ?? 0) + 1;
    }
  }
  for (let week = 1; week <= weeks; week += 1) {
    weekStarts[week] = (weekStarts[week] ?? 0) + (weekStarts[week - 1] ?? 0);
  }
  const entries = weekStarts[weeks] ?? 0;
  const cellOfEvent = new Int32Array(entries);
  const countOfEvent = new Int32Array(entries);
  const next = weekStarts.slice();
  for (const category of categories) {
    for (let row = starts[category] ?? 0; row < (starts[category + 1] ?? 0); row += 1) {
      if (!isWithin(row)) continue;
      const week = (periods[row] ?? 0) - firstWeek;
      const entry = next[week] ?? 0;
      next[week] = entry + 1;
      cellOfEvent[entry] = places[row] ?? 0;
      countOfEvent[entry] = incidents[row] ?? 0;
    }
  }
  return { firstMonday: mondayOf(firstWeek), weekStarts, cellOfEvent, countOfEvent };
}

function scoreRows(
  { horizon, method, description, verdict, scores }: PlacePrediction,
  shared: ResultRow,
): ResultRow[] {
  return Object.entries(scores).flatMap(([name, { budgets, auc }]) =>
    budgets.map(({ budget, areaKm2, hitRate, pai, pei, peiStar, rri, ser, gain }) => ({
      ...shared,
      horizon_weeks: horizon,
      method: name,
      budget: budget.kind === 'cells' ? 'patrol' : 'area',
      area_km2: areaKm2,
      hit_rate: hitRate.value,
      hit_rate_lower: hitRate.lower,
      hit_rate_upper: hitRate.upper,
      pai: pai.value,
      pai_lower: pai.lower,
      pai_upper: pai.upper,
      pei: pei.value,
      pei_star: known(peiStar),
      rri: known(rri),
      ser,
      auc,
      gain: gain.hitRate.value,
      gain_lower: gain.hitRate.lower,
      gain_upper: gain.hitRate.upper,
      is_shown: name === method,
      description: name === method ? description : null,
      beats_retrospective: verdict.beatsRetrospective,
      verdict: verdict.reason,
      reason: null,
    })),
  );
}

/** Cells with anything expected, by expected incidents a km². */
function expectedRows(
  { horizon, firstDay, lastDay, method, expected }: PlacePrediction,
  { cells, areasKm2 }: CellGrid,
  shared: ResultRow,
): ResultRow[] {
  const density = (place: number): number => (expected[place] ?? 0) / (areasKm2[place] ?? 1);
  return [...cells.keys()]
    .filter((place) => (expected[place] ?? 0) > 0)
    .sort((a, b) => density(b) - density(a) || a - b)
    .map((place, index) => ({
      ...shared,
      horizon_weeks: horizon,
      first_day: firstDay,
      last_day: lastDay,
      method,
      h3: cells[place] ?? null,
      rank: index + 1,
      expected: expected[place] ?? 0,
    }));
}
