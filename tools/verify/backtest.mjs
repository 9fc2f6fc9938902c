// Reports what forecasts are worth: on simulated series of known kinds and on a lake of synthetic files. See README.md.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRawFiles } from '../../packages/synthetic/dist/index.js';
import { DISCOVERED_BY_POLICE } from '../../packages/trends/dist/analyses/comparability.js';
import { baselineForecasts } from '../../packages/trends/dist/forecasts/baselines.js';
import {
  FREQUENCIES,
  FREQUENCY_PLANS,
  periodDate,
  prepareSeries,
} from '../../packages/trends/dist/forecasts/count-series.js';
import { forecastSeries } from '../../packages/trends/dist/forecasts/forecast-series.js';
import { seasonalScale } from '../../packages/trends/dist/forecasts/metrics.js';
import {
  periodsOfYears,
  SERIES_KINDS,
  simulateKind,
} from '../../packages/trends/dist/forecasts/testing-kinds.js';
import { command } from './command.mjs';
import {
  coverageOf,
  createScores,
  drawMethods,
  drawScores,
  modelShareOf,
  skillOf,
} from './forecast-scores.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({ series: 100, years: 12, rows: 1_000_000, 'first-seed': 1 });
/** Forecasts from a lake begin after this day; the half year that follows is held back. */
const CUT = '2023-06-30';
const problems = [];

/** Three points, and two standard errors of as many independent counts as there are series. */
function judgeCoverage(name, group) {
  const allowed = 0.03 + 2 * Math.sqrt(0.09 / group.series);
  const covered = coverageOf(group);
  // Whole numbers cannot leave out a tenth when most of them are 0 or 1.
  const isRare = group.actual < 3 * group.forecasts;
  if (covered < 0.9 - allowed || (!isRare && covered > 0.9 + allowed))
    problems.push(`${name}: the 90 % interval holds ${(100 * covered).toFixed(1)} % of the counts`);
}

function seasonalNaive(series, horizon) {
  const prepared = prepareSeries(series, horizon);
  const { values, frequency } = prepared;
  return {
    path: baselineForecasts['seasonal-naive'](prepared, values.length, horizon),
    scale: seasonalScale(values, values.length, FREQUENCY_PLANS[frequency].period)?.absolute,
  };
}

function simulated() {
  const scores = createScores();
  let skipped = 0;
  for (const { name, hasStructure } of SERIES_KINDS) {
    for (const frequency of FREQUENCIES) {
      const { horizons } = FREQUENCY_PLANS[frequency];
      for (let seed = options['first-seed']; seed < options['first-seed'] + options.series; seed++) {
        // Another place in the year each time, so that holidays do not fall on the same step.
        const { period } = FREQUENCY_PLANS[frequency];
        const length = periodsOfYears(frequency, options.years) + ((7 * seed) % period);
        const whole = simulateKind(name, frequency, length, seed);
        const past = { ...whole, counts: whole.counts.slice(0, length - horizons[2]) };
        const forecast = forecastSeries(past);
        if (forecast.kind !== 'forecast' || forecast.backtest === undefined) {
          skipped++;
          continue;
        }
        const { path, scale } = seasonalNaive(past, horizons[2]);
        for (const [place, horizon] of horizons.entries()) {
          scores.add(`${name}, ${horizon} ${frequency}s`, {
            steps: forecast.steps.slice(0, horizon),
            seasonalNaive: path,
            actual: whole.counts.slice(-horizons[2]),
            scale,
            isModel: !forecast.isBaseline,
            method: forecast.method,
            hasStructure,
            backtest: {
              shown: forecast.scores[place].mase,
              seasonalNaive: forecast.backtest.methods['seasonal-naive'].scores[place].mase,
            },
          });
        }
      }
    }
  }
  console.log(
    `${options.series} series of each kind, ${options.years} years, and a future of 26 weeks or 6 months that was held back${skipped > 0 ? `; ${skipped} series without any forecast` : ''}\n`,
  );
  report(scores.groups);
}

/** Draws the tables and judges them. */
function report(groups) {
  // The method of a series is that of all three horizons.
  const methods = [...groups].filter((_, line) => line % 3 === 0);
  console.log(`${drawScores(groups)}\n\n${drawMethods(methods)}\n`);
  for (const [name, group] of groups) {
    if (!group.hasStructure && modelShareOf(group) > 0.05)
      problems.push(`${name}: a model is shown for ${group.models} of ${group.series} series of noise`);
    if (group.hasStructure && !(skillOf(group) > 0))
      problems.push(`${name}: no better than the seasonal naive forecast`);
    judgeCoverage(name, group);
  }
}

const nameOf = ({ source, jurisdiction, crime_category, frequency }) =>
  [source, jurisdiction, crime_category, frequency].join('/');

function byName(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return groups;
}

/** Counts by source, place, category, frequency and first day of the period, from a lake that knows what came. */
async function countsOf(lake) {
  const counts = new Map();
  for (const frequency of FREQUENCIES) {
    const start = `CAST(DATE_TRUNC('${frequency}', occurred_date) AS DATE)`;
    const query = (jurisdiction, category) =>
      `SELECT source, ${jurisdiction} AS jurisdiction, ${category} AS crime_category, CAST(${start} AS VARCHAR) AS period_start, COUNT(*) AS incidents FROM incidents WHERE crime_category NOT IN (${DISCOVERED_BY_POLICE.map((one) => `'${one}'`).join(', ')}) GROUP BY ALL`;
    for (const sql of [
      query("'all'", 'crime_category'),
      query("'all'", "'All'"),
      query('jurisdiction', "'All'"),
    ]) {
      for (const row of JSON.parse(await command('query', sql, '--json', '--lake', lake))) {
        const key = nameOf({ ...row, frequency });
        if (!counts.has(key)) counts.set(key, new Map());
        counts.get(key).set(row.period_start.slice(0, 10), Number(row.incidents));
      }
    }
  }
  return counts;
}

/** Periods of the counts from the first whole one of 2010 until just before `end`. */
function seriesBefore(frequency, end, counts) {
  const firstPeriod = frequency === 'week' ? '2010-01-04' : '2010-01-01';
  const found = [];
  for (let start = firstPeriod; start < end; start = periodDate(frequency, firstPeriod, found.length))
    found.push(counts.get(start) ?? 0);
  return { frequency, firstPeriod, counts: found };
}

function scoreLake(rowsOf, counts) {
  const scores = createScores();
  const paths = byName(rowsOf('forecasts'));
  const backtests = byName(rowsOf('forecast_scores'));
  for (const shown of rowsOf('forecast_methods')) {
    const name = nameOf(shown);
    const path = paths.get(name);
    if (path === undefined) continue;
    const { frequency } = shown;
    const { horizons } = FREQUENCY_PLANS[frequency];
    const came = counts.get(name) ?? new Map();
    const steps = path.toSorted((a, b) => a.step - b.step).map((step) => ({ ...step, mean: step.expected }));
    const naive = seasonalNaive(seriesBefore(frequency, path[0].period_start, came), horizons[2]);
    const kind = shown.jurisdiction === 'all' ? 'categories of a city' : 'precincts and divisions';
    for (const horizon of horizons) {
      const maseOf = (method) =>
        backtests.get(name)?.find((row) => row.method === method && row.horizon === horizon)?.mase ??
        Number.NaN;
      scores.add(`${kind}, ${horizon} ${frequency}s`, {
        steps: steps.slice(0, horizon),
        seasonalNaive: naive.path,
        actual: steps.map(({ period_start }) => came.get(period_start) ?? 0),
        scale: naive.scale,
        isModel: !shown.is_baseline,
        method: shown.method,
        hasStructure: true,
        backtest: { shown: maseOf(shown.method), seasonalNaive: maseOf('seasonal-naive') },
      });
    }
  }
  console.log(
    `${options.rows.toLocaleString('en')} rows of both cities, 2010 to 2023, forecast from ${CUT} on\n`,
  );
  report(scores.groups);
}

/** Forecasts as if the last half year had not happened yet, from the same raw files. */
async function fromLake() {
  const work = await mkdtemp(join(tmpdir(), 'crimetracker-backtest-'));
  try {
    const raw = join(work, 'raw');
    await generateRawFiles({ out: raw, rows: options.rows, seed: options['first-seed'] });
    const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
    const [past, whole] = [join(work, 'past'), join(work, 'whole')];
    await command('build', ...files, '--lake', past, '--to', CUT);
    await command('build', ...files, '--lake', whole);
    const answers = JSON.parse(await command('analyse', 'forecasts', '--json', '--lake', past));
    const rowsOf = (name) =>
      answers.flatMap(({ tables }) => tables).find((one) => one.name === `mart_${name}`).rows;
    const counts = await countsOf(whole);
    scoreLake(rowsOf, counts);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (options.series > 0) simulated();
if (options.rows > 0) await fromLake();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
