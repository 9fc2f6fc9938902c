import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ADAPTER_COLUMN_NAMES } from '@crimetracker/schema';
import type { CityAdapter } from '../city-adapter.js';
import { prepareRawFile } from '../framing/prepare-raw-file.js';
import { readRecords } from '../framing/read-records.js';
import { resolveHeader } from '../resolve-header.js';
import { rawRowReader, standardiseValues } from '../row-path.js';
import type { ConformanceCheck } from './check.js';
import type { Problem } from './problem.js';
import type { SampleFile } from './subject.js';
import { valueProblem } from './value-problem.js';

/** What one reading of a file counted. */
interface Tally {
  readonly vintage: string;
  records: number;
  readonly findings: Map<string, number>;
  readonly problems: Problem[];
}

export const sampleCheck: ConformanceCheck = {
  id: 'samples',
  title: 'sample files are read to the last record, with the counts that are stated',
  skip: ({ samples = [] }) => {
    if (samples.length === 0) return 'no sample files are given';
    return samples.some(({ file }) => existsSync(file))
      ? null
      : `no sample file is on this machine, such as ${basename(samples[0]?.file ?? '')}`;
  },
  run: async ({ adapter, options }) => {
    const problems: Problem[] = [];
    for (const sample of options.samples ?? []) problems.push(...(await sampleProblems(adapter, sample)));
    return problems;
  },
};

async function sampleProblems(
  adapter: CityAdapter,
  { file, expect = {} }: SampleFile,
): Promise<readonly Problem[]> {
  const where = `${adapter.id}, sample ${basename(file)}`;
  if (!existsSync(file))
    return [
      { where, what: 'the file is not there', todo: 'Check its path; the other sample files are there.' },
    ];
  let tally: Tally;
  try {
    tally = await readSample(adapter, file, where);
  } catch (error) {
    return [
      {
        where,
        what: error instanceof Error ? error.message : String(error),
        todo: 'The file must be read to its end.',
      },
    ];
  }
  const claims = [
    ['the vintage', tally.vintage, expect.vintage],
    ['the number of records', tally.records, expect.records],
    ...Object.entries(expect.findings ?? {}).map(
      ([id, count]) => [`rows with ${id}`, tally.findings.get(id) ?? 0, count] as const,
    ),
  ] as const;
  const wrong = claims
    .filter(([, got, wanted]) => wanted !== undefined && got !== wanted)
    .map(([what, got, wanted]) => ({
      where,
      what: `${what}: ${got}, expected ${wanted}`,
      todo: 'Look at the rows with explain, then correct the adapter or the count.',
    }));
  return [...tally.problems, ...wrong];
}

async function readSample(adapter: CityAdapter, file: string, where: string): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-sample-'));
  try {
    const prepared = await prepareRawFile(file, { folder });
    const header = resolveHeader(adapter, prepared.header);
    const readRow = rawRowReader(adapter, header);
    const tally: Tally = { vintage: header.vintage.id, records: 0, findings: new Map(), problems: [] };
    for await (const { record, fields } of readRecords(prepared)) {
      tally.records += 1;
      const raw = readRow(fields);
      try {
        const { values, findings } = standardiseValues(adapter, raw);
        for (const id of findings) tally.findings.set(id, (tally.findings.get(id) ?? 0) + 1);
        for (const column of ADAPTER_COLUMN_NAMES) {
          const what = valueProblem(column, values[column]);
          if (what !== null)
            tally.problems.push({
              where: `${where}, record ${record}`,
              what,
              todo: 'Return a value of the column.',
            });
        }
      } catch (error) {
        tally.problems.push({
          where: `${where}, record ${record}`,
          what: String(error),
          todo: 'Bad cells are data: return null with a finding.',
        });
      }
    }
    return tally;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
