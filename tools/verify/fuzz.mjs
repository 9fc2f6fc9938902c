// Builds thousands of damaged raw files and holds each against a reference. See README.md.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { runCommand } from '../../apps/runner/dist/acceptance/command.js';
import { fuzzBatch, WINDOW } from '../../apps/runner/dist/acceptance/fuzz-run.js';
import { createSample, mutate } from '../../apps/runner/dist/acceptance/mutate.js';
import { createRandom } from '../../apps/runner/dist/acceptance/random.js';
import { compareRowPath } from '../../apps/runner/dist/acceptance/row-path-parity.js';
import { loadSources } from '../../apps/runner/dist/sources.js';
import { openDuckDb } from '../../packages/engine/dist/duckdb/index.js';
import { accountsOf } from '../../packages/lake/dist/index.js';
import { readOptions, table, tally } from './options.mjs';
import { loadSamples } from './samples.mjs';

const options = readOptions({
  files: 20_000,
  seed: 1,
  batch: 150,
  'first-batch': 0,
  'timeout-seconds': 300,
  'row-path-every': 10,
  'command-every': 25,
  keep: 'fuzz-failures',
});
const folder = await mkdtemp(join(tmpdir(), 'crimetracker-fuzz-'));
const samples = (await loadSamples(join(folder, 'samples'), 400)).map(({ name, bytes }) =>
  createSample(name, bytes),
);
const sources = await loadSources();
const batches = Math.ceil(options.files / options.batch);
const outcomes = new Map();
const reasons = new Map();
const steps = new Map();
const totals = {
  files: 0,
  records: 0,
  curated: 0,
  quarantined: 0,
  duplicates: 0,
  rowPathRows: 0,
  rowPathValues: 0,
  commands: 0,
};
let failures = 0;

/** Batches depend on seed and number only, so any one can be run again alone: --first-batch N --files <batch>. */
for (let batch = options['first-batch']; batch < options['first-batch'] + batches; batch += 1) {
  const random = createRandom(options.seed * 1_000_003 + batch);
  const mutants = Array.from({ length: options.batch }, () => mutate(random, samples));
  const lake = join(folder, `lake-${Math.floor(batch / 20)}`);
  const engine = await openDuckDb({ threads: 1, memoryLimit: '2GB', tempDirectory: join(folder, 'spill') });
  const given = join(folder, 'given');
  try {
    const result = await fuzzBatch(mutants, `${options.seed}-${batch}`, {
      engine,
      sources,
      lake,
      folder: given,
      timeoutMs: options['timeout-seconds'] * 1000,
      eagerly: batch % 2 === 1,
    });
    const problems = [...result.problems];
    if (result.build && batch % options['row-path-every'] === 0)
      problems.push(...(await rowPathProblems(engine, result.build)));
    if (batch % options['command-every'] === 0) problems.push(...(await commandProblems(result)));
    count(result, mutants);
    if (problems.length > 0) await keepFailure(batch, problems, result.paths);
  } finally {
    await engine.close();
  }
  await rm(given, { recursive: true, force: true });
  if (batch % 20 === 19) await rm(lake, { recursive: true, force: true });
  if (batch % 5 === 4)
    console.log(
      `${totals.files} files, ${totals.records} records, ${failures} failures, ${perMinute()} files a minute`,
    );
}

/** The row path reads the same files record by record and must come to the same values. */
async function rowPathProblems(engine, build) {
  const report = await compareRowPath(engine, build, sources, join(folder, 'rows'));
  await rm(join(folder, 'rows'), { recursive: true, force: true });
  totals.rowPathRows += report.rows;
  totals.rowPathValues += report.values;
  return report.differences.map((difference) => `row path: ${difference}`);
}

/** The command itself comes to the same accounts, in a lake of its own. */
async function commandProblems({ build, paths }) {
  const lake = join(folder, 'lake-of-command');
  const flags = ['--from', WINDOW.from, '--to', WINDOW.to, '--lake', lake, '--json'];
  const { exitCode, stdout, stderr } = await runCommand(['build', ...paths, ...flags]);
  await rm(lake, { recursive: true, force: true });
  totals.commands += 1;
  const problems = [];
  if (exitCode === 1 || exitCode === 4 || exitCode === null)
    problems.push(`the command exits ${exitCode}: ${stderr.slice(-2000)}`);
  const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1));
  const account = ({ raw_file, records, curated, quarantined, duplicates }) =>
    `${raw_file} ${records} ${curated} ${quarantined} ${duplicates}`;
  const own = (summary.ledger?.files ?? []).map(account).sort().join('\n');
  const inProcess = accountsOf(build?.manifest.ledger ?? [])
    .map(account)
    .sort()
    .join('\n');
  if (own !== inProcess) problems.push('the command comes to other accounts than the build in this process');
  return problems;
}

function count({ build, outcomes: found, reasons: foundReasons, records }, mutants) {
  totals.files += mutants.length;
  totals.records += records;
  for (const account of accountsOf(build?.manifest.ledger ?? [])) {
    totals.curated += account.curated;
    totals.quarantined += account.quarantined;
    totals.duplicates += account.duplicates;
  }
  for (const [code, files] of tally(found)) outcomes.set(code, (outcomes.get(code) ?? 0) + files);
  for (const [reason, rows] of foundReasons) reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
  for (const [step, files] of tally(mutants.flatMap((mutant) => mutant.steps)))
    steps.set(step, (steps.get(step) ?? 0) + files);
}

async function keepFailure(batch, problems, paths) {
  failures += 1;
  console.log(`FAILURE in batch ${batch} of seed ${options.seed}:`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  const kept = resolve(options.keep, `${options.seed}-${batch}`);
  await mkdir(kept, { recursive: true });
  const named = paths.filter((path) => problems.some((problem) => problem.includes(basename(path))));
  for (const path of named.length > 0 ? named : paths) await copyFile(path, join(kept, basename(path)));
  console.log(
    `  files: ${kept}; again: node tools/verify/fuzz.mjs --seed ${options.seed} --first-batch ${batch} --files ${options.batch} --batch ${options.batch}`,
  );
}

function perMinute() {
  return Math.round((totals.files / performance.now()) * 60_000);
}

const sorted = (counts) => [...counts].sort(([, a], [, b]) => b - a);
console.log(
  `\n${totals.files} damaged files from ${samples.length} samples, seed ${options.seed}, in ${(performance.now() / 60_000).toFixed(1)} minutes (${perMinute()} a minute).`,
);
console.log(`\n${table(['outcome', 'files'], sorted(outcomes))}`);
console.log(
  `\n${totals.records} records came in: ${totals.curated} curated, ${totals.quarantined} quarantined, ${totals.duplicates} duplicates.`,
);
console.log(`\n${table(['malformed because', 'records'], sorted(reasons))}`);
console.log(`\n${table(['damage done', 'files'], sorted(steps))}`);
console.log(
  `\nRow path compared on ${totals.rowPathRows} rows, ${totals.rowPathValues} values. ${totals.commands} batches built again by the command.`,
);
console.log(`${failures} batches with a failure.`);
await rm(folder, { recursive: true, force: true });
process.exitCode = failures === 0 ? 0 : 1;
