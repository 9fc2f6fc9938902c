import { provideInputs } from '../lib/inputs.mjs';
import { machineFacts } from '../lib/machine.mjs';
import { warmPageCache } from '../lib/measure.mjs';
import { runBuild } from '../lib/programs.mjs';
import { count, gigabytes, seconds } from '../lib/words.mjs';
import { describeInputs, programTable } from './build-vs-peer.mjs';

/** @import { Step } from '../lib/measure.mjs' */
/** @import { Context, EngineLimits, Run } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

const BUDGET = { seconds: 180, bytes: 4e9 };

/**
 * The build of both cities together: how long, how much memory, and which step takes how long.
 *
 * @param {{ readonly rows: number, readonly runs: number, readonly dirt: 'fields' | 'all' | 'none', readonly seed: number, readonly limits: EngineLimits }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function tenMillion({ rows, runs, dirt, seed, limits }, context) {
  const machine = machineFacts();
  const inputs = await provideInputs(context.work, { rows, cities: ['nypd', 'lapd'], dirt, seed }, context);
  await warmPageCache(inputs.paths);
  /** @type {Run[]} */
  const results = [];
  for (let run = 1; run <= runs; run += 1) {
    const result = await runBuild(inputs.paths, limits, context);
    await result.remove();
    results.push(result);
    context.say(`Run ${run} of ${runs}: ${seconds(result.seconds)}, ${gigabytes(result.peakBytes)}`);
  }
  const median = [...results].sort((a, b) => a.seconds - b.seconds)[Math.floor((results.length - 1) / 2)];
  const steps = joinSteps(median?.steps ?? []);
  return {
    id: `ten-million-${rows}`,
    title: `Build of both cities, ${count(rows)} rows`,
    input: describeInputs(inputs),
    machine,
    tables: [
      programTable(rows, [['crimetracker build', results]]),
      {
        head: ['step', 'time', 'share'],
        rows: steps.map((step) => [
          step.label,
          seconds(step.seconds),
          `${((100 * step.seconds) / (median?.seconds ?? 1)).toFixed(0)} %`,
        ]),
      },
    ],
    notes: [
      `The budget for 10,000,000 rows is ${seconds(BUDGET.seconds)} and ${gigabytes(BUDGET.bytes)}. ${results.length === 1 ? 'One run' : `${results.length} runs; steps of the median one`}, with ${limits.threads ?? 'all'} threads and ${limits.memory} for DuckDB.`,
      'Steps are timed from one progress line to the next; what comes before the first one is the start of the program.',
    ],
    figures: {
      runs: results.map(({ seconds: wall, cpuSeconds, peakBytes, steps: all }) => ({
        seconds: wall,
        cpuSeconds,
        peakBytes,
        steps: all,
      })),
    },
  };
}

/** Files by name alone. @param {readonly Step[]} steps */
function joinSteps(steps) {
  /** @type {Map<string, number>} */
  const joined = new Map();
  for (const { label, seconds: took } of steps) {
    const name = label.replace(/^(Reading|Staging) .*[\\/]/, '$1 ');
    joined.set(name, (joined.get(name) ?? 0) + took);
  }
  return [...joined].map(([label, took]) => ({ label, seconds: took }));
}
