import type { CityAdapter, Field } from '@crimetracker/adapter-kit';
import { readCodeTable, standardiseValues } from '@crimetracker/adapter-kit';
import type { CrimeCategory } from '@crimetracker/schema';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nypd } from './nypd-adapter.js';
import { offenceField } from './offence.js';
import type { OffenceRow, Tables } from './tables.js';
import { pairKey, readTables } from './tables.js';
import { readSample, referenceTable, SAMPLE_FILES, whyNoSharedFolder } from './testing/sample-files.js';

/** Identifiers of the reference, in the order of the published labels. */
const REFERENCE_CATEGORIES = [
  'HOMICIDE',
  'RAPE',
  'SEX_OFFENSE_OTHER',
  'ROBBERY',
  'AGGRAVATED_ASSAULT',
  'SIMPLE_ASSAULT',
  'THREATS_HARASSMENT',
  'KIDNAPPING_TRAFFICKING',
  'ARSON',
  'BURGLARY',
  'THEFT_FROM_VEHICLE',
  'SHOPLIFTING',
  'THEFT_OTHER',
  'MOTOR_VEHICLE_THEFT',
  'FRAUD_FORGERY',
  'STOLEN_PROPERTY',
  'VANDALISM',
  'DRUGS',
  'WEAPON_LAW',
  'PROSTITUTION_OBSCENITY',
  'PUBLIC_ORDER',
  'TRESPASS',
  'DUI_TRAFFIC',
  'FAMILY_CHILD',
  'COURT_ORDER',
  'OTHER',
] as const;

const referenceSchema = z.object({
  ofns_desc: z.string(),
  pd_desc: z.string(),
  nibrs_code: z.string(),
  crime_category: z.enum(REFERENCE_CATEGORIES),
  nibrs_code_in_CODE: z.string(),
  override_reason: z.string(),
});
type ReferenceRow = z.infer<typeof referenceSchema>;

const labelOf = (row: ReferenceRow): CrimeCategory =>
  CRIME_CATEGORIES[REFERENCE_CATEGORIES.indexOf(row.crime_category)] ?? 'Other';

const absent = whyNoSharedFolder();
let adapter: CityAdapter;
let tables: Tables;
let offence: Field;
let ours: ReadonlyMap<string, OffenceRow>;
let reference: readonly ReferenceRow[] = [];

beforeAll(async () => {
  adapter = await nypd.load();
  tables = await readTables();
  offence = offenceField(tables);
  ours = new Map(tables.offences.map((row) => [pairKey(row.ofns_desc, row.pd_desc), row]));
  if (absent === undefined)
    reference = await readCodeTable(referenceTable('nypd_offense_pairs.csv'), referenceSchema);
});

describe('the reference mapping of NYPD offences', () => {
  it('is covered: every pair is a row of the table', (context) => {
    if (absent !== undefined) return context.skip(absent);
    expect(reference).toHaveLength(503);
    expect(reference.filter((row) => !ours.has(pairKey(row.ofns_desc, row.pd_desc)))).toEqual([]);
  });

  it('is read without a finding, every pair', (context) => {
    if (absent !== undefined) return context.skip(absent);
    for (const row of reference) {
      const raw = { ky_cd: '', pd_cd: '', ofns_desc: row.ofns_desc, pd_desc: row.pd_desc };
      expect(offence.evaluate(raw)).toMatchObject({ findings: [], rule: 'offence and detail' });
    }
  });

  it('is followed, or the note of the row says why not', (context) => {
    if (absent !== undefined) return context.skip(absent);
    const differing = reference.flatMap((theirs) => {
      const row = ours.get(pairKey(theirs.ofns_desc, theirs.pd_desc));
      const same = row?.nibrs_code === theirs.nibrs_code && row.crime_category === labelOf(theirs);
      return row === undefined || same ? [] : [{ row, theirs }];
    });
    const byCategory = differing.filter(({ row, theirs }) => row.crime_category !== labelOf(theirs));
    console.info(
      `NYPD offence pairs: ${reference.length} in the reference, ${differing.length} differ ` +
        `(${byCategory.length} in category, ${differing.length - byCategory.length} in NIBRS code only)`,
    );
    for (const { row, theirs } of differing) {
      expect(row.note, `${row.ofns_desc} / ${row.pd_desc}`).toContain(
        `Reference mapping: ${theirs.nibrs_code}`,
      );
    }
    const claimed = tables.offences.filter((row) => row.note.startsWith('Reference mapping:'));
    expect(claimed).toHaveLength(differing.length);
  });

  it('its departures from the Crime Open Database are explained in the table too', (context) => {
    if (absent !== undefined) return context.skip(absent);
    for (const theirs of reference) {
      const row = ours.get(pairKey(theirs.ofns_desc, theirs.pd_desc));
      if (theirs.nibrs_code_in_CODE !== '' && theirs.nibrs_code_in_CODE !== theirs.nibrs_code) {
        expect(row?.note, `${theirs.ofns_desc} / ${theirs.pd_desc}`).toMatch(
          /^(Crime Open Database|Reference mapping): /,
        );
      }
    }
  });

  it('gives the totals of the real files but for the differences that are noted', async (context) => {
    if (absent !== undefined) return context.skip(absent);
    const theirs = new Map(reference.map((row) => [pairKey(row.ofns_desc, row.pd_desc), labelOf(row)]));
    const totals = new Map(
      CRIME_CATEGORIES.map((category) => [category as string, { ours: 0, reference: 0 }]),
    );
    const moved = new Map<string, number>();
    let unmappedInReference = 0;
    for (const file of SAMPLE_FILES) {
      for (const raw of (await readSample(adapter, file)).rows) {
        const category = String(standardiseValues(adapter, raw).values.crime_category);
        const expected = theirs.get(pairKey(raw.ofns_desc ?? '', raw.pd_desc ?? ''));
        const mine = totals.get(category);
        if (mine !== undefined) mine.ours += 1;
        const other = totals.get(expected ?? '');
        if (other !== undefined) other.reference += 1;
        if (expected === undefined) unmappedInReference += 1;
        if (category === expected) continue;
        const row = ours.get(pairKey(raw.ofns_desc ?? '', raw.pd_desc ?? ''));
        expect(row?.note, `${raw.ofns_desc} / ${raw.pd_desc}`).toMatch(
          /^(Reference mapping:|Newer class wording)/,
        );
        const key = `${expected ?? 'not in the reference'} -> ${category}: ${row?.ofns_desc} / ${row?.pd_desc}`;
        moved.set(key, (moved.get(key) ?? 0) + 1);
      }
    }
    console.info(
      [
        'category                     ours  reference',
        ...[...totals].map(
          ([category, count]) =>
            `${category.padEnd(26)} ${String(count.ours).padStart(6)} ${String(count.reference).padStart(10)}`,
        ),
        ...[...moved].map(([key, count]) => `  ${count} x ${key}`),
      ].join('\n'),
    );
    const sum = (pick: 'ours' | 'reference') =>
      [...totals.values()].reduce((total, count) => total + count[pick], 0);
    expect(sum('ours')).toBe(sum('reference') + unmappedInReference);
    expect(sum('ours')).toBe(11_284);
  });
});
