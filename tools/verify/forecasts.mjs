// Compares forecasts, accuracy and the Diebold–Mariano test with R's forecast package. See README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testingRandom } from '../../packages/analysis-kit/dist/testing/random.js';
import { baselineForecasts } from '../../packages/trends/dist/forecasts/baselines.js';
import { prepareSeries } from '../../packages/trends/dist/forecasts/count-series.js';
import { dieboldMariano } from '../../packages/trends/dist/forecasts/diebold-mariano.js';
import {
  fitSmoothing,
  forecastSmoothing,
  runSmoothing,
  smoothingVariances,
} from '../../packages/trends/dist/forecasts/exponential-smoothing.js';
import { forecastSeries } from '../../packages/trends/dist/forecasts/forecast-series.js';
import { pooledAccuracy, seasonalScale } from '../../packages/trends/dist/forecasts/metrics.js';
import { seasonalFactors } from '../../packages/trends/dist/forecasts/seasonal-factors.js';
import { fitSimpleSmoothing, forecastTheta } from '../../packages/trends/dist/forecasts/theta.js';
import { readOptions, table } from './options.mjs';

const options = readOptions({ monthly: 40, weekly: 30, losses: 20, noise: 0, speed: 0 });
const probe = spawnSync('Rscript', ['-e', 'library(forecast)'], { encoding: 'utf8' });
if (probe.status !== 0) {
  console.log('Skipped: R with the package forecast (Debian: r-cran-forecast) is not installed.');
  process.exit(0);
}

const HORIZON = 6;
const inputs = new Map();
for (let seed = 1; seed <= options.monthly; seed++) {
  const { normal, poisson, uniform } = testingRandom(seed);
  const level = Math.exp(2.5 + 5 * uniform());
  const depth = 0.1 + 0.3 * uniform();
  const length = 60 + 6 * (seed % 20);
  let walk = 0;
  const values = Array.from({ length: length + HORIZON }, (_, index) => {
    walk += 0.03 * normal();
    return poisson(level * Math.exp(walk) * (1 + depth * Math.sin((2 * Math.PI * index) / 12))) + 1;
  });
  inputs.set(`month ${seed}`, { kind: 'month', values });
}
for (let seed = 1; seed <= options.weekly; seed++) {
  const { normal, poisson, uniform } = testingRandom(1000 + seed);
  const level = Math.exp(1 + 5 * uniform());
  let walk = 0;
  const values = Array.from({ length: 156 + 13 * (seed % 30) + HORIZON }, () => {
    walk += 0.02 * normal();
    return poisson(level * Math.exp(walk));
  });
  inputs.set(`week ${seed}`, { kind: 'week', values });
}
for (let seed = 1; seed <= options.losses; seed++) {
  const { normal } = testingRandom(2000 + seed);
  const length = 30 + 5 * seed;
  const smooth = Array.from({ length: length + 3 }, () => normal());
  const loss = (extra) =>
    Array.from({ length }, (_, index) => (smooth[index] + smooth[index + 1] + extra + 0.5 * normal()) ** 2);
  inputs.set(`losses ${seed}`, { kind: 'losses', values: [...loss(0), ...loss(0.2)] });
}

const folder = mkdtempSync(join(tmpdir(), 'crimetracker-forecasts-'));
const theirs = new Map();
try {
  const lines = ['id,kind,value'];
  for (const [id, { kind, values }] of inputs)
    for (const value of values) lines.push(`${id},${kind},${value}`);
  writeFileSync(join(folder, 'in.csv'), `${lines.join('\n')}\n`);
  execFileSync(
    'Rscript',
    [fileURLToPath(new URL('forecast.R', import.meta.url)), join(folder, 'in.csv'), join(folder, 'out.csv')],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  for (const line of readFileSync(join(folder, 'out.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [id, name, , value] = line.replaceAll('"', '').split(',');
    const key = `${id}/${name}`;
    if (!theirs.has(key)) theirs.set(key, []);
    theirs.get(key).push(Number(value));
  }
} finally {
  rmSync(folder, { recursive: true });
}

const rows = new Map();
let stoppedEarly = 0;
/** Largest difference, relative to the size of the numbers compared. */
const compare = (name, limit, ours, expected) => {
  const row = rows.get(name) ?? { name, limit, series: 0, numbers: 0, largest: 0 };
  const size = Math.max(...expected.map(Math.abs), 1e-12);
  row.series++;
  for (const [index, value] of expected.entries()) {
    row.numbers++;
    const difference = Math.abs(ours[index] - value) / size;
    if (!(difference <= row.largest)) row.largest = difference;
  }
  rows.set(name, row);
};
/** One-sided: how much larger ours is; smaller is better. */
const compareSse = (name, ours, expected) => {
  const row = rows.get(name) ?? { name, limit: 1e-4, series: 0, numbers: 0, largest: 0, better: 0 };
  row.series++;
  row.numbers++;
  const excess = ours / expected - 1;
  if (excess < -1e-6) row.better++;
  row.largest = Math.max(row.largest, excess);
  rows.set(name, row);
};

for (const [id, { kind, values }] of inputs) {
  const r = (name) => theirs.get(`${id}/${name}`);
  if (kind === 'losses') {
    const half = values.length / 2;
    for (let h = 1; h <= 4; h++) {
      const test = dieboldMariano(values.slice(0, half), values.slice(half), h);
      if (test.usesBartlett) continue;
      compare('Diebold–Mariano, statistic', 1e-9, [test.statistic], r(`dm${h}`).slice(0, 1));
      compare('Diebold–Mariano, p-value', 1e-9, [test.pValue], r(`dm${h}`).slice(1));
    }
    continue;
  }
  const history = values.slice(0, -HORIZON);
  const end = history.length;
  const period = kind === 'month' ? 12 : 1;
  const shape = kind === 'month' ? 'ETS(A,Ad,A)' : 'ETS(A,Ad,N)';

  const [alpha, beta, gamma, phi] = r('ets_parameters');
  const parameters = { period, alpha, beta, gamma, phi };
  const [level, trend, ...newestFirst] = r('ets_state');
  const initial = { level, trend, season: newestFirst.reverse() };
  const errors = new Float64Array(end);
  const state = runSmoothing(history, end, parameters, initial, errors);
  const variances = smoothingVariances(parameters, HORIZON);
  const theirVariances = r('ets_variance');
  compare(`${shape}, same parameters: errors`, 1e-9, errors, r('ets_errors'));
  compare(
    `${shape}, same parameters: forecast`,
    1e-9,
    forecastSmoothing(state, parameters, HORIZON),
    r('ets_mean'),
  );
  compare(
    `${shape}, same parameters: variances`,
    1e-9,
    variances,
    theirVariances.map((value) => value / theirVariances[0]),
  );
  compareSse(`${shape}, own parameters: excess SSE`, fitSmoothing(history, end, period).sse, r('ets_sse')[0]);

  const adjusted = r('adjusted');
  const [sesAlpha, sesLevel, sesSse] = r('ses');
  const simple = fitSimpleSmoothing(adjusted, end);
  compareSse('Simple smoothing, own weight: excess SSE', simple.sse, sesSse);
  const theta = r('theta');
  const asTheirs = { alpha: sesAlpha, initialLevel: sesLevel, sse: sesSse };
  compare('Theta, same weight', 1e-9, forecastTheta(adjusted, end, asTheirs, HORIZON), theta);
  // Where R's optimiser stops before the smallest sum of squares, its weight is another and so is the forecast.
  const isSameOptimum = Math.abs(simple.sse / sesSse - 1) < 1e-8;
  if (isSameOptimum) compare('Theta, own weight', 1e-3, forecastTheta(adjusted, end, simple, HORIZON), theta);
  else stoppedEarly++;

  if (kind !== 'month') continue;
  const series = prepareSeries({ frequency: 'month', firstPeriod: '2010-01-01', counts: history }, HORIZON);
  for (const [name, key] of [
    ['Seasonal naive', 'snaive'],
    ['Drift', 'drift'],
    ['Mean', 'mean'],
    ['Naive', 'naive'],
  ]) {
    const baseline = key === 'snaive' ? 'seasonal-naive' : key;
    const path = baselineForecasts[baseline](series, end, HORIZON);
    compare(
      name,
      1e-9,
      path,
      r(key).map((value) => Math.max(0, value)),
    );
    if (key !== 'snaive') continue;
    const scale = seasonalScale(history, end, 12);
    const { mae, rmse, mase } = pooledAccuracy(values.slice(end), path, () => scale);
    compare('MAE, RMSE, MASE', 1e-9, [mae, rmse, mase], r('accuracy'));
  }
  const factors = seasonalFactors(series, end);
  const isSeasonal = factors.some((factor) => factor !== 1);
  if (!isSeasonal) continue;
  compare('Seasonal factors', 1e-9, factors.subarray(0, 12), r('figure'));
  // thetaf decides about the season by an autocorrelation; where it decided as we did, paths agree.
  const path = forecastTheta(adjusted, end, asTheirs, HORIZON).map(
    (value, step) => value * factors[end + step],
  );
  const expected = r('theta_seasonal');
  const row = rows.get('thetaf with season') ?? {
    name: 'thetaf with season',
    limit: 1e-9,
    series: 0,
    numbers: 0,
    largest: 0,
    other: 0,
  };
  const difference = Math.max(...expected.map((value, step) => Math.abs(path[step] / value - 1)));
  if (difference > 1e-3) row.other++;
  else {
    row.series++;
    row.numbers += HORIZON;
    row.largest = Math.max(row.largest, difference);
  }
  rows.set('thetaf with season', row);
}

const problems = [];
console.log(
  table(
    ['compared with R', 'series', 'numbers', 'largest relative difference', 'allowed', 'remark'],
    [...rows.values()].map(({ name, limit, series, numbers, largest, better, other }) => {
      if (!(largest <= limit)) problems.push(`${name}: ${largest} is over ${limit}`);
      let remark = '';
      if (better !== undefined) remark = `ours smaller in ${better}`;
      if (name === 'Theta, own weight') remark = `${stoppedEarly} left out where R stopped at a larger SSE`;
      if (other !== undefined) remark = `${other} left out where R saw no season`;
      return [name, series, numbers, largest.toExponential(1), limit.toExponential(0), remark];
    }),
  ),
);

if (options.noise > 0) {
  for (const [frequency, length, mean] of [
    ['week', 416, 40],
    ['week', 416, 2],
    ['week', 728, 0.1],
    ['month', 168, 40],
    ['month', 72, 3],
  ]) {
    let models = 0;
    for (let seed = 1; seed <= options.noise; seed++) {
      const { poisson } = testingRandom(31 * seed);
      const counts = Array.from({ length }, () => poisson(mean));
      const firstPeriod = frequency === 'week' ? '2010-01-04' : '2010-01-01';
      if (!forecastSeries({ frequency, firstPeriod, counts }).isBaseline) models++;
    }
    console.log(
      `noise, ${length} ${frequency}s of ${mean}: a model was shown in ${models} of ${options.noise}`,
    );
    if (models > 0.05 * options.noise) problems.push(`models shown on noise of ${mean} a ${frequency}`);
  }
}

if (options.speed > 0) {
  // 26 categories in two cities and 98 jurisdictions, weekly and monthly over 14 years.
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (let seed = 1; seed <= options.speed; seed++) {
    const { poisson, uniform } = testingRandom(seed);
    const level = Math.exp(-1 + 7 * uniform());
    const draw = (index, turn, times) =>
      poisson(
        times *
          level *
          (1 + 0.3 * Math.sin((2 * Math.PI * index) / turn)) *
          Math.exp(0.1 * Math.sin(index / (3 * turn))),
      );
    const weekly = Array.from({ length: 730 }, (_, index) => draw(index, 52.18, 1));
    const monthly = Array.from({ length: 168 }, (_, index) => draw(index, 12, 4.35));
    forecastSeries({ frequency: 'week', firstPeriod: '2010-01-04', counts: weekly });
    forecastSeries({ frequency: 'month', firstPeriod: '2010-01-01', counts: monthly });
  }
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${options.speed} series, weekly and monthly, backtested and forecast in ${((performance.now() - startedAt) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of one core)`,
  );
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
