/**
 * Times the row path on files: `node bench/benchmarks/row-path-process.mjs --work DIR [--times N] FILES…`, JSON on standard output.
 *
 * What is timed is what `check` and `explain` do with a row: fast-csv, zod, the field functions, the cleaning rules. The
 * framer, which reads the file once before, is timed apart. Answers to texts seen before are kept in memory, as
 * in real use; reading a small file many times flatters the figure, so a generated file is the one to quote.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  prepareRawFile,
  rawRowReader,
  readRecords,
  recogniseSource,
  resolveHeader,
} from '@crimetracker/adapter-kit';
import { lapd } from '@crimetracker/adapter-lapd';
import { nypd } from '@crimetracker/adapter-nypd';
import { DEFAULT_WINDOW } from '@crimetracker/cleaning';
import { canonicalRow } from '@crimetracker/lake';

/** @import { CityAdapter } from '@crimetracker/adapter-kit' */

/**
 * @param {string} path
 * @param {readonly CityAdapter[]} adapters
 * @param {string} folder
 * @param {number} times
 */
async function timeFile(path, adapters, folder, times) {
  const began = performance.now();
  const prepared = await prepareRawFile(path, { folder });
  const adapter = recogniseSource(adapters, prepared.header);
  const rawRow = rawRowReader(adapter, resolveHeader(adapter, prepared.header));
  const started = performance.now();
  const cpu = process.cpuUsage();
  let rows = 0;
  let quarantined = 0;
  for (let time = 0; time < times; time += 1) {
    for await (const { record, fields } of readRecords(prepared)) {
      const origin = {
        rawFile: prepared.sha256,
        rawRecord: record,
        window: DEFAULT_WINDOW,
        atStationHouse: false,
      };
      if (canonicalRow(adapter, rawRow(fields), origin).reasons.length > 0) quarantined += 1;
      rows += 1;
    }
  }
  const used = process.cpuUsage(cpu);
  return {
    file: basename(path),
    source: adapter.id,
    rows,
    quarantined,
    framerSeconds: (started - began) / 1000,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { work: { type: 'string' }, times: { type: 'string', default: '1' } },
});
if (values.work === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node bench/benchmarks/row-path-process.mjs --work DIR [--times N] FILES…\n');
  process.exit(2);
}
const folder = await mkdtemp(join(values.work, 'row-path-'));
try {
  const adapters = await Promise.all([nypd.load(), lapd.load()]);
  const results = [];
  for (const [index, path] of positionals.entries()) {
    results.push(await timeFile(path, adapters, join(folder, String(index)), Number(values.times)));
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
