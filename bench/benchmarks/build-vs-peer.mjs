import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, provideInputs } from '../lib/inputs.mjs';
import { machineFacts } from '../lib/machine.mjs';
import { warmPageCache } from '../lib/measure.mjs';
import { runBuild, runLoopPeer, runPairs, runSqlPeer } from '../lib/programs.mjs';
import { spread } from '../lib/statistics.mjs';
import { count, gigabytes, seconds } from '../lib/words.mjs';

/** @import { Inputs } from '../lib/inputs.mjs' */
/** @import { Context, EngineLimits, Run } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

const COMPARE = fileURLToPath(new URL('../compare-answers.mjs', import.meta.url));

/**
 * @typedef {object} Options
 * @property {number} rows
 * @property {number} pairs
 * @property {boolean} warmUp
 * @property {boolean} check
 * @property {number} seed
 * @property {'fields' | 'all' | 'none'} dirt
 * @property {readonly string[]} files
 * @property {EngineLimits} limits
 * @property {(typeof import('../lib/programs.mjs').LOOPS)[number]} loop
 */

/** @type {Readonly<Record<Options['loop'], { readonly name: string, readonly note: string }>>} */
const LOOP_WORDS = {
  'whole-table': {
    name: 'row by row, whole table',
    note: 'The loop makes the same table by its own code, in two passes over the files, and writes CSV; no crosswalks, no check of the file, no publishing.',
  },
  'twenty-columns': {
    name: 'row by row, twenty columns',
    note: 'The loop does far less: the twenty columns only, no companions, H3 cells, repairs, flags, station houses, duplicates or ledger.',
  },
};

/** The build beside a query written by hand. @param {Options} options @param {Context} context @returns {Promise<Report>} */
export async function buildVsSql(options, context) {
  const machine = machineFacts();
  const inputs = await inputsOf(options, context);
  await warmPageCache(inputs.paths);
  const pairs = await runPairs(
    {
      ours: () => runBuild(inputs.paths, options.limits, context),
      peer: () => runSqlPeer(inputs.paths, options.limits, context),
    },
    options,
    context,
  );
  const last = pairs.at(-1);
  const answers =
    last && options.check ? await compareAnswers(last, context) : 'Answers were not compared in this run.';
  await Promise.all([last?.ours.remove(), last?.peer.remove()]);
  const ratio = spread(pairs.map(({ ours, peer }) => ours.seconds / peer.seconds));
  return {
    id: `build-vs-sql-${inputs.rows}`,
    title: `Build beside SQL by hand, ${count(inputs.rows)} rows`,
    input: describeInputs(inputs),
    machine,
    tables: [
      programTable(inputs.rows, [
        ['crimetracker build', pairs.map(({ ours }) => ours)],
        ['DuckDB by hand', pairs.map(({ peer }) => peer)],
      ]),
      {
        head: ['pair', 'first', 'build', 'by hand', 'ratio'],
        rows: pairs.map(({ ours, peer, first }, index) => [
          index + 1,
          first === 'ours' ? 'build' : 'by hand',
          seconds(ours.seconds),
          seconds(peer.seconds),
          (ours.seconds / peer.seconds).toFixed(2),
        ]),
      },
    ],
    notes: [
      `Ratio of the build to the query by hand: median **${ratio.median.toFixed(2)}**, from ${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)}; the budget is 2.`,
      `Both with ${options.limits.threads ?? 'all'} threads and ${options.limits.memory} for DuckDB.`,
      answers,
    ],
    figures: {
      ratio,
      pairs: pairs.map(({ ours, peer, first }) => ({ first, ours: figures(ours), peer: figures(peer) })),
    },
  };
}

/** The build beside a loop over the rows in Node. @param {Options} options @param {Context} context @returns {Promise<Report>} */
export async function buildVsLoop(options, context) {
  const machine = machineFacts();
  const inputs = await inputsOf(options, context);
  await warmPageCache(inputs.paths);
  const pairs = await runPairs(
    {
      ours: () => runBuild(inputs.paths, options.limits, context),
      peer: () => runLoopPeer(options.loop, inputs.paths, context),
    },
    options,
    context,
  );
  const last = pairs.at(-1);
  const answers =
    last && options.check && options.loop === 'whole-table'
      ? await compareAnswers(last, context)
      : 'Answers were not compared in this run.';
  await Promise.all([last?.ours.remove(), last?.peer.remove()]);
  const ratio = spread(pairs.map(({ ours, peer }) => peer.seconds / ours.seconds));
  const { name, note } = LOOP_WORDS[options.loop];
  return {
    id: `build-vs-${options.loop}-loop-${inputs.rows}`,
    title: `Build beside a fast-csv loop (${name}), ${count(inputs.rows)} rows`,
    input: describeInputs(inputs),
    machine,
    tables: [
      programTable(inputs.rows, [
        ['crimetracker build', pairs.map(({ ours }) => ours)],
        [name, pairs.map(({ peer }) => peer)],
      ]),
    ],
    notes: [
      `The loop takes **${ratio.median.toFixed(1)}** times as long as the build (median of ${pairs.length}; from ${ratio.min.toFixed(1)} to ${ratio.max.toFixed(1)}).`,
      note,
      ...(last?.peer.steps ?? []).map(
        ({ label, seconds: took }) => `In the loop's last run: ${label}, ${seconds(took)}.`,
      ),
      answers,
    ],
    figures: {
      ratio,
      pairs: pairs.map(({ ours, peer, first }) => ({ first, ours: figures(ours), peer: figures(peer) })),
    },
  };
}

/** @param {Options} options @param {Context} context */
function inputsOf({ files, rows, dirt, seed }, context) {
  if (files.length > 0) return describe(files, rows, 'files given by hand');
  return provideInputs(context.work, { rows, cities: ['nypd'], dirt, seed }, context);
}

/** @param {Inputs} inputs */
export const describeInputs = ({ rows, bytes, description }) =>
  `${count(rows)} rows, ${gigabytes(bytes)}: ${description}`;

/** @param {Run} run */
const figures = ({ seconds: wall, cpuSeconds, peakBytes, steps }) => ({
  seconds: wall,
  cpuSeconds,
  peakBytes,
  steps,
});

/**
 * @param {number} rows
 * @param {readonly (readonly [string, readonly Run[]])[]} programs
 */
export function programTable(rows, programs) {
  return {
    head: ['program', 'time (median)', 'from – to', 'rows/s', 'processor time', 'peak memory'],
    rows: programs.map(([name, runs]) => {
      const time = spread(runs.map((run) => run.seconds));
      return [
        name,
        seconds(time.median),
        `${seconds(time.min)} – ${seconds(time.max)}`,
        count(rows / time.median),
        seconds(spread(runs.map((run) => run.cpuSeconds)).median),
        gigabytes(spread(runs.map((run) => run.peakBytes)).max),
      ];
    }),
  };
}

/**
 * Compares what the last pair wrote.
 *
 * @param {{ readonly ours: Run, readonly peer: Run }} pair
 * @param {Context} context
 * @returns {Promise<string>}
 */
async function compareAnswers({ ours, peer }, { signal, say }) {
  say('Comparing the answers …');
  const args = [COMPARE, '--lake', ours.out, '--peer', peer.out, '--json'];
  const output = await new Promise((resolve, reject) => {
    execFile(process.execPath, args, { signal, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(stdout);
    });
  });
  const { same, paired, ledger, columns } = JSON.parse(String(output));
  const rows = count(Number(paired.both_sides));
  if (same)
    return `Same answers: ${rows} rows equal in ${columns.length} columns, ${ledger.length} counts of the ledger equal.`;
  const differing = columns.filter(
    (/** @type {{ differing: number }} */ { differing: values }) => values > 0,
  );
  const counts = ledger.filter(
    (/** @type {{ ours: string, peer: string }} */ entry) => entry.ours !== entry.peer,
  );
  return `Answers differ on ${rows} rows: ${counts.length} of ${ledger.length} counts, columns ${differing.map((/** @type {{ column: string, differing: number }} */ { column, differing: values }) => `${column} (${values})`).join(', ') || 'none'}; only the build has ${paired.only_ours} rows, only the peer ${paired.only_peer}.`;
}
