// Holds Gi* of packages/hotspots against R's spdep (localG with include.self) on real and synthetic surfaces, and the
// false discovery rate against p.adjust. See README.md. Needs the Debian package r-cran-spdep.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleFiles, samplesAbsent } from '../../apps/runner/dist/acceptance/samples.js';
import { Random } from '../../packages/analysis-kit/dist/random.js';
import { benjaminiHochberg } from '../../packages/analysis-kit/dist/statistics/benjamini-hochberg.js';
import { normalCdf } from '../../packages/analysis-kit/dist/statistics/distributions.js';
import { cellGrid } from '../../packages/hotspots/dist/cells/cell-grid.js';
import { layOutNeighbours } from '../../packages/hotspots/dist/cells/neighbours.js';
import { giStar } from '../../packages/hotspots/dist/getis-ord/gi-star.js';
import { command } from './command.mjs';
import { readOptions, table } from './options.mjs';

const { gridDisk, latLngToCell } = createRequire(
  new URL('../../packages/hotspots/package.json', import.meta.url),
)('h3-js');

const options = readOptions({ seed: 1 });
/** Largest difference that counts as none. */
const ALLOWED = 1e-9;

if (spawnSync('Rscript', ['-e', 'library(spdep)']).status !== 0) {
  console.log('Not compared: the R package spdep (Debian: r-cran-spdep) is not installed.');
  process.exit(0);
}

const surfaces = [goldenPoints(), ...synthetic(), ...(await real())];
const folder = await mkdtemp(join(tmpdir(), 'crimetracker-gi-star-'));
const write = (name, head, rows) => writeFile(join(folder, name), `${[head, ...rows].join('\n')}\n`);
await write(
  'surfaces.csv',
  'surface,unit,value',
  surfaces.flatMap(({ values }, s) => Array.from(values, (value, i) => `${s},${i + 1},${value}`)),
);
await write(
  'links.csv',
  'surface,unit,neighbour',
  surfaces.flatMap(({ values, neighbours: { starts, list } }, s) =>
    Array.from(values, (_, i) => i).flatMap((i) =>
      Array.from(list.subarray(starts[i], starts[i + 1]), (other) => `${s},${i + 1},${other + 1}`),
    ),
  ),
);
execFileSync('Rscript', [fileURLToPath(new URL('gi-star.R', import.meta.url)), folder], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const theirs = (await readFile(join(folder, 'result.csv'), 'utf8'))
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));
await rm(folder, { recursive: true });

let problems = 0;
const lines = surfaces.map(({ name, values, neighbours }, s) => {
  const own = theirs.filter(([surface]) => surface === s);
  const z = giStar(values, neighbours);
  const q = benjaminiHochberg(Array.from(z, (one) => Math.min(1, 2 * normalCdf(-Math.abs(one)))));
  const zDifference = Math.max(...own.map(([, unit, other]) => Math.abs(z[unit - 1] - other)));
  const qDifference = Math.max(...own.map(([, unit, , other]) => Math.abs(q[unit - 1] - other)));
  if (own.length !== values.length || !(zDifference < ALLOWED && qDifference < ALLOWED)) problems += 1;
  return [name, values.length, zDifference.toExponential(1), qDifference.toExponential(1)];
});
console.log(table(['surface', 'units', 'largest difference of z', 'of q'], lines));
console.log(problems === 0 ? `All differences are below ${ALLOWED}.` : `${problems} surfaces differ.`);
process.exitCode = problems > 0 ? 1 : 0;

/** The six points of the esda documentation. */
function goldenPoints() {
  const points = [
    [10, 10],
    [20, 10],
    [40, 10],
    [15, 20],
    [30, 20],
    [30, 30],
  ];
  const lists = points.map(([x, y], i) =>
    points.flatMap(([a, b], j) => (i !== j && Math.hypot(a - x, b - y) <= 15 ? [j] : [])),
  );
  return { name: 'golden points', values: [2, 3, 3.2, 5, 8, 7], neighbours: layOutNeighbours(lists) };
}

function synthetic() {
  const random = new Random(options.seed, 'surfaces');
  const disc = gridDisk(latLngToCell(40.73, -73.95, 9), 30);
  const lognormal = () => Math.floor(Math.exp(1.5 * random.normal()));
  const surface = (name, cells, value) => {
    const grid = cellGrid(cells);
    return { name, values: Float64Array.from(grid.cells, value), neighbours: grid.neighbours };
  };
  return [
    surface('disc, lognormal counts', disc, lognormal),
    surface(
      'ragged, with holes',
      disc.filter(() => random.chance(0.7)),
      lognormal,
    ),
    surface('sparse', disc, () => (random.chance(0.06) ? 1 + random.below(3) : 0)),
    surface('real numbers', disc, () => random.unit() * 100 - 50),
    surface('one heap', disc, (_, i) => (i === 1000 ? 100_000 : 1)),
  ];
}

/** Incidents of the real sample files by cell, over these cells and two rings around them. */
async function real() {
  if (samplesAbsent !== null) {
    console.log(`Without real surfaces, because ${samplesAbsent}.`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-gi-star-'));
  const lake = join(folder, 'lake');
  await command('build', ...sampleFiles(), '--lake', lake);
  const surfaces = [];
  for (const resolution of [8, 9]) {
    const stdout = await command(
      'query',
      `SELECT source, h3_r${resolution} AS h3, COUNT(*) AS incidents FROM incidents
       WHERE coordinate_quality = 'Located' GROUP BY source, h3_r${resolution} ORDER BY source, h3`,
      '--json',
      '--lake',
      lake,
    );
    const rows = JSON.parse(stdout);
    for (const source of ['nypd', 'lapd']) {
      const own = new Map(rows.filter((row) => row.source === source).map((row) => [row.h3, row.incidents]));
      const grid = cellGrid([...own.keys()].flatMap((cell) => gridDisk(cell, 2)));
      surfaces.push({
        name: `real incidents of ${source}, resolution ${resolution}`,
        values: Float64Array.from(grid.cells, (cell) => own.get(cell) ?? 0),
        neighbours: grid.neighbours,
      });
    }
  }
  await rm(folder, { recursive: true });
  return surfaces;
}
