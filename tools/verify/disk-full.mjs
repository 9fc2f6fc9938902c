// Fills the disk under a build at many points and checks the lake after each. See README.md.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../apps/runner/dist/acceptance/command.js';
import { checkLake, listLake } from '../../apps/runner/dist/acceptance/lake-check.js';
import { mountSmallDisk } from '../../apps/runner/dist/acceptance/small-disk.js';
import { readOptions, table, tally } from './options.mjs';
import { loadSamples } from './samples.mjs';

const options = readOptions({ 'step-kilobytes': 8, rows: 300 });
const ROOM = 1_000_000;
const STEPS = ['Reading', 'Staging', 'Crosswalk', 'Cleaning', 'Balancing', 'Publishing'];

const folder = await mkdtemp(join(tmpdir(), 'crimetracker-disk-full-'));
const disk = await mountSmallDisk(join(folder, 'disk'), ROOM);
if (typeof disk === 'string') {
  console.log(`Skipped: ${disk}.`);
  process.exit(0);
}
const lake = join(disk.path, 'lake');
const problems = [];
const results = [];
try {
  const samples = await loadSamples(join(folder, 'samples'), options.rows);
  const paths = [];
  for (const { name, bytes } of samples.filter(({ name }) => /nypd-a|nypd-e|lapd-d/.test(name))) {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), bytes);
  }
  const build = (files) => runCommand(['build', ...files, '--lake', lake, '--force', '--json']);

  const base = join(folder, 'base');
  await build(paths.slice(0, 1));
  const kilobytes = await disk.usedKilobytes();
  await cp(lake, base, { recursive: true, preserveTimestamps: true });
  // A lake that nothing was built into yet, then one with a published snapshot; each on ever larger disks.
  await tryDisks('new lake', undefined, 0, build, paths);
  await tryDisks('published lake', base, kilobytes, build, paths);
} finally {
  await disk.remove();
  await rm(folder, { recursive: true, force: true });
}

async function tryDisks(kind, base, from, build, paths) {
  let successes = 0;
  for (let size = from + 4; successes < 3; size += options['step-kilobytes']) {
    await disk.resize(ROOM);
    await rm(lake, { recursive: true, force: true });
    if (base) await cp(base, lake, { recursive: true, preserveTimestamps: true });
    const before = base && JSON.stringify(await published());
    await disk.resize(size);
    const result = await build(paths);
    const where = `${kind}, disk of ${size} kB`;
    const step = STEPS.findLast((name) => new RegExp(`^${name}`, 'm').test(result.stderr)) ?? 'starting';
    const error =
      result.exitCode === 0
        ? undefined
        : JSON.parse(result.stdout.trimEnd().split('\n').at(-1) || '{}').error;
    const outcome = result.exitCode === 0 ? 'published' : (error?.code ?? `exit ${result.exitCode}`);
    if (result.exitCode === 0) successes += 1;
    else {
      if (outcome !== 'disk-full' || result.exitCode !== 3)
        problems.push(
          `${where}, ${step}: exits ${result.exitCode}: ${outcome}: ${error?.message ?? result.stderr.slice(-800)}`,
        );
      if (base && JSON.stringify(await published()) !== before)
        problems.push(`${where}: what was published has changed`);
      const left = await listLake(join(lake, 'work')).catch(() => new Map());
      if (left.size > 0) problems.push(`${where}: left in work: ${[...left.keys()].join(', ')}`);
    }
    if (base || result.exitCode === 0)
      problems.push(...(await checkLake(lake)).problems.map((problem) => `${where}: ${problem}`));

    await disk.resize(ROOM);
    const again = await build(paths);
    if (again.exitCode !== 0)
      problems.push(
        `${where}: with room again the build exits ${again.exitCode}: ${again.stderr.slice(-500)}`,
      );
    else
      problems.push(
        ...(await checkLake(lake)).problems.map((problem) => `${where}, with room again: ${problem}`),
      );
    results.push(`${kind}\t${step}\t${outcome}`);
    console.log(`${where}: ${step}, ${outcome}`);
  }
}

/** Pointer and snapshots, with sizes and times. */
async function published() {
  return [...(await listLake(lake))]
    .filter(([name]) => name === 'current' || name.startsWith('snapshots/'))
    .sort();
}

console.log(
  `\n${table(
    ['lake', 'step reached', 'outcome', 'builds'],
    [...tally(results)].sort().map(([key, count]) => [...key.split('\t'), count]),
  )}`,
);
console.log(`\n${problems.length} problems.`);
for (const problem of problems) console.log(`  ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
