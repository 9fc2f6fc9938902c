// Reports what prediction by place is worth on simulated cities, and how often it stays silent on noise. See README.md.
import { Random } from '../../packages/analysis-kit/dist/index.js';
import { METHODS } from '../../packages/hotspots/dist/prediction/methods.js';
import { predictPlaces } from '../../packages/hotspots/dist/prediction/predict-places.js';
import { simulateWorld, testingGrid } from '../../packages/hotspots/dist/prediction/testing-worlds.js';
import { readOptions, table } from './options.mjs';

const options = readOptions({
  radius: 51,
  weeks: 730,
  seeds: 3,
  'first-seed': 1,
  noise: 40,
  rows: 1_000_000,
});
const MIXED = { spread: 1.2, drift: 0.2, repeats: 0.25, season: 0.2, localSeason: 0.3, trend: -0.03 };
const WORLDS = [
  { name: 'rates that stay, 200 a week', weekly: 200, spread: 1.2 },
  { name: 'rates that stay, 30 a week', weekly: 30, spread: 1.2 },
  { name: 'rates that drift, 200 a week', weekly: 200, spread: 1.2, drift: 0.3 },
  { name: 'near repeats, 200 a week', weekly: 200, spread: 1.2, drift: 0.1, repeats: 0.35 },
  { name: 'everything, 200 a week', weekly: 200, ...MIXED },
  { name: 'everything, 30 a week', weekly: 30, ...MIXED },
];
const problems = [];
const grid = testingGrid(options.radius);
const predict = (of, world, seed, weeks) => {
  const events = simulateWorld(of, { weeks, ...world }, seed);
  const start = performance.now();
  const answer = predictPlaces({ grid: of, events, random: new Random(seed, 'prediction') });
  if (answer.kind !== 'place-predictions') throw new Error(`${world.name}: ${answer.reason}`);
  return { ...answer, ms: performance.now() - start };
};
const number = (value, digits = 3) => Number(value.toFixed(digits));
const range = ({ value, lower, upper }, digits = 2) =>
  `${value.toFixed(digits)} (${lower.toFixed(digits)}–${upper.toFixed(digits)})`;

console.log(`${grid.cells.length} cells, ${options.weeks} weeks\n`);
const rows = [];
const gains = [];
for (const { name, ...world } of WORLDS) {
  const shown = new Map();
  for (let seed = options['first-seed']; seed < options['first-seed'] + options.seeds; seed++) {
    const { horizons } = predict(grid, world, seed, options.weeks);
    for (const { horizon, method, scores, verdict, testIncidents } of horizons) {
      const key = `${horizon} ${method}`;
      shown.set(key, (shown.get(key) ?? 0) + 1);
      gains.push([name, seed, horizon, method, verdict.gain]);
      if (!verdict.beatsEvenChance) problems.push(`${name}, seed ${seed}: not told apart from even chance`);
      const gain = scores[method].budgets[0].gain.pai;
      if (!(gain.lower >= 0)) problems.push(`${name}, seed ${seed}: what is shown is not sure to be as good`);
      if (seed > options['first-seed']) continue;
      for (const of of METHODS) {
        const [patrol, , half] = scores[of].budgets;
        rows.push([
          ...[name, horizon, testIncidents, of, of === method ? 'shown' : ''],
          ...[range(patrol.pai), range(patrol.pei, 3), range(patrol.gain.pai)],
          ...[range(half.pai), range(half.pei, 3), number(half.peiStar)],
          ...[number(patrol.rri ?? Number.NaN, 2), number(scores[of].auc)],
        ]);
      }
    }
  }
}
console.log(
  table(
    [
      ...['world', 'weeks ahead', 'incidents', 'method', ''],
      ...['PAI, 1 % of cells', 'PEI', 'PAI − retrospective', 'PAI, .5 sq mi', 'PEI', 'PEI*', 'RRI', 'AUC'],
    ],
    rows,
  ),
);
console.log(
  `\n${table(
    ['world', 'seed', 'weeks ahead', 'shown', 'hit rate − retrospective, %'],
    gains.map(([name, seed, horizon, method, { value, lower, upper }]) => [
      ...[name, seed, horizon, method],
      range({ value: 100 * value, lower: 100 * lower, upper: 100 * upper }),
    ]),
  )}`,
);

if (options.noise > 0) {
  const small = testingGrid(9);
  const lines = [3, 12, 60, 300].map((weekly) => {
    let models = 0;
    let notEven = 0;
    for (let seed = 1; seed <= options.noise; seed++) {
      const { horizons } = predict(small, { name: 'noise', weekly }, seed, 312);
      if (horizons.some(({ method }) => method !== 'retrospective')) models++;
      if (horizons.some(({ verdict }) => verdict.beatsEvenChance)) notEven++;
    }
    // Two standard errors above a share of 5 %.
    const allowed = options.noise * 0.05 + 2 * Math.sqrt(options.noise * 0.05 * 0.95);
    if (models > allowed)
      problems.push(`noise, ${weekly} a week: a model is shown in ${models} of ${options.noise}`);
    return [weekly, options.noise, models, notEven];
  });
  console.log(`\nNoise, ${small.cells.length} cells, 312 weeks`);
  console.log(table(['incidents a week', 'seeds', 'a model is shown', 'said to beat even chance'], lines));
}

if (options.rows > 0) {
  const weekly = options.rows / options.weeks;
  const times = [1, 2, 3].map(
    () => predict(grid, { name: 'speed', weekly, ...MIXED, trend: 0 }, 1, options.weeks).ms,
  );
  console.log(
    `\nAbout ${options.rows} incidents, all methods and horizons: ${Math.round(Math.min(...times))} ms, the least of three`,
  );
}
if (problems.length > 0) {
  console.error(`\n${problems.join('\n')}`);
  process.exit(1);
}
