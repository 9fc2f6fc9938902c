import type { Interval } from '@crimetracker/analysis-kit';
import type { HorizonBacktest } from './backtest.js';
import type { BlockDraws } from './block-bootstrap.js';
import { drawnInterval } from './block-bootstrap.js';
import type { Budget } from './budgets.js';
import type { Method } from './methods.js';
import { byMethod } from './methods.js';

/** A score with its 95 % interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

interface Measures {
  /** Share of the incidents that fell into the chosen cells. */
  readonly hitRate: Estimate;
  /** Hit rate ÷ share of the area; only to be compared at one size, as it grows without limit while the area shrinks. */
  readonly pai: Estimate;
  /** Hits ÷ hits of the best choice of the same size, made with hindsight in each window. */
  readonly pei: Estimate;
}

/** What a method was worth within a budget, over all weeks of the test year together. */
export interface BudgetScores extends Measures {
  readonly budget: Budget;
  /** Mean area chosen. */
  readonly areaKm2: number;
  /** PAI ÷ the largest PAI that hindsight could have had at any of the areas; undefined at the patrol budget. */
  readonly peiStar: number | undefined;
  /** Incidents expected in the chosen cells ÷ those that came; undefined when none came. */
  readonly rri: number | undefined;
  /** Search efficiency rate: hits per km² and week. */
  readonly ser: number;
  /** Score less that of the retrospective count, from the same draws. */
  readonly gain: Measures;
}

export interface MethodScores {
  /** The patrol budget, then the areas. */
  readonly budgets: readonly BudgetScores[];
  /** Area under the curve of hits by area over all cells, mean of the windows by incidents; ½ is even chance. */
  readonly auc: number;
}

/** A score as it came out, and in every draw of weeks. */
interface Drawn {
  readonly value: number;
  readonly draws: Float64Array;
}

const sumOf = (series: Float64Array): number => series.reduce((sum, value) => sum + value, 0);

/** Scores of every method in the test year of one horizon; `areaKm2` is the area of all cells. */
export function yearScores(
  { sheet }: HorizonBacktest,
  draws: BlockDraws,
  areaKm2: number,
): Readonly<Record<Method, MethodScores>> {
  const { budgets, incidents, best } = sheet;
  const weeks = incidents.length;
  const summed = (series: Float64Array): Drawn => ({ value: sumOf(series), draws: draws.sums(series) });
  const combine = (one: Drawn, other: Drawn, by: (a: number, b: number) => number): Drawn => ({
    value: by(one.value, other.value),
    draws: one.draws.map((value, draw) => by(value, other.draws[draw] as number)),
  });
  const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0);
  const estimate = ({ value, draws: values }: Drawn): Estimate => ({
    value,
    ...drawnInterval(value, values, draws.blocks),
  });

  const all = summed(incidents);
  const mostHits = best.map(summed);
  const mostPai = Math.max(
    ...budgets.flatMap((budget, place) =>
      budget.kind === 'area'
        ? [(ratio(mostHits[place]?.value ?? 0, all.value) * areaKm2) / budget.areaKm2]
        : [],
    ),
  );
  const measured = byMethod((method) =>
    sheet.methods[method].budgets.map(({ hits, areaShare }, place) => {
      const found = summed(hits);
      const hitRate = combine(found, all, ratio);
      const shares = summed(areaShare);
      return {
        found: found.value,
        areaShare: shares.value / weeks,
        hitRate,
        pai: combine(hitRate, shares, (rate, share) => ratio(rate * weeks, share)),
        pei: combine(found, mostHits[place] ?? all, ratio),
      };
    }),
  );

  return byMethod((method) => ({
    auc: ratio(sheet.methods[method].weightedAuc, all.value),
    budgets: measured[method].map(({ found, areaShare, hitRate, pai, pei }, place): BudgetScores => {
      const budget = budgets[place] as Budget;
      const base = measured.retrospective[place] as (typeof measured.retrospective)[number];
      const area = areaShare * areaKm2;
      const less = (ours: Drawn, theirs: Drawn): Estimate => estimate(combine(ours, theirs, (a, b) => a - b));
      return {
        budget,
        areaKm2: area,
        hitRate: estimate(hitRate),
        pai: estimate(pai),
        pei: estimate(pei),
        peiStar: budget.kind === 'area' ? ratio(pai.value, mostPai) : undefined,
        rri: found > 0 ? (sheet.methods[method].budgets[place]?.expected ?? 0) / found : undefined,
        ser: ratio(found, area * weeks),
        gain: {
          hitRate: less(hitRate, base.hitRate),
          pai: less(pai, base.pai),
          pei: less(pei, base.pei),
        },
      };
    }),
  }));
}
