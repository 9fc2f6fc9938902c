// Sums over forecasts with what came, and the table that backtest.mjs draws of them.

import { wilsonInterval } from '../../packages/analysis-kit/dist/statistics/wilson-interval.js';
import { pinballLoss } from '../../packages/trends/dist/forecasts/metrics.js';
import { table } from './options.mjs';

const QUANTILES = [
  ['p05', 0.05],
  ['p50', 0.5],
  ['p95', 0.95],
];

/** Collects series into groups; a group is one line of the table. */
export function createScores() {
  const groups = new Map();
  return {
    groups,
    /**
     * Adds one series at one horizon. `steps` are the forecasts shown, `seasonalNaive` the forecast to beat, `actual`
     * what came, `scale` the mean error of the seasonal naive forecast in training, `backtest` the MASE of both there.
     */
    add(name, { steps, seasonalNaive, actual, scale, isModel, method, backtest, hasStructure }) {
      const group = groups.get(name) ?? {
        ...{ series: 0, models: 0, methods: new Map(), hasStructure, forecasts: 0, actual: 0, error: 0 },
        ...{ mase: 0, naiveMase: 0, past: 0, naivePast: 0, pinball: [0, 0, 0], within50: 0, within90: 0 },
      };
      groups.set(name, group);
      group.series++;
      if (isModel) group.models++;
      group.methods.set(method, (group.methods.get(method) ?? 0) + 1);
      group.past += backtest.shown;
      group.naivePast += backtest.seasonalNaive;
      const mean = (errors) => errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const errors = steps.map((step, index) => Math.abs(step.mean - actual[index]));
      group.mase += mean(errors) / scale;
      group.naiveMase +=
        mean(steps.map((_, index) => Math.abs(seasonalNaive[index] - actual[index]))) / scale;
      for (const [index, step] of steps.entries()) {
        const count = actual[index];
        group.forecasts++;
        group.actual += count;
        group.error += errors[index];
        if (count >= step.p25 && count <= step.p75) group.within50++;
        if (count >= step.p05 && count <= step.p95) group.within90++;
        for (const [place, [key, probability]] of QUANTILES.entries())
          group.pinball[place] += pinballLoss(count, step[key], probability);
      }
    },
  };
}

export const skillOf = (group) => 1 - group.mase / group.naiveMase;
export const modelShareOf = (group) => group.models / group.series;
export const coverageOf = (group) => group.within90 / group.forecasts;

/** One line a group: what was shown, how well it did in the backtest and on counts it had not seen. */
export function drawScores(groups) {
  const percent = (share) => (Number.isNaN(share) ? '–' : Number((100 * share).toFixed(1)));
  return table(
    [
      ...['series of', 'number', 'model shown %', 'interval', 'skill in backtest %', 'skill after %', 'MASE'],
      ...['WAPE %', 'pinball .05 %', '.5 %', '.95 %', 'in 50 % interval', 'in 90 % interval'],
    ],
    [...groups].map(([name, group]) => {
      const { lower, upper } = wilsonInterval(group.models, group.series);
      return [
        name,
        group.series,
        percent(modelShareOf(group)),
        `${percent(lower)}–${percent(upper)}`,
        percent(1 - group.past / group.naivePast),
        percent(skillOf(group)),
        Number((group.mase / group.series).toFixed(3)),
        percent(group.error / group.actual),
        ...group.pinball.map((loss) => percent(loss / group.actual)),
        percent(group.within50 / group.forecasts),
        percent(coverageOf(group)),
      ];
    }),
  );
}

/** Which methods were shown how often. */
export const drawMethods = (groups) =>
  table(
    ['series of', 'methods shown'],
    [...groups].map(([name, { methods }]) => [
      name,
      [...methods]
        .sort((a, b) => b[1] - a[1])
        .map(([method, count]) => `${method} ${count}`)
        .join(', '),
    ]),
  );
