import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

/** @import { Measured } from './measure.mjs' */

const CRIMETRACKER = fileURLToPath(new URL('../../apps/runner/bin/crimetracker.js', import.meta.url));
const PEERS = {
  sql: fileURLToPath(new URL('../peers/handwritten-duckdb.mjs', import.meta.url)),
  'whole-table': fileURLToPath(new URL('../peers/handwritten-loop.mjs', import.meta.url)),
  'twenty-columns': fileURLToPath(new URL('../peers/fast-csv-loop.mjs', import.meta.url)),
};

/**
 * @typedef {object} EngineLimits The same for the build and for the peer in SQL.
 * @property {string} memory
 * @property {string | undefined} threads
 *
 * @typedef {object} Context
 * @property {string} work
 * @property {AbortSignal} signal
 * @property {(text: string) => void} say progress, to standard error
 *
 * @typedef {Measured & { readonly out: string, readonly remove: () => Promise<void> }} Run
 */

/** @param {EngineLimits} limits */
const limitFlags = ({ memory, threads }) => [
  '--memory',
  memory,
  ...(threads === undefined ? [] : ['--threads', threads]),
];

/**
 * Runs one program into a fresh folder, which `remove` takes away again; a failed run takes it away itself.
 *
 * @param {string} script
 * @param {(out: string) => readonly string[]} args
 * @param {Context} context
 * @returns {Promise<Run>}
 */
async function runInto(script, args, { work, signal }) {
  const folder = await mkdtemp(join(work, 'run-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const out = join(folder, 'out');
    return { ...(await measure(script, args(out), { work: folder, signal })), out, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @param {readonly string[]} paths @param {EngineLimits} limits @param {Context} context */
export const runBuild = (paths, limits, context) =>
  runInto(
    CRIMETRACKER,
    (lake) => ['build', ...paths, '--lake', lake, '--json', ...limitFlags(limits)],
    context,
  );

/** @param {readonly string[]} paths @param {EngineLimits} limits @param {Context} context */
export const runSqlPeer = (paths, limits, context) =>
  runInto(PEERS.sql, (out) => ['--out', out, ...limitFlags(limits), ...paths], context);

/** Loops over the rows: one that makes the same table as the build, and one that makes the twenty columns alone. */
export const LOOPS = /** @type {const} */ (['whole-table', 'twenty-columns']);

/** @param {(typeof LOOPS)[number]} loop @param {readonly string[]} paths @param {Context} context */
export const runLoopPeer = (loop, paths, context) =>
  runInto(PEERS[loop], (out) => ['--out', out, ...paths], context);

/**
 * Runs two programs in turns, the order changing from pair to pair, after a run of each that is not counted. The
 * folders of the last pair stay; those before are removed.
 *
 * @param {{ readonly ours: () => Promise<Run>, readonly peer: () => Promise<Run> }} programs
 * @param {{ readonly pairs: number, readonly warmUp: boolean }} plan
 * @param {Context} context
 */
export async function runPairs(programs, { pairs, warmUp }, { say }) {
  /** @type {{ ours: Run, peer: Run, first: 'ours' | 'peer' }[]} */
  const results = [];
  if (warmUp) {
    say('Warming up …');
    for (const program of [programs.ours, programs.peer]) await (await program()).remove();
  }
  for (let pair = 1; pair <= pairs; pair += 1) {
    const first = pair % 2 === 1 ? 'ours' : 'peer';
    const one = await programs[first]();
    const other = await programs[first === 'ours' ? 'peer' : 'ours']().catch(async (error) => {
      await one.remove();
      throw error;
    });
    const [ours, peer] = first === 'ours' ? [one, other] : [other, one];
    for (const before of results.slice(-1)) await Promise.all([before.ours.remove(), before.peer.remove()]);
    results.push({ ours, peer, first });
    say(`Pair ${pair} of ${pairs}: build ${ours.seconds.toFixed(1)} s, peer ${peer.seconds.toFixed(1)} s`);
  }
  return results;
}
