// Holds the Knox test of packages/hotspots against R's surveillance on simulated events, and against the published
// tables of R's NearRepeat on its own sample data. See README.md. Needs the Debian package r-cran-surveillance.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../packages/analysis-kit/dist/random.js';
import { knoxTest } from '../../packages/hotspots/dist/near-repeat/knox-test.js';
import { readOptions, table } from './options.mjs';

const options = readOptions({ sets: 12, events: 400, permutations: 999, seed: 1, published: '' });
/** Chance differences beyond so many standard errors are reported. */
const BEYOND = 4.5;

/** "NearRepeat" vignette of 2020-10-08: residential burglaries in Chicago in January 2016, 999 permutations. */
const PUBLISHED = {
  distanceBreaks: [0, 0.1, 200, 400, 600],
  dayBreaks: [0, 7, 14, 21],
  observed: [28, 5, 5, 141, 69, 27, 186, 140, 100, 237, 192, 128],
  ratio: [
    1.8027842, 0.4043552, 0.6128082, 1.4121203, 0.8621871, 0.5170609, 1.014407, 0.9499294, 1.0511474,
    0.9754211, 0.9806536, 1.0071754,
  ],
  pValue: [0.001, 1, 0.943, 0.001, 0.929, 1, 0.435, 0.785, 0.312, 0.696, 0.635, 0.479],
};

const lines = [];
let problems = 0;
/** Notes the largest of some differences and how large it may be. */
function report(what, compared, largest, allowed) {
  lines.push([what, compared, Number(largest.toFixed(2)), allowed]);
  if (!(largest <= allowed)) problems += 1;
}

/** Standard errors between two shares of `permutations` random deals each; a step of one deal is none. */
function pValueErrors(ours, theirs) {
  const pooled = (ours + theirs) / 2;
  const error = Math.sqrt((2 * pooled * (1 - pooled)) / options.permutations);
  return Math.max(0, Math.abs(ours - theirs) - 2 / options.permutations) / (error + 1e-12);
}

if (options.published === '') {
  console.log(
    'Not compared with the published tables: give --published <chicago_be_month1.csv of NearRepeat>.',
  );
} else {
  const text = await readFile(options.published, 'utf8');
  const records = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const events = {
    x: records.map(([x]) => Number(x)),
    y: records.map(([, y]) => Number(y)),
    day: records.map(([, , date]) => Date.parse(date) / 86_400_000),
  };
  const { distanceBreaks, dayBreaks } = PUBLISHED;
  const result = knoxTest(events, new Random(options.seed, 'published'), {
    distanceBreaks,
    dayBreaks,
    permutations: options.permutations,
  });
  const largest = (differenceOf) => Math.max(...result.rows.map(differenceOf));
  const { rows } = result;
  report(
    'published: observed',
    rows.length,
    largest((row, i) => Math.abs(row.observed - PUBLISHED.observed[i])),
    0,
  );
  report(
    'published: expected, in standard errors',
    rows.length,
    largest((row, i) => {
      const theirs = PUBLISHED.observed[i] / PUBLISHED.ratio[i];
      return Math.abs(row.expected - theirs) / Math.sqrt((2 * theirs) / options.permutations);
    }),
    BEYOND,
  );
  report(
    'published: p-value, in standard errors',
    rows.length,
    largest((row, i) => pValueErrors(row.pValue, PUBLISHED.pValue[i])),
    BEYOND,
  );
}

if (spawnSync('Rscript', ['-e', 'library(surveillance)']).status === 0) await compareWithR();
else
  console.log(
    'Not compared with R: the package surveillance (Debian: r-cran-surveillance) is not installed.',
  );

if (lines.length > 0) console.log(table(['quantity', 'compared', 'largest difference', 'allowed'], lines));
process.exitCode = problems > 0 ? 1 : 0;

/** Events in clusters, some of them repeats of an earlier one; a part of the places are corners of a grid. */
function simulate(set) {
  const random = new Random(options.seed, `events ${set}`);
  const events = { x: [], y: [], day: [] };
  const centres = Array.from({ length: 12 }, () => [random.below(4000), random.below(4000)]);
  for (let i = 0; i < options.events; i += 1) {
    const repeated = random.chance(0.03 * (set % 4)) && i > 0 ? random.below(i) : -1;
    const [x, y] = centres[random.below(centres.length)];
    const snap = random.chance(0.3) ? 100 : 1;
    const place = (value, spread) => Math.round((value + spread * random.normal()) / snap) * snap;
    events.x.push(repeated < 0 ? place(x, 300) : events.x[repeated] + random.below(60));
    events.y.push(repeated < 0 ? place(y, 300) : events.y[repeated] + random.below(60));
    events.day.push(repeated < 0 ? random.below(200) : events.day[repeated] + random.below(10));
  }
  return events;
}

async function compareWithR() {
  const sets = Array.from({ length: options.sets }, (_, set) => {
    const distance = set % 3 === 2 ? 'euclidean' : 'manhattan';
    const events = simulate(set);
    const random = new Random(options.seed, `deals ${set}`);
    const { rows } = knoxTest(events, random, { distance, permutations: options.permutations });
    return { set, distance, events, rows };
  });
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-near-repeat-'));
  const write = (name, head, rows) => writeFile(join(folder, name), `${[head, ...rows].join('\n')}\n`);
  await write(
    'events.csv',
    'set,x,y,day',
    sets.flatMap(({ set, events: { x, y, day } }) => x.map((at, i) => [set, at, y[i], day[i]].join(','))),
  );
  await write(
    'bands.csv',
    'set,distance,metres_from,metres_to,days_from,days_to',
    sets.flatMap(({ set, distance, rows }) =>
      rows.map((row) =>
        [set, distance, row.distance.from, row.distance.to, row.days.from, row.days.to].join(','),
      ),
    ),
  );
  const script = fileURLToPath(new URL('near-repeat.R', import.meta.url));
  execFileSync('Rscript', [script, folder, String(options.permutations)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const text = await readFile(join(folder, 'knox.csv'), 'utf8');
  await rm(folder, { recursive: true });

  const [head, ...cells] = text
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  const theirs = new Map();
  for (const values of cells) {
    const row = Object.fromEntries(values.map((value, i) => [head[i], value]));
    theirs.set([row.set, row.metres_from, row.days_from].map(Number).join(' '), row);
  }
  const pairs = sets.flatMap(({ set, rows }) =>
    rows.map((row) => [row, theirs.get([set, row.distance.from, row.days.from].join(' '))]),
  );
  const largest = (differenceOf) => Math.max(...pairs.map(([row, other]) => differenceOf(row, other)));
  report(
    'surveillance: observed',
    pairs.length,
    largest((row, other) => Math.abs(row.observed - Number(other.observed))),
    0,
  );
  report(
    'surveillance: expected, in standard errors',
    pairs.length,
    largest((row, other) => {
      const error = Number(other.spread) / Math.sqrt(options.permutations);
      return Math.abs(row.expected - Number(other.expected)) / (error + 1e-12);
    }),
    BEYOND,
  );
  report(
    'dealt out in R: p-value, in standard errors',
    pairs.length,
    largest((row, other) => pValueErrors(row.pValue, Number(other.p))),
    BEYOND,
  );
}
