import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { CellGrid } from '../cells/cell-grid.js';
import type { Budget } from './budgets.js';
import { AREA_BUDGETS, chooseTop, deepestOf } from './budgets.js';
import type { Horizon, Method, MethodSettings } from './methods.js';
import { byMethod, HORIZONS, placeForecaster } from './methods.js';
import { mixtureTraining, TRAINING_WEEKS } from './mixture-training.js';
import { placePast, YEAR_WEEKS } from './place-past.js';
import { cellRanking } from './rank-cells.js';
import type { ScoreSheet } from './score-sheet.js';
import { scoreSheet } from './score-sheet.js';
import type { TuningChoice } from './tuning.js';
import { methodTuning } from './tuning.js';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks, requireEvents } from './weekly-events.js';

const LEAST_TRAINING_WEEKS = 156;
const LEAST_WEEKS = LEAST_TRAINING_WEEKS + 2 * YEAR_WEEKS;
/** The mixture learns from weeks with at least two years before them. */
const FIRST_TRAINING_WEEK = 104;
/** Incidents that each of the last three years must hold. */
const LEAST_INCIDENTS = 50;

export interface BacktestInput {
  readonly grid: CellGrid;
  /** Whole weeks; the last one is the last that is complete. */
  readonly events: WeeklyEvents;
  /** Cells that patrols can be sent to at a time; 1 % of the cells by default. */
  readonly patrolCells?: number;
  /** Is shown every forecast of the test year; the values are overwritten afterwards. */
  readonly onForecast?: (method: Method, horizon: Horizon, week: number, expected: Float64Array) => void;
}

export interface HorizonBacktest extends TuningChoice {
  readonly horizon: Horizon;
  readonly sheet: ScoreSheet;
  /** Incidents each method expects by cell in the weeks after the last, from all weeks. */
  readonly next: Readonly<Record<Method, Float64Array>>;
  /** Weights of the mixture by tier, from all weeks. */
  readonly weights: readonly Float64Array[];
}

export interface PlaceBacktest {
  readonly kind: 'backtest';
  readonly patrolCells: number;
  readonly firstTestWeek: number;
  readonly horizons: readonly HorizonBacktest[];
}

/**
 * Forecasts two years as if they had not come yet: one to choose methods and settings by, the last to score them.
 *
 * Forecasts of 1, 4 and 13 weeks follow one another without gaps, each from the weeks before it alone. The weights of
 * the mixture are fitted before the tuning year, before the test year, and at the end, and stay as they are in between.
 * Too few weeks or incidents are a stated reason.
 */
export function backtestPlaces(input: BacktestInput): PlaceBacktest | NotEnoughData {
  const { grid, events, onForecast } = input;
  const { areasKm2 } = grid;
  const cells = areasKm2.length;
  const { patrolCells = Math.ceil(cells / 100) } = input;
  const where = 'backtestPlaces';
  requireArgument(cells > 0, where, 'the grid has cells');
  requireArgument(
    Number.isInteger(patrolCells) && patrolCells > 0 && patrolCells <= cells,
    where,
    `patrols are sent to 1 to ${cells} cells, got ${patrolCells}`,
  );
  requireEvents(events, cells, where);
  const weeks = events.weekStarts.length - 1;
  if (weeks < LEAST_WEEKS) {
    return notEnoughData(
      `${weeks} whole weeks are too few: ${LEAST_TRAINING_WEEKS} to learn from and a year each to choose and to test by are ${LEAST_WEEKS}.`,
    );
  }
  const testWeek = weeks - YEAR_WEEKS;
  const tuneWeek = testWeek - YEAR_WEEKS;
  const past = placePast(events, cells);
  const yearTotal = (from: number): number =>
    past.weekTotals.subarray(from, from + YEAR_WEEKS).reduce((sum, count) => sum + count, 0);
  const fewest = Math.min(yearTotal(tuneWeek - YEAR_WEEKS), yearTotal(tuneWeek), yearTotal(testWeek));
  if (fewest < LEAST_INCIDENTS) {
    return notEnoughData(
      `A year with ${fewest} incidents is too little to tell places apart; ${LEAST_INCIDENTS} are needed.`,
    );
  }

  const patrol: Budget = { kind: 'cells', cells: patrolCells };
  const budgets: readonly Budget[] = [patrol, ...AREA_BUDGETS];
  const forecaster = placeForecaster(grid, events, past);
  const ranking = cellRanking(areasKm2);
  const deepest = deepestOf([patrol], areasKm2);
  const observed = new Float64Array(cells);
  const runs = HORIZONS.map((horizon) => ({
    horizon,
    training: mixtureTraining(events, cells, horizon),
    tuning: methodTuning(),
    sheet: scoreSheet(grid, events, budgets, testWeek, YEAR_WEEKS),
    weights: [] as readonly Float64Array[],
    choice: undefined as TuningChoice | undefined,
  }));
  type Run = (typeof runs)[number];

  function hitsOf({ horizon }: Run, method: Method, settings: MethodSettings): number {
    const ranked = ranking(forecaster.forecast(method, horizon, settings), deepest);
    const { whole, touched, part } = chooseTop(ranked, areasKm2, patrol);
    let hits = 0;
    for (let top = 0; top < touched; top += 1) {
      hits += (top < whole ? 1 : part) * (observed[ranked.order[top] as number] as number);
    }
    return hits;
  }

  function tune(run: Run): void {
    observed.fill(0);
    addWeeks(events, past.week, past.week + run.horizon, observed);
    const incidents = observed.reduce((sum, count) => sum + count, 0);
    run.tuning.recordWindow(incidents, (method, settings) =>
      hitsOf(run, method, { ...settings, weights: run.weights }),
    );
  }

  function test({ horizon, sheet, choice, weights }: Run): void {
    if (choice === undefined) return;
    const settings = { ...choice.settings, weights };
    sheet.recordWindow(past.week, horizon, (method) => {
      const expected = forecaster.forecast(method, horizon, settings);
      onForecast?.(method, horizon, past.week, expected);
      return expected;
    });
  }

  const firstTraining = Math.max(FIRST_TRAINING_WEEK, tuneWeek - TRAINING_WEEKS);
  for (; ; past.advance()) {
    const { week } = past;
    for (const run of runs) {
      // Windows end with the years: 52 is a multiple of every horizon.
      if ((weeks - week) % run.horizon !== 0) continue;
      if (week === tuneWeek || week === testWeek || week === weeks) run.weights = run.training.fit(week);
      if (week === testWeek) run.choice = run.tuning.choose();
      if (week === weeks) continue;
      if (week >= testWeek) test(run);
      else if (week >= tuneWeek) tune(run);
      if (week >= firstTraining) run.training.collect(week, forecaster.mixtureAt(run.horizon));
    }
    if (week === weeks) break;
  }

  return {
    kind: 'backtest',
    patrolCells,
    firstTestWeek: testWeek,
    horizons: runs.map(({ horizon, tuning, choice = tuning.choose(), sheet, weights }) => ({
      horizon,
      ...choice,
      sheet,
      next: byMethod((method) =>
        forecaster.forecast(method, horizon, { ...choice.settings, weights }).slice(),
      ),
      weights,
    })),
  };
}
