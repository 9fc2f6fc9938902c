// Holds detectors and statistics of packages/trends against R's surveillance and Python's SciPy and statsmodels on
// simulated series. See README.md. Needs the Debian packages r-cran-surveillance, python3-statsmodels, python3-scipy.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benjaminiHochberg } from '../../packages/analysis-kit/dist/statistics/benjamini-hochberg.js';
import * as distributions from '../../packages/analysis-kit/dist/statistics/distributions.js';
import { kendallTauB } from '../../packages/analysis-kit/dist/statistics/kendall-rank.js';
import { poissonInterval } from '../../packages/analysis-kit/dist/statistics/poisson-interval.js';
import { poissonMeansTest } from '../../packages/analysis-kit/dist/statistics/poisson-means-test.js';
import { fitQuasiPoisson } from '../../packages/analysis-kit/dist/statistics/quasi-poisson-regression.js';
import {
  detectByFarrington,
  detectByFarringtonFlexible,
} from '../../packages/trends/dist/anomalies/farrington.js';
import { findSamePeriods, findSameWeeks } from '../../packages/trends/dist/anomalies/reference-periods.js';
import { detectRobustResiduals } from '../../packages/trends/dist/anomalies/robust-residual.js';
import { decomposeStl } from '../../packages/trends/dist/series/stl.js';
import { createSimulator } from '../../packages/trends/dist/series/testing-simulate.js';
import { readOptions, table } from './options.mjs';

const PYTHON = '/usr/bin/python3';
const options = readOptions({ series: 60, months: 12, seed: 1 });
for (const [program, args] of [
  ['Rscript', ['-e', 'library(surveillance)']],
  [PYTHON, ['-c', 'import scipy, statsmodels']],
]) {
  if (spawnSync(program, args).status === 0) continue;
  console.log(`Not compared: ${program} with surveillance, or SciPy and statsmodels, is not installed.`);
  process.exit(0);
}

const simulate = createSimulator(options.seed);
const weeks = 365;
const series = Object.fromEntries(
  Array.from({ length: options.series }, (_, i) => [`s${i}`, simulate.counts(weeks, 52, i)]),
);
const months = Object.fromEntries(
  Array.from({ length: options.months }, (_, i) => [`m${i}`, simulate.counts(96, 12, i)]),
);
const base = {
  file: 'series',
  algorithm: 'flexible',
  dated: 'false',
  b: 5,
  w: 3,
  alpha: 0.05,
  trend: 'true',
  reweight: 'true',
  power: '2/3',
  parts: 1,
  past: 3,
  trend_p: 0.05,
  method: 'delta',
};
const settings = [
  { ...base, name: 'original', algorithm: 'original' },
  {
    ...base,
    name: 'original, no trend, √',
    algorithm: 'original',
    trend: 'false',
    power: '1/2',
    alpha: 0.01,
  },
  { ...base, name: 'delta' },
  { ...base, name: 'delta, no reweighting', reweight: 'false' },
  { ...base, name: 'delta, 10 parts', parts: 10, past: 26, trend_p: 1 },
  { ...base, name: 'nbPlugin, 10 parts', parts: 10, past: 26, trend_p: 1, method: 'nbPlugin', alpha: 0.01 },
  { ...base, name: 'muan, 10 parts', parts: 10, past: 26, method: 'muan' },
  { ...base, name: 'nbPlugin, dates', parts: 10, past: 26, method: 'nbPlugin', dated: 'true' },
  { ...base, name: 'months, delta', file: 'months', w: 1, past: 1 },
];
const random = simulate.random;
const whole = (below) => Math.floor(random() * below);
const tails = [0.0005, 0.005, 0.025, 0.05, 0.5, 0.9, 0.975, 0.999];
const many = (make, count = 200) => Array.from({ length: count }, make);
const cases = {
  // Exposures are powers of 2: for others SciPy computes the observed extreme in another way than the rest, so that
  // rounding may drop the observed outcome itself from the sum (seen: 2e-6 of a p-value, SciPy 1.10).
  poissonMeansTest: many(() => [whole(300), 2 ** whole(3), whole(300), 2 ** whole(3)], 60),
  poissonInterval: many(() => whole(10 ** (1 + whole(5)))),
  benjaminiHochberg: many(() => many(() => random() ** 2, 40), 50),
  poissonQuantile: many(() => [tails[whole(8)], 10 ** (random() * 6 - 1)]),
  poissonUpperTail: many(() => {
    const mean = 10 ** (random() * 5);
    return [Math.round(mean + (random() * 12 - 4) * Math.sqrt(mean)), mean];
  }),
  negativeBinomialQuantile: many(() => [tails[whole(8)], 10 ** (random() * 4 - 1), 0.05 + 0.9 * random()]),
  negativeBinomialUpperTail: many(() => [whole(200), 10 ** (random() * 3 - 1), 0.05 + 0.9 * random()]),
  normalQuantile: many(() => 10 ** (-12 * random())),
  kendallTauB: many(() => [many(() => whole(9), 20), many(() => whole(9), 20)], 50),
};

const folder = await mkdtemp(join(tmpdir(), 'crimetracker-detectors-'));
const csv = (columns) => {
  const names = Object.keys(columns);
  const rows = columns[names[0]].map((_, i) => names.map((name) => columns[name][i]).join(','));
  return [names.join(','), ...rows, ''].join('\n');
};
await writeFile(join(folder, 'series.csv'), csv(series));
await writeFile(join(folder, 'months.csv'), csv(months));
const keys = Object.keys(settings[0]);
await writeFile(
  join(folder, 'settings.csv'),
  csv(Object.fromEntries(keys.map((key) => [key, settings.map((row) => `"${row[key]}"`)]))),
);
await writeFile(join(folder, 'cases.json'), JSON.stringify(cases));
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
execFileSync('Rscript', [script('farrington.R'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });
execFileSync(PYTHON, ['-W', 'ignore', script('detectors.py'), folder], { stdio: 'inherit' });
const fromR = await readFile(join(folder, 'farrington.csv'), 'utf8');
const fromPython = JSON.parse(await readFile(join(folder, 'python.json'), 'utf8'));
await rm(folder, { recursive: true });

const lines = new Map();
/** Notes a pair of numbers; differences are relative above 1. */
function compare(method, quantity, ours, theirs, where) {
  const key = `${method}|${quantity}`;
  const line = lines.get(key) ?? {
    method,
    quantity,
    compared: 0,
    largest: 0,
    where: '',
    ours: '',
    theirs: '',
  };
  lines.set(key, line);
  line.compared += 1;
  const difference = Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs));
  if (!(difference <= line.largest)) Object.assign(line, { largest: difference, where, ours, theirs });
}

const starts = Array.from({ length: weeks }, (_, i) =>
  new Date(Date.UTC(2015, 0, 5 + 7 * i)).toISOString().slice(0, 10),
);
const started = performance.now();
let judged = 0;
/** Reweighted settings with trend: how often it is kept with right standard errors, and with those of R. */
const kept = { judged: 0, ours: 0, theirs: 0 };
for (const line of fromR.trim().split('\n').slice(1)) {
  const cells = line.match(/"[^"]*"|[^,]+/g).map((cell) => cell.replaceAll('"', ''));
  const [name, settingName, at, expected, upper, dispersion, upperTail, trend, alarm] = cells;
  const setting = settings.find((candidate) => candidate.name === settingName);
  const counts = (setting.file === 'series' ? series : months)[name];
  const index = Number(at) - 1;
  const references =
    setting.dated === 'true'
      ? findSameWeeks(starts, index, setting.b)
      : findSamePeriods(index, setting.file === 'series' ? 52 : 12, setting.b);
  const common = {
    w: setting.w,
    alpha: setting.alpha,
    trend: setting.trend === 'true',
    reweight: setting.reweight === 'true',
    power: setting.power,
  };
  const detect = setting.algorithm === 'original' ? detectByFarrington : detectByFarringtonFlexible;
  const verdict = detect(
    { counts, at: index, references },
    {
      ...common,
      noPeriods: setting.parts,
      pastWeeksNotIncluded: setting.past,
      pThresholdTrend: setting.trend_p,
      thresholdMethod: setting.method,
      standardErrors: 'surveillance',
    },
  );
  judged += 1;
  if (verdict.kind === 'ok' && settingName === 'delta') {
    const ours = detect({ counts, at: index, references }, common);
    kept.judged += 1;
    kept.ours += ours.kind === 'ok' && ours.trend !== undefined ? 1 : 0;
    kept.theirs += verdict.trend === undefined ? 0 : 1;
  }
  const where = `${name} at ${at}`;
  if (verdict.kind !== 'ok') {
    compare(settingName, `not judged by us: ${verdict.reason}`, upper === 'NA' ? 0 : Number.NaN, 0, where);
    continue;
  }
  if (expected !== 'NA') compare(settingName, 'expected', verdict.expected, Number(expected), where);
  if (upper !== 'NA') compare(settingName, 'upper', verdict.upper, Number(upper), where);
  if (dispersion !== 'NA') compare(settingName, 'dispersion', verdict.dispersion, Number(dispersion), where);
  if (upperTail !== 'NA' && verdict.observed > verdict.expected && Number(upperTail) < 0.4) {
    compare(settingName, 'p', verdict.pValue, 2 * Number(upperTail), where);
  }
  compare(
    settingName,
    'has a trend',
    verdict.trend === undefined ? 0 : 1,
    trend === 'NA' ? 0 : Number(trend),
    where,
  );
  compare(settingName, 'alarm above', verdict.alarm === 'above' ? 1 : 0, Number(alarm), where);
}
const farringtonMs = (performance.now() - started) / judged;

for (const [name, counts] of Object.entries(series)) {
  const logarithms = counts.map((count) => Math.log1p(count));
  // Where most counts are 0 the median remainder, which scales the robust weights, shrinks towards 0 and the rounds
  // blow rounding up: both programs then end anywhere within some hundredths. Such series are compared without weights.
  const isSparse = counts.filter((count) => count === 0).length > counts.length / 2;
  for (const robust of isSparse ? [false] : [false, true]) {
    const { seasonal, trend, weights } = decomposeStl(logarithms, { period: 52, seasonal: 11, robust });
    const theirs = fromPython.stl[`${name}/${robust ? 'True' : 'False'}`];
    for (const [j, part] of [seasonal, trend, weights].entries()) {
      const label = ['seasonal', 'trend', 'weights'][j];
      for (const [i, value] of part.entries())
        compare(`STL${robust ? ', robust' : ''}`, label, value, theirs[j][i], name);
    }
  }
  const residuals = detectRobustResiduals(counts, {
    period: 52,
    seasonal: 11,
    seasonalDegree: 1,
    transform: 'log1p',
  });
  if (residuals.kind === 'ok') {
    for (const [i, score] of residuals.scores.entries()) {
      compare('robust residual', 'score', score ?? 0, fromPython.residual[name][i], `${name} at ${i + 1}`);
    }
  }
  const time = counts.map((_, i) => i);
  const glm = fromPython.glm[name];
  const ours = fitQuasiPoisson({
    response: counts,
    columns: [
      time.map(() => 1),
      time.map((t) => t / 52),
      time.map((t) => Math.sin((2 * Math.PI * t) / 52)),
      time.map((t) => Math.cos((2 * Math.PI * t) / 52)),
    ],
    tolerance: 1e-13,
  });
  if (ours.kind !== 'ok' || typeof glm === 'string') {
    console.log(`Not compared: regression of ${name}: ${ours.kind === 'ok' ? glm : ours.reason}`);
    continue;
  }
  for (const [j, value] of ours.coefficients.entries()) {
    compare('quasi-Poisson regression', 'coefficient', value, glm[0][j], name);
    compare('quasi-Poisson regression', 'error', Math.sqrt(ours.covariance[j][j]), glm[1][j], name);
  }
  compare('quasi-Poisson regression', 'dispersion', ours.dispersion, glm[2], name);
}

/** Tails are compared by their ratio, as they differ by orders of magnitude. */
function compareCases(method, ours, isTail = false) {
  for (const [i, args] of cases[method].entries()) {
    const [a, b] = [[ours(args)].flat(), [fromPython[method][i]].flat()];
    for (const [j, value] of a.entries()) {
      if (isTail) compare(method, 'relative', value / b[j], 1, JSON.stringify(args));
      else compare(method, 'value', value, b[j], JSON.stringify(args));
    }
  }
}
compareCases('poissonMeansTest', ([k1, n1, k2, n2]) =>
  poissonMeansTest({ count: k1, exposure: n1 }, { count: k2, exposure: n2 }),
);
compareCases('poissonInterval', (count) => Object.values(poissonInterval(count)));
compareCases('benjaminiHochberg', (ps) => benjaminiHochberg(ps));
compareCases('poissonQuantile', (args) => distributions.poissonQuantile(...args));
compareCases('poissonUpperTail', (args) => distributions.poissonUpperTail(...args), true);
compareCases('negativeBinomialQuantile', (args) => distributions.negativeBinomialQuantile(...args));
compareCases('negativeBinomialUpperTail', (args) => distributions.negativeBinomialUpperTail(...args), true);
compareCases('normalQuantile', (p) => distributions.normalQuantile(p));
compareCases('kendallTauB', ([a, b]) => kendallTauB(a, b));

const round = (value) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
const report = [...lines.values()];
console.log(
  table(
    ['method', 'quantity', 'compared', 'largest difference', 'ours', 'theirs', 'where'],
    report.map((line) => [
      line.method,
      line.quantity,
      line.compared,
      line.largest.toExponential(1),
      round(line.ours),
      round(line.theirs),
      line.where,
    ]),
  ),
);
console.log(`Farrington: ${farringtonMs.toFixed(2)} ms for one period of one series.`);
console.log(
  `Setting "delta": the trend is kept in ${kept.ours} of ${kept.judged} periods by our standard errors, ` +
    `in ${kept.theirs} by those of R (see standardErrors in farrington-regression.ts).`,
);
const beyond = report.filter(({ largest }) => !(largest < 1e-6));
if (beyond.length > 0) console.log(`${beyond.length} of ${report.length} lines differ by more than 1e-6.`);
process.exitCode = beyond.length > 0 ? 1 : 0;
