import { existsSync } from 'node:fs';
import { readCodeTable } from '@crimetracker/adapter-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCodeTables, wordingKey } from './code-tables.js';
import { CATEGORY_LABELS, WEAPON_LABELS } from './testing/reference-labels.js';

const TABLES = new URL('../../../../shared/reference/tables/', import.meta.url);
const isPresent = existsSync(TABLES);
if (!isPresent) console.log('LAPD reference tables: skipped, ../shared/reference is absent.');

const text = z.string();
const tables = await readCodeTables();

interface Difference {
  readonly code: string;
  readonly ours: string;
  readonly reference: string;
  readonly reason: string;
}

/** Prints where we differ from the reference, and holds that each difference gives its reason. */
function report(what: string, compared: number, differences: readonly Difference[]): void {
  console.log(`${what}: ${compared} compared, ${differences.length} different`);
  if (differences.length > 0) console.table(differences);
  expect(differences.filter(({ reason }) => reason === '')).toEqual([]);
}

describe.runIf(isPresent)('the code tables of LAPD beside the reference', () => {
  it('maps every crime code, and gives the reason for each difference', async () => {
    const reference = await readCodeTable(
      new URL('lapd_crime_codes.csv', TABLES),
      z.object({
        crm_cd: text,
        description: text,
        nibrs_code: text,
        crime_category: text,
        part_observed_in_sample: text,
      }),
    );
    const differences: Difference[] = [];
    for (const row of reference) {
      const ours = tables.offences.byCode.get(row.crm_cd);
      expect(ours, row.crm_cd).toBeDefined();
      if (ours === undefined) continue;
      expect(wordingKey(ours.description)).toBe(wordingKey(row.description));
      if (row.part_observed_in_sample !== '')
        expect(`${row.crm_cd} ${ours.part}`).toBe(`${row.crm_cd} ${row.part_observed_in_sample}`);
      const mine = `${ours.nibrs_code} ${ours.crime_category}`;
      const theirs = `${row.nibrs_code} ${CATEGORY_LABELS[row.crime_category]}`;
      if (mine !== theirs)
        differences.push({ code: row.crm_cd, ours: mine, reference: theirs, reason: ours.note });
    }
    report('Crime codes', reference.length, differences);
    expect(reference).toHaveLength(143);
    expect(differences.map(({ code }) => code)).toEqual(['840']);
  });

  it('maps every weapon code as the reference does', async () => {
    const reference = await readCodeTable(
      new URL('lapd_weapon_codes.csv', TABLES),
      z.object({
        weapon_cd: text,
        weapon_desc: text,
        weapon_category: text,
        nibrs_weapon_code: text,
        evidence: text,
      }),
    );
    const differences: Difference[] = [];
    for (const row of reference) {
      const ours = tables.weapons.byCode.get(row.weapon_cd);
      expect(ours, row.weapon_cd).toBeDefined();
      if (ours === undefined) continue;
      const mine = `${ours.nibrs_weapon_code} ${ours.weapon_category}`;
      const theirs = `${row.nibrs_weapon_code} ${WEAPON_LABELS[row.weapon_category]}`;
      if (mine !== theirs)
        differences.push({ code: row.weapon_cd, ours: mine, reference: theirs, reason: ours.note });
    }
    report('Weapon codes', reference.length, differences);
    expect(reference).toHaveLength(79);
    expect(differences).toEqual([]);
  });

  it('maps every premises wording, and gives the reason for each difference', async () => {
    const reference = await readCodeTable(
      new URL('location_types_los_angeles.csv', TABLES),
      z.object({
        premise_description: text,
        location_type: text,
        location_category: text,
      }),
    );
    const differences: Difference[] = [];
    for (const row of reference) {
      const ours = tables.premises.byWording.get(wordingKey(row.premise_description));
      expect(ours, row.premise_description).toBeDefined();
      if (ours === undefined || ours.location_category.toLowerCase() === row.location_category) continue;
      differences.push({
        code: row.premise_description.slice(0, 30),
        ours: ours.location_category,
        reference: row.location_category,
        reason: ours.note,
      });
    }
    report('Premises wordings', reference.length, differences);
    expect(reference).toHaveLength(299);
    expect(differences).toHaveLength(6);
  });

  it('knows every premises number of the reference sample', async () => {
    const reference = await readCodeTable(
      new URL('lapd_premis_codes_sample.csv', TABLES),
      z.object({
        premis_cd: text,
        premis_desc: text,
        location_type: text,
        location_category: text,
      }),
    );
    for (const row of reference) {
      const ours = tables.premises.byCode.get(row.premis_cd);
      expect(`${row.premis_cd} ${wordingKey(ours?.premis_desc ?? 'no row')}`).toBe(
        `${row.premis_cd} ${wordingKey(row.premis_desc)}`,
      );
    }
    expect(reference).toHaveLength(129);
  });
});

describe('the victim codes of LAPD', () => {
  it('has the nineteen published descents and the one typing error', () => {
    expect(tables.descents.rows.map((row) => row.vict_descent).join('')).toBe('ABCDFGHIJKLOPSUVWXZ-');
    for (const letter of 'ACDFJKLVZGPSU') {
      expect(tables.descents.byCode.get(letter)?.victim_race_group).toBe('Asian or Pacific Islander');
    }
  });
});
