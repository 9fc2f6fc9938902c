import { describe, expect, it } from 'vitest';
import { areaField } from './area-field.js';
import { readCodeTables } from './code-tables.js';
import { premisesField } from './premises-field.js';
import { statusField } from './status-field.js';

const tables = await readCodeTables();
const area = areaField(tables.areas);
const premises = premisesField(tables.premises);
const status = statusField(tables.statuses);

describe('the area of an LAPD report', () => {
  it('there are 21 of them', () => {
    expect(tables.areas.rows.map((row) => row.area)).toEqual(
      Array.from({ length: 21 }, (_, index) => String(index + 1)),
    );
  });

  it.each([
    ['07', '', 'Wilshire'],
    ['7', '', 'Wilshire'],
    ['15.0', '', 'N Hollywood'],
    ['', '77th  street', '77th Street'],
    ['', 'NORTH HOLLYWOOD', 'N Hollywood'],
    ['', 'WEST LOS ANGELES', 'West LA'],
    ['99', 'Central', 'Central'],
    ['8', 'Central', 'West LA'],
  ])('(%j, %j) is %s', (number, name, expected) => {
    expect(area.evaluate({ area: number, area_name: name }).values.jurisdiction).toBe(expected);
  });

  it.each([
    ['22', ''],
    ['', 'Long Beach'],
    ['', ''],
  ])('(%j, %j) is none of them', (number, name) => {
    expect(area.evaluate({ area: number, area_name: name })).toMatchObject({
      values: { jurisdiction: null },
      findings: ['jurisdiction-unmapped'],
    });
  });
});

describe('the premises of an LAPD report', () => {
  it.each([
    ['301', 'GAS STATION', 'Retail'],
    ['750', '', 'Online'],
    ['418', '', 'Unknown'],
    ['', '', 'Unknown'],
    ['', 'Staples Center*', 'Leisure'],
    ['', 'STAPLES CENTER *', 'Leisure'],
    ['9999', 'BANK', 'Commercial'],
    ['101.0', '', 'Street'],
    ['', 'MTA - ORANGE LINE - VAN NUYS', 'Transportation'],
  ])('(%j, %j) is %s', (number, wording, expected) => {
    const outcome = premises.evaluate({ premis_cd: number, premis_desc: wording });
    expect(outcome.values.location_category).toBe(expected);
    expect(outcome.findings).toBeUndefined();
  });

  it.each([
    ['9999', ''],
    ['', 'MOON BASE'],
    ['9999', 'MOON BASE'],
  ])('(%j, %j) was never seen and is counted', (number, wording) => {
    expect(premises.evaluate({ premis_cd: number, premis_desc: wording })).toMatchObject({
      values: { location_category: 'Other' },
      findings: ['premises-unmapped'],
    });
  });
});

describe('the status of an LAPD report', () => {
  it.each([
    ['AA', '', 'Yes', 'No'],
    ['JA', '', 'Yes', 'No'],
    ['AO', '', 'No', 'Yes'],
    ['JO', '', 'No', 'Yes'],
    ['IC', '', 'No', 'No'],
    ['CC', 'UNK', null, null],
    ['', '', null, null],
    ['', 'Adult Arrest', 'Yes', 'No'],
    [' aa ', '', 'Yes', 'No'],
  ])('(%j, %j) is arrest %s, cleared otherwise %s', (code, wording, arrest, cleared) => {
    const outcome = status.evaluate({ status: code, status_desc: wording });
    expect(outcome.values).toEqual({ arrest_made: arrest, cleared_other: cleared });
    expect(outcome.findings).toBeUndefined();
  });

  it('a status never seen before is null and is counted', () => {
    expect(status.evaluate({ status: 'ZZ', status_desc: '' })).toMatchObject({
      values: { arrest_made: null, cleared_other: null },
      findings: ['status-unmapped'],
    });
  });
});
