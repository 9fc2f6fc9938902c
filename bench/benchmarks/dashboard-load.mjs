import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Random } from '@crimetracker/analysis-kit';
import { machineFacts } from '../lib/machine.mjs';
import { count } from '../lib/words.mjs';

/** @import { Context } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

const CRIMETRACKER = fileURLToPath(new URL('../../apps/runner/bin/crimetracker.js', import.meta.url));
const THINK_MS = 1_000;
const SAMPLE_MS = 1_000;
const BUDGET_MS = 1_000;

/** What users choose, by values that both cities have. @type {Readonly<Record<string, readonly string[]>>} */
const VALUES = {
  crime_category: [
    'Robbery',
    'Burglary',
    'Shoplifting',
    'Simple assault',
    'Motor vehicle theft',
    'Homicide',
    'Drugs',
  ],
  law_class: ['Felony', 'Misdemeanor'],
  weapon_category: ['Firearm', 'Knife', 'Not recorded'],
  location_category: ['Residence', 'Street', 'Retail', 'Commercial', 'Transportation'],
  arrest_made: ['Yes', 'No'],
  victim_sex: ['Female', 'Male'],
  victim_age: ['18-24', '25-44', '65+'],
  suspect_sex: ['Male', 'Female'],
  weekday: ['0', '1', '2', '3', '4', '5', '6'],
  hour: Array.from({ length: 24 }, (_, hour) => String(hour)),
};

/**
 * Many readers at once, each with filters of its own: how long they wait, and what the server's memory does.
 *
 * @param {{ readonly lake: string, readonly clients: number, readonly seconds: number, readonly seed: number }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function dashboardLoad({ lake, clients, seconds, seed }, { signal, say }) {
  const machine = machineFacts();
  const server = spawn(process.execPath, [CRIMETRACKER, '--json', 'serve', '--lake', lake, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => server.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  const ended = once(server, 'close');
  try {
    const [line] = await Promise.race([
      once(createInterface({ input: server.stdout }), 'line'),
      ended.then(() => Promise.reject(new Error('The server ended before it listened.'))),
    ]);
    /** @type {{ url: string, snapshot: string }} */
    const { url, snapshot } = JSON.parse(line);
    const answer = await fetch(`${url}data/${snapshot}/catalogue.json`);
    const { cities, defaultRange } = /** @type {Catalogue} */ (await answer.json());
    const api = `${url}api/${snapshot}/counts?`;
    const incidents = cities.reduce((sum, city) => sum + city.incidents, 0);
    const memory = { atStart: await residentBytes(server.pid), samples: /** @type {number[]} */ ([]) };
    /** @type {Phase[]} */
    const phases = [];
    for (const thinkMs of [THINK_MS, 0]) {
      const name =
        thinkMs > 0 ? `${clients} readers, ${thinkMs / 1000} s between` : `${clients} readers, at once again`;
      const random = new Random(seed, name);
      const agent = new Agent({ keepAlive: true, maxSockets: clients });
      const until = performance.now() + seconds * 1_000;
      /** @type {Phase} */
      const phase = { name, times: [], failures: 0, bytes: 0, memory: [], seconds };
      const watching = watch(server.pid, until, phase.memory, signal);
      const reader = async () => {
        await sleep(random.unit() * (thinkMs || 200));
        while (performance.now() < until && !signal.aborted) {
          const started = performance.now();
          const answer = await ask(api + randomQuery(random, cities, defaultRange), agent);
          phase.times.push(performance.now() - started);
          phase.bytes += answer.bytes;
          if (answer.status !== 200) phase.failures += 1;
          if (thinkMs > 0) await sleep(thinkMs * (0.5 + random.unit()));
        }
      };
      await Promise.all(Array.from({ length: clients }, reader));
      await watching;
      agent.destroy();
      signal.throwIfAborted();
      if (server.exitCode !== null || server.signalCode !== null) throw new Error('The server ended.');
      phase.times.sort((a, b) => a - b);
      phases.push(phase);
      memory.samples.push(...phase.memory);
      say(`${name}: p99 ${milliseconds(quantile(phase.times, 0.99))}, ${phase.failures} failures`);
    }
    const worst = Math.max(...phases.map(({ times }) => quantile(times, 0.99)));
    const failures = phases.reduce((sum, phase) => sum + phase.failures, 0);
    return {
      id: `dashboard-load-${incidents}`,
      title: `Dashboard, ${clients} readers at once, ${count(incidents)} incidents`,
      input: `${count(incidents)} incidents of ${cities.length} cities; ${seconds} s each with random filters, seed ${seed}; the readers run on the same machine`,
      machine,
      tables: [
        {
          head: [
            'readers',
            'answers/s',
            'p50',
            'p95',
            'p99',
            'longest',
            'failures',
            'memory, first to last quarter',
          ],
          rows: phases.map((phase) => [
            phase.name,
            Math.round(phase.times.length / phase.seconds),
            milliseconds(quantile(phase.times, 0.5)),
            milliseconds(quantile(phase.times, 0.95)),
            milliseconds(quantile(phase.times, 0.99)),
            milliseconds(phase.times.at(-1) ?? 0),
            phase.failures,
            quarters(phase.memory).map(megabytes).join(' → '),
          ]),
        },
      ],
      notes: [
        `Failures: **${failures}**; longest p99: **${milliseconds(worst)}**; the budget is none and ${milliseconds(BUDGET_MS)}.`,
        `Memory of the server: ${megabytes(memory.atStart)} before, at most ${megabytes(Math.max(...memory.samples))}. It keeps answers and counts of whole years up to a limit.`,
        'Every reader asks for other filters: one to three of ten, half of the time of the last year, else of any years, at resolution 8 or 9.',
      ],
      figures: { incidents, clients, memory, phases: phases.map(summary) },
    };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await ended;
  }
}

/**
 * @typedef {{ readonly from: string, readonly to: string }} Range
 *
 * @typedef {object} City
 * @property {string} source
 * @property {number} incidents
 * @property {readonly string[]} jurisdictions
 * @property {Range} range
 *
 * @typedef {object} Catalogue
 * @property {readonly City[]} cities
 * @property {Range} defaultRange
 *
 * @typedef {object} Phase
 * @property {string} name
 * @property {number[]} times milliseconds of each answer
 * @property {number} failures answers other than 200
 * @property {number} bytes
 * @property {number[]} memory of the server, by the second
 * @property {number} seconds
 */

/**
 * @param {Random} random
 * @param {readonly City[]} cities
 * @param {Range} usual
 */
function randomQuery(random, cities, usual) {
  const below = (/** @type {number} */ limit) => Math.floor(random.unit() * limit);
  const query = new URLSearchParams();
  const names = Object.keys(VALUES);
  for (let filters = 1 + below(3); filters > 0; filters -= 1) {
    const name = names[below(names.length)] ?? '';
    const values = VALUES[name] ?? [];
    if (query.has(name)) continue;
    const first = below(values.length);
    for (const value of values.slice(first, first + 1 + below(3))) query.append(name, value);
  }
  if (random.unit() < 0.3) {
    const city = cities[below(cities.length)];
    const name = city?.jurisdictions[below(city.jurisdictions.length)];
    if (city !== undefined && name !== undefined) {
      query.append('source', city.source);
      query.append('jurisdiction', name);
    }
  }
  if (random.unit() < 0.5) {
    query.set('from', usual.from);
    query.set('to', usual.to);
  } else {
    const range = cities[0]?.range ?? usual;
    const [first, last] = [Date.parse(range.from), Date.parse(range.to)];
    const days = [random.unit(), random.unit()].sort().map((part) => new Date(first + part * (last - first)));
    query.set('from', days[0]?.toISOString().slice(0, 10) ?? range.from);
    query.set('to', days[1]?.toISOString().slice(0, 10) ?? range.to);
  }
  query.set('resolution', random.unit() < 0.8 ? '8' : '9');
  return query.toString();
}

/** @param {string} url @param {Agent} agent @returns {Promise<{ status: number, bytes: number }>} */
function ask(url, agent) {
  return new Promise((resolve) => {
    get(url, { agent }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes }));
      answer.on('error', () => resolve({ status: 0, bytes }));
    }).on('error', () => resolve({ status: 0, bytes: 0 }));
  });
}

/** @param {number | undefined} pid @param {number} until @param {number[]} samples @param {AbortSignal} signal */
async function watch(pid, until, samples, signal) {
  while (performance.now() < until && !signal.aborted) {
    samples.push(await residentBytes(pid));
    await sleep(SAMPLE_MS);
  }
}

/** Resident memory of a process, where the system tells it as Linux does; else NaN. @param {number | undefined} pid */
async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** @param {readonly number[]} sorted @param {number} part */
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

/** Means of the four quarters. @param {readonly number[]} samples */
function quarters(samples) {
  const size = Math.max(1, Math.ceil(samples.length / 4));
  return [0, 1, 2, 3]
    .map((quarter) => samples.slice(quarter * size, (quarter + 1) * size))
    .filter((part) => part.length > 0)
    .map((part) => part.reduce((sum, bytes) => sum + bytes, 0) / part.length);
}

/** @param {Phase} phase */
const summary = ({ name, times, failures, bytes, memory, seconds }) => ({
  name,
  answers: times.length,
  failures,
  bytes,
  seconds,
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
  p99: quantile(times, 0.99),
  longest: times.at(-1) ?? 0,
  memory,
});

/** @param {number} value */
const milliseconds = (value) => `${Math.round(value)} ms`;
/** @param {number} value */
const megabytes = (value) => `${Math.round(value / 1e6)} MB`;
