import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { falseDiscoveries, Random } from '@crimetracker/analysis-kit';
import {
  cellGrid,
  DISCOVERY_RATE,
  giStar,
  heatClass,
  markCores,
  permutationP,
  testSurface,
} from '@crimetracker/hotspots';
import { gridDisk, latLngToCell } from 'h3-js';
import { machineFacts } from '../lib/machine.mjs';
import { spread } from '../lib/statistics.mjs';
import { count, seconds } from '../lib/words.mjs';

/** @import { CellGrid } from '@crimetracker/hotspots' */
/** @import { Context } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

const SPDEP = fileURLToPath(new URL('../peers/spdep-local-g.R', import.meta.url));
const RINGS = 51;
const CATEGORIES = 24;
const MONTHS = 168;
const INCIDENTS = 6_800_000;
/** The most frequent category has so many times the incidents of the rarest. */
const RAREST = 400;
/** Standard deviations of the log rates that categories and neighbouring cells share, and of each category's own. */
const SHARED_SPREAD = 0.8;
const OWN_SPREAD = 0.6;
const SAMPLE = 100;
const BUDGET_SECONDS = 10;
/** Largest difference that counts as none. */
const ALLOWED = 1e-9;

/** @typedef {{ readonly grid: CellGrid, readonly surfaces: readonly Uint16Array[], readonly incidents: number }} City */

/**
 * The hot spots of every category and month of a city at resolution 9, and Gi* beside R's spdep.
 *
 * @param {{ readonly runs: number, readonly seed: number }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function hotspots({ runs, seed }, context) {
  const machine = machineFacts();
  context.say('Drawing a city …');
  const city = drawCity(seed);
  const { grid, surfaces } = city;
  const whole = [];
  for (let run = 0; run < runs; run += 1) {
    context.say(`All surfaces, run ${run + 1} of ${runs} …`);
    whole.push(testCity(city));
    await setImmediate();
    context.signal.throwIfAborted();
  }
  const sample = sampleOf(city);
  const peer = await compareWithSpdep(sample, grid, runs, context);
  const times = {
    z: spread(peer.rounds.map(({ ours }) => ours.z)),
    both: spread(peer.rounds.map(({ ours }) => ours.both)),
    theirs: spread(peer.rounds.flatMap(({ theirs }) => (theirs === undefined ? [] : [theirs]))),
  };
  const ratio = (/** @type {'z' | 'both'} */ kind) =>
    spread(peer.rounds.flatMap(({ ours, theirs }) => (theirs === undefined ? [] : [theirs / ours[kind]])))
      .median;
  const ms = (/** @type {number} */ value) => `${(1000 * value).toFixed(2)} ms`;
  const all = spread(whole.map(({ seconds: time }) => time));
  const [first] = whole;
  return {
    id: 'hotspots',
    title: 'Hot spots, all categories and months',
    input: `${count(city.incidents)} made-up incidents in ${count(grid.cells.length)} cells of resolution 9, ${CATEGORIES} categories and all together, ${MONTHS} months: ${count(surfaces.length)} surfaces, seed ${seed}`,
    machine,
    tables: [
      {
        head: ['all surfaces, one thread', 'time (median)', 'from – to'],
        rows: [
          ['Gi*, exact p', seconds(spread(whole.map(({ tested }) => tested)).median), ''],
          [
            'and discoveries, classes, cores',
            seconds(all.median),
            `${seconds(all.min)} – ${seconds(all.max)}`,
          ],
        ],
      },
      {
        head: ['a surface', 'time (median of rounds)', 'spdep takes'],
        rows: [
          ['Gi*', ms(times.z.median), times.theirs.median ? `${ratio('z').toFixed(1)} times as long` : ''],
          [
            'Gi* and exact p',
            ms(times.both.median),
            times.theirs.median ? `${ratio('both').toFixed(1)} times as long, without p` : '',
          ],
          ['spdep::localG', times.theirs.median ? ms(times.theirs.median) : 'not run', ''],
        ],
      },
    ],
    notes: [
      `All categories and months: **${seconds(all.median)}**; the budget is ${BUDGET_SECONDS} s. ${count(first?.testedSurfaces ?? 0)} surfaces have enough incidents to be tested; ${count(first?.hot ?? 0)} cells are hot and ${count(first?.cold ?? 0)} cold at a false discovery rate below ${DISCOVERY_RATE} over all tests together.`,
      'The surfaces lie in memory as counts by cell; reading them from DuckDB is not in the time.',
      peer.reason ??
        `The same ${count(sample.length)} surfaces for both, in turns, ${runs} rounds, lists of neighbours made before. Largest difference of Gi*: ${peer.difference.toExponential(1)}; ${ALLOWED} is allowed.`,
    ],
    figures: { whole, peer },
  };
}

/** Poisson counts around lognormal rates of cells, categories from rare to common. @param {number} seed @returns {City} */
function drawCity(seed) {
  const random = new Random(seed, 'bench/hotspots');
  const grid = cellGrid(gridDisk(latLngToCell(40.72, -73.95, 9), RINGS));
  const cells = grid.cells.length;
  const shared = smoothField(grid, random).map((value) => SHARED_SPREAD * value);
  const sizes = Array.from({ length: CATEGORIES }, (_, c) => RAREST ** (c / (CATEGORIES - 1)));
  const scale = INCIDENTS / MONTHS / sizes.reduce((sum, size) => sum + size, 0);
  const together = Array.from({ length: MONTHS }, () => new Uint16Array(cells));
  let incidents = 0;
  const surfaces = sizes.flatMap((size) => {
    const rates = shared.map((log) => Math.exp(log + OWN_SPREAD * random.normal()));
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    const means = rates.map((rate) => (scale * size * rate) / total);
    return together.map((all) => {
      const surface = new Uint16Array(cells);
      for (let cell = 0; cell < cells; cell += 1) {
        const drawn = poisson(means[cell] ?? 0, random);
        surface[cell] = drawn;
        all[cell] = (all[cell] ?? 0) + drawn;
        incidents += drawn;
      }
      return surface;
    });
  });
  return { grid, surfaces: [...together, ...surfaces], incidents };
}

/** Normal numbers of standard deviation 1 that neighbours have in common. @param {CellGrid} grid @param {Random} random */
function smoothField({ cells, neighbours: { starts, list } }, random) {
  let field = Float64Array.from(cells, () => random.normal());
  for (let pass = 0; pass < 3; pass += 1) {
    const before = field;
    field = before.map((value, cell) => {
      const around = list.subarray(starts[cell], starts[cell + 1]);
      return around.reduce((sum, other) => sum + (before[other] ?? 0), value) / (1 + around.length);
    });
  }
  const deviation = Math.sqrt(field.reduce((sum, value) => sum + value * value, 0) / field.length);
  return field.map((value) => value / deviation);
}

/** @param {number} mean @param {Random} random */
function poisson(mean, random) {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let product = random.unit();
  let drawn = 0;
  while (product > limit) {
    product *= random.unit();
    drawn += 1;
  }
  return drawn;
}

/** What the analysis does with the surfaces of a city. @param {City} city */
function testCity({ grid, surfaces }) {
  const cells = grid.cells.length;
  const started = performance.now();
  const counts = new Float64Array(cells);
  const tested = surfaces.flatMap((surface) => {
    counts.set(surface);
    const one = testSurface(counts, grid);
    if (one.kind !== 'tested') return [];
    const { z, p } = one;
    const kept = Int32Array.from(grid.cells.keys()).filter((cell) => (p[cell] ?? 1) <= DISCOVERY_RATE);
    return [
      {
        surface,
        cells: kept,
        z: Float64Array.from(kept, (cell) => z[cell] ?? 0),
        p: Float64Array.from(kept, (cell) => p[cell] ?? 1),
      },
    ];
  });
  const testedAt = performance.now();
  const kept = tested.reduce((sum, { p }) => sum + p.length, 0);
  const cutOff = falseDiscoveries(
    tested.map(({ p }) => p),
    tested.length * cells - kept,
  ).cutOff(DISCOVERY_RATE);
  const heats = { hot: 0, cold: 0, core: 0 };
  for (const { surface, cells: places, z, p } of tested) {
    const isHot = new Uint8Array(cells);
    for (const [at, cell] of places.entries()) {
      const heat = heatClass(z[at] ?? 0, p[at] ?? 1, cutOff);
      if (heat === 'not significant') continue;
      heats[heat] += 1;
      if (heat === 'hot') isHot[cell] = 1;
    }
    counts.set(surface);
    heats.core += markCores(counts, isHot, grid).reduce((sum, one) => sum + one, 0);
  }
  return {
    seconds: (performance.now() - started) / 1000,
    tested: (testedAt - started) / 1000,
    testedSurfaces: tested.length,
    ...heats,
  };
}

/** Surfaces that can be tested, from all categories and months. @param {City} city @returns {readonly Float64Array[]} */
function sampleOf({ grid, surfaces }) {
  const testable = surfaces.filter(
    (surface) => testSurface(Float64Array.from(surface), grid).kind === 'tested',
  );
  return Array.from({ length: SAMPLE }, (_, index) =>
    Float64Array.from(testable[Math.floor((index * testable.length) / SAMPLE)] ?? []),
  );
}

/**
 * Seconds a surface of both programs, in turns.
 *
 * @param {readonly Float64Array[]} sample
 * @param {CellGrid} grid
 * @param {number} runs
 * @param {Context} context
 */
async function compareWithSpdep(sample, grid, runs, { work, signal, say }) {
  const rounds = [];
  const isThere = spawnSync('Rscript', ['-e', 'library(spdep)']).status === 0;
  const reason = isThere
    ? undefined
    : 'Not compared with spdep: Rscript or its package spdep (Debian: r-cran-spdep) is not installed.';
  if (reason !== undefined) say(reason);
  let difference = 0;
  const folder = await mkdtemp(join(work, 'spdep-'));
  try {
    const { starts, list } = grid.neighbours;
    const links = grid.cells.flatMap((_, cell) =>
      Array.from(list.subarray(starts[cell], starts[cell + 1]), (other) => `${cell + 1},${other + 1}`),
    );
    await writeFile(join(folder, 'links.csv'), `unit,neighbour\n${links.join('\n')}\n`);
    await writeFile(
      join(folder, 'surfaces.bin'),
      Buffer.concat(sample.map((surface) => Buffer.from(surface.buffer))),
    );
    for (let round = 0; round < runs; round += 1) {
      say(`A sample of ${sample.length} surfaces beside spdep, round ${round + 1} of ${runs} …`);
      const ours = timeOurs(sample, grid);
      let theirs;
      if (isThere) {
        const { stdout } = await promisify(execFile)('Rscript', [SPDEP, folder, String(grid.cells.length)], {
          signal,
        });
        const times = stdout.trim().split('\n').map(Number);
        theirs = times.reduce((sum, time) => sum + time, 0) / times.length;
        difference = Math.max(
          difference,
          largestDifference(sample, grid, await readFile(join(folder, 'z.bin'))),
        );
      }
      rounds.push({ ours, theirs });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (!(difference < ALLOWED)) throw new Error(`Gi* differs from spdep by ${difference}.`);
  return { rounds, reason, difference };
}

/** @param {readonly Float64Array[]} sample @param {CellGrid} grid */
function timeOurs(sample, { neighbours }) {
  const out = new Float64Array(neighbours.starts.length - 1);
  const p = new Float64Array(out.length);
  const started = performance.now();
  for (const surface of sample) giStar(surface, neighbours, out);
  const between = performance.now();
  for (const surface of sample) {
    giStar(surface, neighbours, out);
    permutationP(surface, neighbours, p);
  }
  const each = 1000 * sample.length;
  return { z: (between - started) / each, both: (performance.now() - between) / each };
}

/** @param {readonly Float64Array[]} sample @param {CellGrid} grid @param {Buffer} theirs doubles */
function largestDifference(sample, { neighbours }, theirs) {
  if (theirs.length !== 8 * sample.length * (sample[0]?.length ?? 0))
    throw new Error('spdep answered for another number of cells.');
  let largest = 0;
  for (const [index, surface] of sample.entries()) {
    const ours = giStar(surface, neighbours);
    if (!(ours instanceof Float64Array)) throw new Error(ours.reason);
    for (const [cell, z] of ours.entries()) {
      const difference = Math.abs(z - theirs.readDoubleLE(8 * (index * surface.length + cell)));
      if (!(difference <= largest)) largest = difference;
    }
  }
  return largest;
}
