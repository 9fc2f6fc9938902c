import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideInputs } from '../lib/inputs.mjs';
import { machineFacts } from '../lib/machine.mjs';
import { measure } from '../lib/measure.mjs';
import { count, gigabytes, seconds } from '../lib/words.mjs';
import { describeInputs } from './build-vs-peer.mjs';

/** @import { Context } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

/** @typedef {{ file: string, source: string, rows: number, framerSeconds: number, seconds: number, cpuSeconds: number }} FileTime */

const PROCESS = fileURLToPath(new URL('row-path-process.mjs', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const BUDGET = 10_000;

/**
 * Rows per second of the row path, on generated files and, where they are there, on the real samples.
 *
 * @param {{ readonly rows: number, readonly times: number, readonly dirt: 'fields' | 'all' | 'none', readonly seed: number }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function rowPath({ rows, times, dirt, seed }, context) {
  const machine = machineFacts();
  const inputs = await provideInputs(context.work, { rows, cities: ['nypd', 'lapd'], dirt, seed }, context);
  const generated = await run(inputs.paths, 1, context);
  const samples = ['nypd', 'lapd'].flatMap((city) =>
    existsSync(join(SAMPLES, city))
      ? readdirSync(join(SAMPLES, city)).map((name) => join(SAMPLES, city, name))
      : [],
  );
  if (samples.length === 0)
    context.say('The real samples are not there (../shared/data beside the repository): left out.');
  const real = samples.length === 0 ? undefined : await run(samples, times, context);
  const all = [...generated.files, ...(real?.files ?? [])];
  const total = generated.files.reduce(
    (sum, file) => ({ rows: sum.rows + file.rows, seconds: sum.seconds + file.seconds }),
    { rows: 0, seconds: 0 },
  );
  return {
    id: `row-path-${rows}`,
    title: `Row path, ${count(rows)} rows`,
    input: describeInputs(inputs),
    machine,
    tables: [
      {
        head: ['file', 'rows', 'time', 'rows/s', 'rows/s of processor time', 'framer before'],
        rows: all.map((file) => [
          file.file,
          count(file.rows),
          seconds(file.seconds),
          count(file.rows / file.seconds),
          count(file.rows / file.cpuSeconds),
          seconds(file.framerSeconds),
        ]),
      },
    ],
    notes: [
      `Generated files together: **${count(total.rows / total.seconds)}** rows/s; the budget is ${count(BUDGET)}. Peak memory ${gigabytes(generated.peakBytes)}.`,
      ...(real
        ? [
            `The real samples were each read ${times} times over, so most of their texts were answered from memory.`,
          ]
        : []),
    ],
    figures: { generated, real },
  };
}

/** @param {readonly string[]} paths @param {number} times @param {Context} context */
async function run(paths, times, { work, signal, say }) {
  say(`Reading ${paths.length} files row by row …`);
  const folder = await mkdtemp(join(work, 'run-'));
  try {
    const measured = await measure(PROCESS, ['--work', folder, '--times', String(times), ...paths], {
      work: folder,
      signal,
    });
    /** @type {FileTime[]} */
    const files = JSON.parse(measured.stdout);
    return { files, peakBytes: measured.peakBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
