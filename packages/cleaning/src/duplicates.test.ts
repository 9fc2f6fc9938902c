import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { IncidentColumnName } from '@crimetracker/schema';
import { columnDefinition, INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DuplicateCandidate } from './duplicates.js';
import { duplicatesSql, findDuplicates } from './duplicates.js';
import { SOUND_ROW, sorted, sqlTypeOf } from './testing-rows.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const candidate = (changes: Partial<DuplicateCandidate>): DuplicateCandidate => ({
  ...SOUND_ROW,
  source: 'lapd',
  city: 'Los Angeles',
  file_rank: 1,
  raw_file: 'a',
  raw_record: 1,
  reasons: '',
  ...changes,
});

describe('findDuplicates', () => {
  test('keeps the row of the latest file and lists the others with it', () => {
    const rows = [
      candidate({ raw_file: 'new', file_rank: 2, raw_record: 1 }),
      candidate({ raw_file: 'old', file_rank: 1, raw_record: 9 }),
    ];
    expect(findDuplicates(rows)).toEqual([
      { raw_file: 'old', raw_record: 9, rule: 'duplicate-exact', kept_raw_file: 'new', kept_raw_record: 1 },
    ]);
  });

  test('keeps the last record within a file', () => {
    const rows = [candidate({ raw_record: 2 }), candidate({ raw_record: 3 }), candidate({ raw_record: 1 })];
    expect(
      findDuplicates(rows).map(({ raw_record, kept_raw_record }) => [raw_record, kept_raw_record]),
    ).toEqual([
      [2, 3],
      [1, 3],
    ]);
  });

  test.each(INCIDENT_COLUMN_NAMES.filter((name) => name !== 'source' && name !== 'case_num'))(
    'calls a row superseded when its %s differs, also from a missing value',
    (name: IncidentColumnName) => {
      const kept = candidate({ raw_record: 2 });
      const other = columnDefinition(name).type === 'number' ? 1.5 : 'other';
      expect(findDuplicates([candidate({ [name]: other }), kept]).map(({ rule }) => rule)).toEqual([
        'duplicate-superseded',
      ]);
      const missing = [candidate({ [name]: null }), candidate({ [name]: other, raw_record: 2 })];
      expect(findDuplicates(missing).map(({ rule }) => rule)).toEqual(['duplicate-superseded']);
    },
  );

  test('leaves identical incidents with different case numbers alone', () => {
    expect(
      findDuplicates([candidate({ case_num: '1' }), candidate({ case_num: '2', raw_record: 2 })]),
    ).toEqual([]);
  });

  test('leaves the same case number of another source alone', () => {
    expect(findDuplicates([candidate({}), candidate({ source: 'nypd', raw_file: 'b' })])).toEqual([]);
  });

  test('neither keeps nor lists a quarantined row or one without a case number', () => {
    const quarantined = candidate({ file_rank: 9, raw_file: 'b', reasons: 'occurred-outside-window' });
    expect(findDuplicates([candidate({}), quarantined])).toEqual([]);
    expect(
      findDuplicates([candidate({ case_num: null }), candidate({ case_num: null, raw_record: 2 })]),
    ).toEqual([]);
  });
});

const candidates: fc.Arbitrary<readonly DuplicateCandidate[]> = fc
  .uniqueArray(
    fc.record({
      source: fc.constantFrom('lapd', 'nypd'),
      case_num: fc.constantFrom(null, '1', '2', '3', "O'Hara"),
      raw_file: fc.constantFrom('a', 'b', 'c'),
      raw_record: fc.integer({ min: 1, max: 60 }),
      reasons: fc.constantFrom('', '', '', 'case-number-missing'),
      latitude: fc.constantFrom(null, 40.712776),
      report_date: fc.constantFrom('2019-10-13', '2019-10-14'),
      arrest_made: fc.constantFrom(null, 'Yes'),
    }),
    { selector: ({ raw_file, raw_record }) => `${raw_file}${raw_record}`, maxLength: 150, size: 'max' },
  )
  // Files a and b are of one rank: then the greater record number decides, then the greater file.
  .map((rows) => rows.map((row) => candidate({ ...row, file_rank: row.raw_file === 'c' ? 2 : 1 })));

test('the query finds on the engine what findDuplicates finds, for any rows', async () => {
  const extra = { file_rank: 'bigint', raw_file: 'text', raw_record: 'bigint', reasons: 'text' } as const;
  const rules = new Set<string>();
  await fc.assert(
    fc.asyncProperty(candidates, async (rows) => {
      await engine.loadRows(
        'candidates',
        [
          ...INCIDENT_COLUMN_NAMES.map((name) => ({ name, type: sqlTypeOf(name) })),
          ...Object.entries(extra).map(([name, type]) => ({ name, type })),
        ],
        rows.map((row) => [
          ...INCIDENT_COLUMN_NAMES.map((name) => row[name]),
          row.file_rank,
          row.raw_file,
          row.raw_record,
          row.reasons,
        ]),
      );
      const { dialect } = engine;
      const found = await engine.query(
        duplicatesSql({ dialect, relation: dialect.identifier('candidates') }),
      );
      const expected = findDuplicates(rows);
      expect(sorted(found)).toEqual(sorted(expected));
      for (const { rule } of expected) rules.add(rule);
    }),
    { numRuns: 40 },
  );
  expect([...rules].sort()).toEqual(['duplicate-exact', 'duplicate-superseded']);
}, 60_000);
