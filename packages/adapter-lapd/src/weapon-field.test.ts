import { describe, expect, it } from 'vitest';
import { readCodeTables } from './code-tables.js';
import { NOT_PUBLISHED } from './not-published.js';
import { weaponField } from './weapon-field.js';

const tables = await readCodeTables();
const weapon = weaponField(tables.weapons, tables.offences);
const evaluate = (weapon_used_cd: string, weapon_desc: string, crm_cd: string) =>
  weapon.evaluate({ weapon_used_cd, weapon_desc, crm_cd });

describe('the weapon of an LAPD report', () => {
  it('a blank on theft is not applicable: the form is left blank by practice', () => {
    for (const theft of ['510', '330', '440', '354', '480']) {
      expect(evaluate('', '', theft).values.weapon_category).toBe('Not applicable');
    }
  });

  it('a blank on an assault, robbery or threat is unknown: those always record a weapon', () => {
    for (const violence of ['624', '626.0', '230', '210', '236', '625', '860', '761', '121', '220', '930']) {
      expect(evaluate('', '', violence).values.weapon_category).toBe('Unknown');
    }
  });

  it('a blank on an offence nobody has seen is unknown', () => {
    expect(evaluate('', '', '777')).toMatchObject({ values: { weapon_category: 'Unknown' } });
    expect(evaluate('', '', '777').findings).toBeUndefined();
  });

  it.each([
    ['307', 'Vehicle'],
    ['514', 'Blunt object'],
    ['212', 'Knife'],
    ['114', 'Simulated or air gun'],
    ['500', 'Unknown'],
    ['511', 'Threat only'],
    ['102.0', 'Firearm'],
    ['0400', 'Bodily force'],
    ['222', 'Unknown'],
  ])('number %s', (number, category) => {
    const outcome = evaluate(number, '', '624');
    expect(outcome.values.weapon_category).toBe(category);
    expect(outcome.findings).toBeUndefined();
  });

  it('the wording answers where only the number is blank', () => {
    expect(evaluate('', 'Hand  Gun', '624').values.weapon_category).toBe('Firearm');
  });

  it.each([
    ['126', ''],
    ['gun', ''],
    ['', 'RAY GUN'],
  ])('a weapon never seen before (%j, %j) is Other and is counted', (number, wording) => {
    expect(evaluate(number, wording, '624')).toMatchObject({
      values: { weapon_category: 'Other' },
      findings: ['weapon-unmapped'],
    });
  });

  it('a file without a weapon column is Not recorded for every offence', () => {
    expect(evaluate(NOT_PUBLISHED, '', '624').values.weapon_category).toBe('Not recorded');
    expect(evaluate(NOT_PUBLISHED, '', '510').values.weapon_category).toBe('Not recorded');
  });

  it('the practice in the offence table agrees with its measured counts', () => {
    for (const row of tables.offences.rows) {
      if (row.weapon_rows === '' || Number(row.weapon_rows) < 5) continue;
      const share = Number(row.weapon_filled) / Number(row.weapon_rows);
      expect(`${row.crm_cd} ${row.weapon_recorded}`).toBe(`${row.crm_cd} ${share >= 0.8 ? 'yes' : 'no'}`);
    }
  });
});
