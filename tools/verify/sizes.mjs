// Builds files of extreme shape by the command, and measures time and memory. See README.md.
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { checkLake } from '../../apps/runner/dist/acceptance/lake-check.js';
import { rawLines } from '../../apps/runner/dist/acceptance/raw-inputs.js';
import { readOptions, table } from './options.mjs';

/** The greatest memory a process had so far; 0 once it has ended. */
function peakKilobytes(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const options = readOptions({ files: 10_000, 'most-megabytes': 2500, 'most-minutes': 15 });
const BIN = fileURLToPath(new URL('../../apps/runner/bin/crimetracker.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'crimetracker-sizes-'));
const { header, records } = await rawLines(folder, 'nypd-b', 50, 1);
const commas = ','.repeat(header.split(',').length - 1);
const good = `${header}\n${records.join('\n')}\n`;
const problems = [];
const results = [];

/** The same text so many times, in pieces that fit memory. */
function* repeated(text, times) {
  const piece = text.repeat(1000);
  for (let at = 0; at < times; at += 1000) yield times - at < 1000 ? text.repeat(times - at) : piece;
}

const write = async (name, parts, ...through) => {
  const path = join(folder, name);
  await pipeline(Readable.from(parts), ...through, createWriteStream(path));
  return [path];
};

/** Shape → paths, records that come in, and of them those that are curated. */
const SHAPES = {
  'a million empty records': [
    async () => write('empty.csv', chain([good], repeated(`${commas}\n`, 1e6))),
    1_000_050,
    50,
  ],
  'a line of 200 MB without an end': [
    async () => write('line.csv', chain([good], repeated('x'.repeat(1000), 200_000))),
    51,
    50,
  ],
  'a quote of 200 MB without an end': [
    async () => write('quote.csv', chain([`${good}"`], repeated('some text, and more of it\n', 8_000_000))),
    8_000_050,
    50,
  ],
  'a header of 3,000 columns': [
    async () => {
      const names = Array.from({ length: 2965 }, (_, index) => `more_${index}`);
      const lines = records.map((record) => record + ','.repeat(names.length));
      return write('wide.csv', [`${header},${names.join(',')}\n${lines.join('\n')}\n`]);
    },
    50,
    50,
  ],
  'gzip of a gigabyte of empty lines': [
    async () => write('bomb.csv.gz', chain([good], repeated('\n', 1e9)), createGzip()),
    50,
    50,
  ],
  [`${options.files} files at once`]: [
    async () => {
      const many = join(folder, 'many');
      await mkdir(many);
      for (let index = 0; index < options.files; index += 1) {
        const record = records[index % records.length].replace(/^\d+/, String(100_000_000 + index));
        await writeFile(join(many, `${String(index).padStart(6, '0')}.csv`), `${header}\n${record}\n`);
      }
      return [many];
    },
    options.files,
    options.files,
  ],
};

function* chain(...parts) {
  for (const part of parts) yield* part;
}

for (const [shape, [make, expectedRecords, expectedCurated]] of Object.entries(SHAPES)) {
  const lake = join(folder, 'lake');
  const paths = await make();
  const { exitCode, seconds, megabytes, answer } = await build([...paths, '--lake', lake]);
  const ledger = answer?.ledger;
  results.push([
    shape,
    exitCode,
    ledger?.records ?? 0,
    ledger?.curated ?? 0,
    ledger?.quarantined ?? 0,
    Math.round(seconds),
    megabytes,
  ]);
  if (exitCode !== 0) problems.push(`${shape}: exits ${exitCode}: ${answer?.error?.message}`);
  else {
    problems.push(...(await checkLake(lake)).problems.map((problem) => `${shape}: ${problem}`));
    if (ledger.records !== expectedRecords || ledger.curated !== expectedCurated) {
      problems.push(
        `${shape}: ${ledger.records} records and ${ledger.curated} curated, expected ${expectedRecords} and ${expectedCurated}`,
      );
    }
  }
  if (megabytes > options['most-megabytes']) problems.push(`${shape}: took ${megabytes} MB of memory`);
  console.log(`${shape}: exit ${exitCode}, ${seconds.toFixed(1)} s, ${megabytes} MB`);
  for (const path of [...paths, lake]) await rm(path, { recursive: true, force: true });
}
await rm(folder, { recursive: true, force: true });

/** Runs a build and watches its peak memory, where the system tells (Linux). */
async function build(args) {
  const started = performance.now();
  const child = spawn(process.execPath, [BIN, 'build', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  let kilobytes = 0;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  const watch = setInterval(() => {
    kilobytes = Math.max(kilobytes, peakKilobytes(child.pid));
  }, 100);
  const limit = setTimeout(() => child.kill('SIGKILL'), options['most-minutes'] * 60_000);
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  clearTimeout(limit);
  const answer = stdout === '' ? undefined : JSON.parse(stdout.trimEnd().split('\n').at(-1));
  return {
    exitCode,
    seconds: (performance.now() - started) / 1000,
    megabytes: Math.round(kilobytes / 1000),
    answer,
  };
}

console.log(
  `\n${table(['input', 'exit', 'records', 'curated', 'quarantined', 'seconds', 'peak MB'], results)}`,
);
console.log(`\n${problems.length} problems.`);
for (const problem of problems) console.log(`  ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
