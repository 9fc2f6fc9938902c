/** The benchmarks, run by hand: `npm run bench -- build-vs-sql`. See README.md. */

import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildVsLoop, buildVsSql } from './benchmarks/build-vs-peer.mjs';
import { dashboardCounts } from './benchmarks/dashboard-counts.mjs';
import { dashboardLoad } from './benchmarks/dashboard-load.mjs';
import { hotspots } from './benchmarks/hotspots.mjs';
import { rowPath } from './benchmarks/row-path.mjs';
import { schedule } from './benchmarks/schedule.mjs';
import { tenMillion } from './benchmarks/ten-million.mjs';
import { DIRT } from './lib/inputs.mjs';
import { LOOPS } from './lib/programs.mjs';
import { drawReport, keepReport } from './lib/results.mjs';

/** @import { Context } from './lib/programs.mjs' */
/** @import { Report } from './lib/results.mjs' */

const SHARED_HELP = `
  --dirt KIND    fields (default): 1 % of rows have a defect in a value; all: malformed records too; none
  --seed N       seed of the generated files (default 7)
  --memory SIZE  memory limit of DuckDB, the same for both programs (default 2GB)
  --threads N    threads of DuckDB, the same for both programs (default: all cores)
  --work DIR     folder for generated files, which are kept for the next time, and for lakes, which are not
                 (default: crimetracker-bench in the system's temporary folder)
  --json         answer in JSON
  --write        put the result into bench/results.ndjson and the measured section of bench/README.md`;

const PAIR_HELP = `
  --pairs N      pairs of runs, the two programs in turns (default 5)
  --no-warm-up   leave out the run of each program that is not counted
  --files F      these New York files in place of generated ones; may be repeated; state their --rows
  --no-check     do not compare the answers`;

/** @type {Readonly<Record<string, string>>} */
const HELP = {
  '': `Usage: npm run bench -- COMMAND [options]

  build-vs-sql   the build beside the same table written by hand in DuckDB SQL
  build-vs-loop  the build beside a loop over the rows with fast-csv
  ten-million    the build of both cities: time, memory, steps
  row-path       rows per second one row at a time
  hotspots       hot spots of all categories and months, and Gi* beside R's spdep
  schedule       a week of patrols for 98 jurisdictions, beside the same program handed to HiGHS whole
  dashboard-counts counts under filters, by several ways
  dashboard-load 200 readers of the dashboard at once

COMMAND --help tells its options. The programs must be built: npm run setup.
`,
  'build-vs-sql': `Usage: npm run bench -- build-vs-sql [--rows 1000000] [options]

Whole processes, a fresh lake each, files in the page cache. Afterwards the answers of the last pair are compared.
${PAIR_HELP}${SHARED_HELP}

Examples:
  npm run bench -- build-vs-sql --rows 3000000 --write
  npm run bench -- build-vs-sql --rows 100000 --pairs 2
`,
  'build-vs-loop': `Usage: npm run bench -- build-vs-loop [--rows 1000000] [options]

  --loop KIND    whole-table (default): the same table by hand; twenty-columns: only those, as one would write them first
${PAIR_HELP}${SHARED_HELP}

Example:
  npm run bench -- build-vs-loop --rows 1000000 --pairs 3 --write
`,
  'ten-million': `Usage: npm run bench -- ten-million [--rows 10000000] [options]

Seven rows of ten are New York's, the others Los Angeles's.

  --runs N       runs (default 1)${SHARED_HELP}

Example:
  npm run bench -- ten-million --write
`,
  'row-path': `Usage: npm run bench -- row-path [--rows 200000] [options]

Reads generated files of both cities, and the real samples where they are there.

  --times N      how often each real sample is read (default 20)${SHARED_HELP}

Example:
  npm run bench -- row-path --write
`,
  hotspots: `Usage: npm run bench -- hotspots [--runs 3] [options]

A made-up city at resolution 9, one thread. R's spdep runs in turns with Gi* on the same surfaces when it is installed.

  --runs N       runs, and rounds beside spdep (default 1)
  --seed N       seed of the city (default 7)
  --work DIR     folder for files of the comparison, which are not kept
  --json, --write as for the others

Example:
  npm run bench -- hotspots --runs 5 --write
`,
  schedule: `Usage: npm run bench -- schedule [--runs 1] [--seed 7] [options]

  --runs N       times that each schedule is made (default 1); the median counts
  --seed N       seed of the demand (default 7)
  --work DIR     folder for the input of the peer, which is not kept
  --json, --write as for the others

Example:
  npm run bench -- schedule --runs 3 --write
`,
  'dashboard-counts': `Usage: npm run bench -- dashboard-counts --lake DIR [options]

Counts all views of the dashboard under random filters: by shards, by DuckDB on Parquet and in memory, by crossfilter2.

  --lake DIR     lake whose current snapshot is counted
  --seed N       seed of the filters (default 7)
  --json, --write as for the others

Example:
  npm run bench -- dashboard-counts --lake lake --write
`,
  'dashboard-load': `Usage: npm run bench -- dashboard-load --lake DIR [--clients 200] [--seconds 30] [options]

Serves a lake, asks for counts under random filters, first with a second between questions, then without.

  --lake DIR     lake whose current snapshot is served
  --clients N    readers at once (default 200)
  --seconds N    how long, each of the two (default 30)
  --seed N       seed of the filters (default 7)
  --json, --write as for the others

Example:
  npm run bench -- dashboard-load --lake lake --write
`,
};

const DEFAULT_ROWS = /** @type {const} */ ({
  'build-vs-sql': 1_000_000,
  'build-vs-loop': 1_000_000,
  'ten-million': 10_000_000,
  'row-path': 200_000,
});

class UsageError extends Error {}

/** @param {string} name @param {string} text */
function wholeNumber(name, text) {
  const value = Number(text.replaceAll(/[_,]/g, ''));
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`--${name} must be a whole number from 1 on, not ${text}.`);
  return value;
}

/** @param {readonly string[]} args */
function parse(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      pairs: { type: 'string', default: '5' },
      runs: { type: 'string', default: '1' },
      times: { type: 'string', default: '20' },
      seed: { type: 'string', default: '7' },
      dirt: { type: 'string', default: 'fields' },
      files: { type: 'string', multiple: true, default: [] },
      loop: { type: 'string', default: 'whole-table' },
      memory: { type: 'string', default: '2GB' },
      threads: { type: 'string' },
      lake: { type: 'string', default: 'lake' },
      clients: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '30' },
      work: { type: 'string', default: join(tmpdir(), 'crimetracker-bench') },
      'no-warm-up': { type: 'boolean', default: false },
      'no-check': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command = '', ...others] = positionals;
  if (HELP[command] === undefined || others.length > 0)
    throw new UsageError(`There is no benchmark "${positionals.join(' ')}".`);
  const dirt = DIRT.find((kind) => kind === values.dirt);
  if (dirt === undefined)
    throw new UsageError(`--dirt must be one of ${DIRT.join(', ')}, not ${values.dirt}.`);
  const loop = LOOPS.find((kind) => kind === values.loop);
  if (loop === undefined)
    throw new UsageError(`--loop must be one of ${LOOPS.join(', ')}, not ${values.loop}.`);
  const rows = values.rows ?? String(DEFAULT_ROWS[/** @type {keyof typeof DEFAULT_ROWS} */ (command)] ?? 1);
  return {
    command,
    help: values.help || command === '',
    json: values.json,
    write: values.write,
    work: resolve(values.work),
    options: {
      rows: wholeNumber('rows', rows),
      pairs: wholeNumber('pairs', values.pairs),
      runs: wholeNumber('runs', values.runs),
      times: wholeNumber('times', values.times),
      seed: wholeNumber('seed', values.seed),
      lake: resolve(values.lake),
      clients: wholeNumber('clients', values.clients),
      seconds: wholeNumber('seconds', values.seconds),
      dirt,
      loop,
      files: values.files.map((file) => resolve(file)),
      warmUp: !values['no-warm-up'],
      check: !values['no-check'],
      limits: { memory: values.memory, threads: values.threads },
    },
  };
}

/**
 * @param {string} command
 * @param {ReturnType<typeof parse>['options']} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
function runBenchmark(command, options, context) {
  switch (command) {
    case 'build-vs-sql':
      return buildVsSql(options, context);
    case 'build-vs-loop':
      return buildVsLoop(options, context);
    case 'schedule':
      return schedule(options, context);
    case 'ten-million':
      return tenMillion(options, context);
    case 'dashboard-counts':
      return dashboardCounts(options, context);
    case 'dashboard-load':
      return dashboardLoad(options, context);
    case 'hotspots':
      return hotspots(options, context);
    default:
      return rowPath(options, context);
  }
}

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
async function main(args) {
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());
  try {
    const { command, help, json, write, work, options } = parse(args);
    if (help) {
      process.stdout.write(HELP[command] ?? '');
      return 0;
    }
    await mkdir(work, { recursive: true });
    const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
    const report = await runBenchmark(command, options, { work, signal: abort.signal, say });
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${drawReport(report)}\n`);
    if (write) await keepReport(report);
    return 0;
  } catch (error) {
    if (abort.signal.aborted) {
      process.stderr.write('Interrupted. Lakes and half-written files were removed.\n');
      return 130;
    }
    const isUsage =
      error instanceof UsageError ||
      (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
    process.stderr.write(
      `${error instanceof Error ? (isUsage ? error.message : error.stack) : String(error)}\n`,
    );
    if (isUsage) process.stderr.write('Run with --help for the benchmarks and their options.\n');
    return isUsage ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
