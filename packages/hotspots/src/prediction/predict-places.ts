import type { NotEnoughData, Random } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf, requireArgument } from '@crimetracker/analysis-kit';
import type { BacktestInput, HorizonBacktest } from './backtest.js';
import { backtestPlaces } from './backtest.js';
import { blockDraws } from './block-bootstrap.js';
import type { GateVerdict } from './gate.js';
import { judgeHorizon } from './gate.js';
import type { Horizon, Method } from './methods.js';
import { HORIZONS, PRO_MAP_RINGS, PRO_MAP_TIMES } from './methods.js';
import { HALF_LIVES, YEAR_WEEKS } from './place-past.js';
import { COMPONENTS } from './place-shares.js';
import type { MethodScores } from './year-scores.js';
import { yearScores } from './year-scores.js';

export interface PredictPlacesInput extends BacktestInput {
  /** Draws the weeks of the bootstrap. */
  readonly random: Random;
  /** Forecasts that are told together, for how sure the gate must be; the three horizons by default. */
  readonly comparisons?: number;
}

/** A forecast of one horizon with what it has shown itself to be worth. */
export interface PlacePrediction {
  readonly horizon: Horizon;
  /** First and last day of the weeks that are forecast. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly method: Method;
  /** What the method does, with its settings. */
  readonly description: string;
  /** Expected recorded incidents in each cell, all weeks together. */
  readonly expected: Float64Array;
  readonly verdict: GateVerdict;
  /** Share of the incidents of the tuning year found by each method at its best. */
  readonly tuningHitRates: Readonly<Record<Method, number>>;
  /** Incidents of the test year. */
  readonly testIncidents: number;
  /** Scores in the test year, of every method. */
  readonly scores: Readonly<Record<Method, MethodScores>>;
}

export interface PlacePredictions {
  readonly kind: 'place-predictions';
  /** Cells of the patrol budget. */
  readonly patrolCells: number;
  /** First day of the test year. */
  readonly firstTestDay: string;
  readonly horizons: readonly PlacePrediction[];
}

/** What a method does, in one sentence. */
function describe({ settings, weights }: HorizonBacktest, method: Method): string {
  switch (method) {
    case 'retrospective':
      return 'Incidents of the last 52 weeks in each cell, scaled to the expected total.';
    case 'decay':
      return `Incidents in each cell, each of which loses half its weight in ${HALF_LIVES[settings.decay]} weeks, scaled to the expected total.`;
    case 'pro-map':
      return `Incidents in and around each cell, weighted by 1 ÷ ((1 + rings/${PRO_MAP_RINGS[settings.proMapRings]}) (1 + weeks/${PRO_MAP_TIMES[settings.proMapTime]})) up to two rings and 52 weeks, scaled to the expected total.`;
    case 'mixture': {
      const shares = COMPONENTS.map((component, k) => ({
        component,
        share: weights.reduce((sum, ofTier) => sum + (ofTier[k] as number), 0),
      }));
      const largest = shares.toSorted((a, b) => b.share - a.share).slice(0, 3);
      const named = largest.map(({ component, share }) => `${component} (${(100 * share).toFixed(0)} %)`);
      return `Decayed counts of each cell and of those around it, the season of earlier years and an even share, weighted as made the last five years most likely and scaled to the expected total; most weight have: ${named.join('; ')}.`;
    }
  }
}

/**
 * Expects incidents by cell in the next 1, 4 and 13 weeks, by a method that has earned its place.
 *
 * A method is shown where it beat the retrospective count in the last 52 weeks, which took no part in any choice;
 * elsewhere the retrospective count is shown and the verdict says so. Then everything is fitted again to all weeks.
 * Expected are recorded incidents. Give it crimes that victims report, not those that police find where they look.
 * Fewer than 260 whole weeks, or a year with fewer than 50 incidents, are a stated reason.
 */
export function predictPlaces(input: PredictPlacesInput): PlacePredictions | NotEnoughData {
  const { grid, events, random, comparisons = HORIZONS.length } = input;
  requireArgument(comparisons >= 1, 'predictPlaces', `there is at least one comparison, got ${comparisons}`);
  const backtest = backtestPlaces(input);
  if (backtest.kind === 'not-enough-data') return backtest;
  const cells = grid.cells.length;
  const areaKm2 = grid.areasKm2.reduce((sum, area) => sum + area, 0);
  const firstMonday = dayIndexOf(events.firstMonday) ?? Number.NaN;
  const dayOf = (week: number, day = 0): string => isoDateOf(firstMonday + 7 * week + day);
  const weeks = events.weekStarts.length - 1;
  const draws = blockDraws(YEAR_WEEKS, random);
  return {
    kind: 'place-predictions',
    patrolCells: backtest.patrolCells,
    firstTestDay: dayOf(backtest.firstTestWeek),
    horizons: backtest.horizons.map((run): PlacePrediction => {
      const verdict = judgeHorizon(run, draws, cells, comparisons);
      return {
        horizon: run.horizon,
        firstDay: dayOf(weeks),
        lastDay: dayOf(weeks + run.horizon, -1),
        method: verdict.shown,
        description: describe(run, verdict.shown),
        expected: run.next[verdict.shown],
        verdict,
        tuningHitRates: run.hitRates,
        testIncidents: run.sheet.incidents.reduce((sum, count) => sum + count, 0),
        scores: yearScores(run, draws, areaKm2),
      };
    }),
  };
}
