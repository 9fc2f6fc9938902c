import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawRow, RowValues } from '@crimetracker/adapter-kit';
import {
  digitsOf,
  prepareRawFile,
  rawRowReader,
  readCodeTable,
  readRecords,
  resolveHeader,
  standardiseValues,
} from '@crimetracker/adapter-kit';
import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { ADAPTER_COLUMN_NAMES } from '@crimetracker/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCodeTables, wordingKey } from './code-tables.js';
import { lapd } from './lapd-adapter.js';
import { CATEGORY_LABELS } from './testing/reference-labels.js';

const SHARED = new URL('../../../../shared/', import.meta.url);
const DATA = new URL('data/', SHARED);
const isPresent = existsSync(DATA) && existsSync(new URL('reference/tables/', SHARED));
if (!isPresent) console.log('LAPD sample files: skipped, ../shared/data or ../shared/reference is absent.');

/** File, vintage, records. The first five are exports, the others cuts that lack columns. */
const FILES = [
  ['lapd/present-28col-clean-2020.csv.gz', 'lapd-2020-present-28', 528],
  ['lapd/present-28col-mixed-dates-2020.csv.gz', 'lapd-2020-present-28', 5972],
  ['lapd/present-28col-excel-blank-headers-2020.csv.gz', 'lapd-2020-excel-blank-headers-28', 3572],
  ['lapd/present-28col-excel-2022.csv.gz', 'lapd-2020-present-28', 584],
  ['lapd/present-36col-duplicate-header-westla-2020-2021.csv.gz', 'lapd-2020-2021-duplicate-date-36', 7733],
  ['derived/lapd-snakecase-16col-2020.csv.gz', 'lapd-derived-snake-case-16', 606],
  ['derived/lapd-renamed-dayfirst-2020-2023.csv.gz', 'lapd-derived-day-first-12', 2582],
] as const;
const EXPORTS = 5;

const UNMAPPED: readonly FindingId[] = [
  'offence-unmapped',
  'law-class-unmapped',
  'weapon-unmapped',
  'premises-unmapped',
  'jurisdiction-unmapped',
  'status-unmapped',
  'victim-sex-unmapped',
  'victim-race-unmapped',
  'report-date-unreadable',
  'occurred-date-unreadable',
  'occurred-time-unreadable',
  'coordinates-unreadable',
];

interface Row extends RowValues {
  readonly raw: RawRow;
}

interface ReadFile {
  readonly name: string;
  readonly vintage: string;
  readonly malformed: number;
  readonly rows: readonly Row[];
}

const adapter = await lapd.load();

async function read(name: string, folder: string): Promise<ReadFile> {
  const prepared = await prepareRawFile(fileURLToPath(new URL(name, DATA)), { folder });
  const header = resolveHeader(adapter, prepared.header);
  const toRaw = rawRowReader(adapter, header);
  const rows: Row[] = [];
  for await (const { fields } of readRecords(prepared)) {
    const raw = toRaw(fields);
    rows.push({ raw, ...standardiseValues(adapter, raw) });
  }
  return { name, vintage: header.vintage.id, malformed: prepared.malformed, rows };
}

function count<T>(items: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Prints counts of ours and of the reference side by side, and what is different about them. */
function printTotals(title: string, ours: Map<string, number>, reference: Map<string, number>): void {
  const names = [...new Set([...ours.keys(), ...reference.keys()])];
  const rows = names.map((name) => {
    const [mine, theirs] = [ours.get(name) ?? 0, reference.get(name) ?? 0];
    return { name, ours: mine, reference: theirs, difference: mine - theirs };
  });
  console.log(title);
  console.table(rows.sort((a, b) => b.ours - a.ours));
}

describe.runIf(isPresent)('the sample files of LAPD on the row path', () => {
  let files: readonly ReadFile[] = [];
  const exported = () => files.slice(0, EXPORTS).flatMap(({ rows }) => rows);

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lapd-files-'));
    try {
      const done: ReadFile[] = [];
      for (const [index, [name]] of FILES.entries()) done.push(await read(name, join(folder, String(index))));
      files = done;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it('every record is read under its vintage, and none is malformed', () => {
    console.table(
      files.map(({ name, vintage, rows }) => ({
        file: name.replace(/^.*\//, ''),
        vintage,
        records: rows.length,
        findings: [...count(rows.flatMap(({ findings }) => findings))]
          .map(([id, rowCount]) => `${id} ${rowCount}`)
          .join(', '),
      })),
    );
    expect(files.map(({ name, vintage, rows }) => [name, vintage, rows.length])).toEqual(FILES);
    expect(files.map(({ malformed }) => malformed)).toEqual(files.map(() => 0));
  });

  it('no code is unmapped and no cell unreadable, in any file', () => {
    const found = count(files.flatMap(({ rows }) => rows).flatMap(({ findings }) => findings));
    expect(UNMAPPED.filter((id) => found.has(id))).toEqual([]);
  });

  it('the findings are those the files are known to hold', () => {
    const found = count(exported().flatMap(({ findings }) => findings));
    expect(Object.fromEntries(found)).toEqual({ 'coordinates-zero': 33, 'victim-age-impossible': 5 });
  });

  it('crime categories have the totals of the reference mapping', async () => {
    const reference = await readCodeTable(
      new URL('reference/tables/lapd_crime_codes.csv', SHARED),
      z.object({
        crm_cd: z.string(),
        description: z.string(),
        nibrs_code: z.string(),
        crime_category: z.string(),
        part_observed_in_sample: z.string(),
      }),
    );
    const categoryOf = new Map(
      reference.map((row) => [row.crm_cd, CATEGORY_LABELS[row.crime_category] ?? 'none']),
    );
    const ours = count(exported().map(({ values }) => String(values.crime_category)));
    const theirs = count(exported().map(({ raw }) => categoryOf.get(digitsOf(raw.crm_cd ?? '')) ?? 'none'));
    printTotals('Crime categories of the five exports (no difference expected)', ours, theirs);
    expect(ours).toEqual(theirs);
  });

  it('location categories differ from the reference mapping only by decisions with a reason', async () => {
    const reference = await readCodeTable(
      new URL('reference/tables/location_types_los_angeles.csv', SHARED),
      z.object({ premise_description: z.string(), location_type: z.string(), location_category: z.string() }),
    );
    const { premises } = await readCodeTables();
    const categoryOf = new Map(
      reference.map((row) => [wordingKey(row.premise_description), row.location_category]),
    );
    const moved: string[] = [];
    const unexplained: string[] = [];
    const pairs = exported().map(({ raw, values }) => {
      const wording = wordingKey(raw.premis_desc ?? '');
      const [mine, theirs] = [
        String(values.location_category).toLowerCase(),
        categoryOf.get(wording) ?? 'not in the table',
      ];
      if (mine !== theirs) {
        const note = premises.byCode.get(digitsOf(raw.premis_cd ?? ''))?.note ?? '';
        moved.push(`${wording || 'no wording'}: ${theirs} → ${mine} (${note})`);
        if (note === '') unexplained.push(wording);
      }
      return { mine, theirs };
    });
    printTotals(
      'Location categories of the five exports',
      count(pairs.map(({ mine }) => mine)),
      count(pairs.map(({ theirs }) => theirs)),
    );
    for (const [reason, rows] of count(moved)) console.log(`${rows} rows: ${reason}`);
    expect(unexplained).toEqual([]);
  });

  it('a report has the same values in every export that holds it', () => {
    const { compared, different } = compare(files.slice(0, EXPORTS), ADAPTER_COLUMN_NAMES);
    console.log(
      `Same DR_NO in two exports: ${compared} pairs compared, ${different.length} values different`,
    );
    expect(compared).toBeGreaterThan(1000);
    expect(different).toEqual([]);
  });

  it.each([
    [5, ['weapon_category', 'arrest_made', 'cleared_other']],
    [
      6,
      [
        'weapon_category',
        'arrest_made',
        'cleared_other',
        'latitude',
        'longitude',
        'coordinate_quality',
        'h3_r7',
        'h3_r8',
        'h3_r9',
        'h3_r10',
        'victim_race_group',
      ],
    ],
  ] as const)(
    'a report in cut %i has the values of the exports, in the columns the cut has',
    (index, without) => {
      const lacking: readonly string[] = without;
      const columns = ADAPTER_COLUMN_NAMES.filter((name) => !lacking.includes(name));
      const cut = files[index];
      if (cut === undefined) throw new Error('The file was not read.');
      const { compared, different } = compare([...files.slice(0, EXPORTS), cut], columns, cut.name);
      console.log(
        `${cut.name}: ${compared} pairs compared on ${columns.length} columns, ${different.length} different`,
      );
      expect(different).toEqual([]);
    },
  );
});

/** Compares the first record of each report with its later ones; with `only`, those in that file alone. */
function compare(
  files: readonly ReadFile[],
  columns: readonly AdapterColumnName[],
  only?: string,
): { readonly compared: number; readonly different: readonly string[] } {
  const first = new Map<string, { readonly file: string; readonly row: Row }>();
  const different: string[] = [];
  let compared = 0;
  for (const { name, rows } of files) {
    for (const row of rows) {
      const report = String(row.values.case_num);
      const known = first.get(report);
      if (known === undefined) {
        first.set(report, { file: name, row });
        continue;
      }
      if (only !== undefined && name !== only) continue;
      compared += 1;
      for (const column of columns) {
        const [a, b] = [known.row.values[column], row.values[column]];
        if (a !== b) different.push(`${report} ${column}: ${a} in ${known.file}, ${b} in ${name}`);
      }
    }
  }
  return { compared, different };
}
