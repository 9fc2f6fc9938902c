import type { CellGrid } from '../cells/cell-grid.js';
import type { Budget, Choice } from './budgets.js';
import { chooseTop, deepestOf } from './budgets.js';
import type { Method } from './methods.js';
import { byMethod, METHODS } from './methods.js';
import type { Ranking } from './rank-cells.js';
import { cellRanking } from './rank-cells.js';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks } from './weekly-events.js';

/** What a method found within a budget, week by week. */
interface BudgetRecord {
  readonly hits: Float64Array;
  /** Area chosen ÷ area of the city. */
  readonly areaShare: Float64Array;
  /** Incidents expected in the cells that were chosen, over all weeks. */
  expected: number;
}

interface MethodRecord {
  readonly budgets: readonly BudgetRecord[];
  /** Sum over windows of the area under the hit curve times the incidents of the window. */
  weightedAuc: number;
}

/** Everything that scores need, by week, for one year and one horizon. */
export interface ScoreSheet {
  readonly budgets: readonly Budget[];
  readonly incidents: Float64Array;
  /** Incidents that the best choice for the window would have found, by budget. */
  readonly best: readonly Float64Array[];
  readonly methods: Readonly<Record<Method, MethodRecord>>;
  /** Scores the forecasts of one window; each is scored before the next is asked for. */
  recordWindow(week: number, horizon: number, forecastBy: (method: Method) => Float64Array): void;
}

/** The area under the curve of incidents found by area, straight where cells are equal; in incidents times km². */
function areaUnderHits(ranking: Ranking, observed: Float64Array, areasKm2: Float64Array): number {
  const { order, length, densities } = ranking;
  let found = 0;
  let under = 0;
  for (let place = 0; place < length; ) {
    const density = densities[order[place] as number] as number;
    let area = 0;
    let count = 0;
    for (; place < length && densities[order[place] as number] === density; place += 1) {
      area += areasKm2[order[place] as number] as number;
      count += observed[order[place] as number] as number;
    }
    under += area * (found + count / 2);
    found += count;
  }
  return under;
}

/** An empty sheet for the weeks from `firstWeek` on. */
export function scoreSheet(
  grid: CellGrid,
  events: WeeklyEvents,
  budgets: readonly Budget[],
  firstWeek: number,
  weeks: number,
): ScoreSheet {
  const { areasKm2 } = grid;
  const cells = areasKm2.length;
  const area = areasKm2.reduce((sum, cell) => sum + cell, 0);
  const byDensity = cellRanking(areasKm2);
  const byCount = cellRanking(new Float64Array(cells).fill(1));
  const deepest = deepestOf(budgets, areasKm2);
  const observed = new Float64Array(cells);
  /** Place in the ranking plus one; 0 for cells outside every budget. */
  const placeOf = new Int32Array(cells);
  const incidents = new Float64Array(weeks);
  const best = budgets.map(() => new Float64Array(weeks));
  const records = byMethod(
    (): MethodRecord => ({
      budgets: budgets.map(() => ({
        hits: new Float64Array(weeks),
        areaShare: new Float64Array(weeks),
        expected: 0,
      })),
      weightedAuc: 0,
    }),
  );

  function addHits(
    week: number,
    order: Int32Array,
    choices: readonly Choice[],
    intoEach: readonly Float64Array[],
  ): void {
    const { weekStarts, cellOfEvent, countOfEvent } = events;
    const last = Math.max(...choices.map(({ touched }) => touched));
    for (let place = 0; place < last; place += 1) placeOf[order[place] as number] = place + 1;
    const end = weekStarts[week + 1] as number;
    for (let event = weekStarts[week] as number; event < end; event += 1) {
      const place = placeOf[cellOfEvent[event] as number] as number;
      if (place === 0) continue;
      const count = countOfEvent === undefined ? 1 : (countOfEvent[event] as number);
      for (let budget = 0; budget < choices.length; budget += 1) {
        const { whole, touched, part } = choices[budget] as Choice;
        if (place > touched) continue;
        const share = place <= whole ? 1 : part;
        const hits = intoEach[budget] as Float64Array;
        hits[week - firstWeek] = (hits[week - firstWeek] as number) + share * count;
      }
    }
    for (let place = 0; place < last; place += 1) placeOf[order[place] as number] = 0;
  }

  function recordMethod(method: Method, week: number, horizon: number, predicted: Float64Array): void {
    const record = records[method];
    const ranking = byDensity(predicted, cells);
    const { order } = ranking;
    const choices = budgets.map((budget) => chooseTop(ranking, areasKm2, budget));
    const hits = record.budgets.map((budget) => budget.hits);
    for (let step = week; step < week + horizon; step += 1) addHits(step, order, choices, hits);
    for (const [place, { whole, touched, part, areaKm2 }] of choices.entries()) {
      const budget = record.budgets[place] as BudgetRecord;
      budget.areaShare.fill(areaKm2 / area, week - firstWeek, week - firstWeek + horizon);
      for (let top = 0; top < touched; top += 1) {
        budget.expected += (top < whole ? 1 : part) * (predicted[order[top] as number] as number);
      }
    }
    record.weightedAuc += areaUnderHits(ranking, observed, areasKm2) / area;
  }

  return {
    budgets,
    incidents,
    best,
    methods: records,
    recordWindow(week, horizon, forecastBy) {
      observed.fill(0);
      addWeeks(events, week, week + horizon, observed);
      for (let step = week; step < week + horizon; step += 1) {
        const end = events.weekStarts[step + 1] as number;
        for (let event = events.weekStarts[step] as number; event < end; event += 1) {
          const count = events.countOfEvent?.[event] ?? 1;
          incidents[step - firstWeek] = (incidents[step - firstWeek] as number) + count;
        }
      }
      for (const kind of ['cells', 'area'] as const) {
        const places = budgets.flatMap((budget, place) => (budget.kind === kind ? [place] : []));
        if (places.length === 0) continue;
        const ranking = kind === 'cells' ? byCount(observed, deepest) : byDensity(observed, deepest);
        const choices = places.map((place) => chooseTop(ranking, areasKm2, budgets[place] as Budget));
        const into = places.map((place) => best[place] as Float64Array);
        for (let step = week; step < week + horizon; step += 1) addHits(step, ranking.order, choices, into);
      }
      for (const method of METHODS) recordMethod(method, week, horizon, forecastBy(method));
    },
  };
}
