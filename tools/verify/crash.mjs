// Ends builds at random moments and checks the lake after each. See README.md.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashBuilds } from '../../apps/runner/dist/acceptance/crash-run.js';
import { readOptions, table, tally } from './options.mjs';
import { loadSamples } from './samples.mjs';

const options = readOptions({
  kills: 100,
  signal: 'SIGKILL',
  seed: 1,
  'complete-every': 10,
  keep: 3,
  rows: 20_000,
});
const folder = await mkdtemp(join(tmpdir(), 'crimetracker-crash-'));
const samples = await loadSamples(join(folder, 'samples'), options.rows);
const given = join(folder, 'given');
await mkdir(given);

/** Of every build other files, and one of them with bytes no build had before, so that it must be staged. */
async function inputs(build) {
  const number = Math.abs(build);
  const paths = [];
  for (const [index, { name, bytes }] of samples.entries()) {
    if ((index + number) % 4 !== 0) continue;
    const path = join(given, name);
    await writeFile(path, bytes);
    paths.push(path);
  }
  const large = samples[number % samples.length];
  const path = join(given, `build-${build}.csv`);
  const lines = large.bytes.toString('latin1').split('\n');
  await writeFile(path, [lines[0], ...lines.slice(1 + (number % 7))].join('\n'), 'latin1');
  return [path, ...paths];
}

const started = performance.now();
const report = await crashBuilds({
  folder,
  inputs,
  kills: options.kills,
  signal: options.signal,
  seed: options.seed,
  keep: options.keep,
  completeEvery: options['complete-every'],
  say: (line) => console.log(line),
});
const minutes = (performance.now() - started) / 60_000;

console.log(
  `\n${report.kills.length} builds ended by ${options.signal}, seed ${options.seed}; a build takes ${report.buildMs} ms.`,
);
const steps = tally(report.kills.map(({ step, found }) => `${step}\t${found}`));
console.log(
  table(
    ['step reached', 'snapshot found by a reader', 'builds'],
    [...steps].sort().map(([key, count]) => [...key.split('\t'), count]),
  ),
);
console.log(
  `\n${report.tooLate} more ended by themselves before the signal; ${report.completed} were run to completion in between.`,
);
console.log(
  `Lake afterwards: ${report.lake.files} files, ${report.lake.bytes} bytes; a fresh lake of the same builds: ${report.freshLake.files} files, ${report.freshLake.bytes} bytes.`,
);
console.log(`${report.problems.length} problems in ${minutes.toFixed(1)} minutes.`);
for (const problem of report.problems) console.log(`  ${problem}`);
if (report.problems.length === 0) await rm(folder, { recursive: true, force: true });
else console.log(`Kept for a look: ${folder}`);
process.exitCode = report.problems.length === 0 ? 0 : 1;
