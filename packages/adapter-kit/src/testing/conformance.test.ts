import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { describeCityAdapter } from './describe-city-adapter.js';
import { exampleAdapter } from './example-adapter.js';
import { CONFORMANCE_CHECKS, runConformanceChecks } from './run-checks.js';
import type { ConformanceOptions, SampleFile } from './subject.js';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rm(folder, { recursive: true }));

const CSV = [
  'Report No,Reported,Occurred,Time,Offence,Lat,Lon',
  'A-1,1/2/2020,1/1/2020,2400,110,42.5,-71.5',
  'A-2,1/2/2020,,1,999,0,0',
  'A-3,too,few',
  '"A-4",01/03/20,2020-01-02,0130,"440",42.25,-71.25',
].join('\r\n');

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const plain = write('plain.csv', CSV);
const zipped = write('zipped.csv.gz', gzipSync(CSV));
const expectations = {
  vintage: 'portal-7',
  records: 3,
  findings: {
    'occurred-time-24-00': 1,
    'offence-unmapped': 1,
    'coordinates-zero': 1,
    'occurred-date-unreadable': 0,
  },
} as const;

describeCityAdapter(exampleAdapter, {
  tables: [new URL('../../tables/example-offences.csv', import.meta.url)],
  golden: [
    {
      name: 'a burglary at one past midnight',
      raw: { report_no: 'A-1', occurred: '1/8/20', time: '1', offence: '310.0', lat: '42.5', lon: '-71.5' },
      expected: {
        case_num: 'A-1',
        occurred_date: '2020-01-08',
        occurred_time: '00:01',
        crime_category: 'Burglary',
      },
      findings: [],
    },
  ],
  samples: [
    { file: plain, expect: expectations },
    { file: zipped, expect: expectations },
  ],
});

describe('the check of sample files', () => {
  const problemsOf = async (...samples: readonly SampleFile[]) => {
    const results = await runConformanceChecks(
      exampleAdapter,
      { samples },
      CONFORMANCE_CHECKS.filter(({ id }) => id === 'samples'),
    );
    return results.flatMap(({ problems }) => problems.map(({ where, what }) => `${where}: ${what}`));
  };

  it('says which counts differ', async () => {
    const expect2 = { vintage: 'portal-8', records: 4, findings: { 'offence-unmapped': 0 } };
    expect(await problemsOf({ file: plain, expect: expect2 })).toEqual([
      'expd, sample plain.csv: the vintage: portal-7, expected portal-8',
      'expd, sample plain.csv: the number of records: 3, expected 4',
      'expd, sample plain.csv: rows with offence-unmapped: 1, expected 0',
    ]);
  });

  it('says why a file cannot be read to its end', async () => {
    const truncated = write('half.csv.gz', gzipSync(CSV).subarray(0, 60));
    const foreign = write('foreign.csv', 'id,date\n1,2\n');
    const [first, second, third] = await problemsOf(
      { file: truncated },
      { file: foreign },
      { file: join(folder, 'none.csv') },
    );
    expect(first).toMatch(/^expd, sample half\.csv\.gz: .* is cut short/);
    expect(second).toContain('the header lacks report_no');
    expect(third).toBe('expd, sample none.csv: the file is not there');
  });

  it.each<[ConformanceOptions, RegExp]>([
    [{}, /^no sample files are given$/],
    [
      { samples: [{ file: join(folder, 'none.csv') }] },
      /^no sample file is on this machine, such as none\.csv$/,
    ],
  ])('is skipped with its reason when there is nothing to read', async (options, reason) => {
    const results = await runConformanceChecks(
      exampleAdapter,
      options,
      CONFORMANCE_CHECKS.filter(({ id }) => id === 'samples'),
    );
    expect(results.at(-1)).toMatchObject({ id: 'samples', skipped: expect.stringMatching(reason) });
  });
});
