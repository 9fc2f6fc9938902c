import { describe, expect, it } from 'vitest';
import { readCodeTables, wordingKey } from './code-tables.js';
import { offenceField } from './offence-field.js';

const tables = await readCodeTables();
const offence = offenceField(tables.offences);
const evaluate = (crm_cd: string, crm_cd_desc = '', part_1_2 = '') =>
  offence.evaluate({ crm_cd, crm_cd_desc, part_1_2 });

describe('the offence of an LAPD report', () => {
  it.each([
    ['330', 'Theft from vehicle', '23F'],
    ['410', 'Theft from vehicle', '23F'],
    ['761', 'Aggravated assault', '13A'],
    ['250', 'Aggravated assault', '13A'],
    ['251', 'Aggravated assault', '13A'],
    ['806', 'Prostitution and obscenity', '40B'],
    ['810', 'Other sex offense', '36B'],
    ['812', 'Other sex offense', '11D'],
    ['821', 'Rape', '11B'],
    ['437', 'Other', '90Z'],
    ['522', 'Motor vehicle theft', '240'],
    ['865', 'Drugs', '35A'],
  ])('the decision on %s: %s', (number, category, nibrs) => {
    expect(evaluate(number).values).toMatchObject({ crime_category: category, nibrs_code: nibrs });
  });

  it.each(['510', '510.0', ' 0510 '])('the number %j is one code', (number) => {
    expect(evaluate(number).values.crime_code).toBe('510');
  });

  it('the number decides when the wording of another vintage stands beside it', () => {
    const outcome = evaluate('331', 'THEFT FROM MOTOR VEHICLE - GRAND ($950.01 AND OVER)', '1');
    expect(outcome.values).toMatchObject({ crime_code: '331', law_class: 'Part 1' });
  });

  it.each([
    ['THEFT FROM MOTOR VEHICLE - GRAND ($950.01 AND OVER)', '331'],
    ['THEFT FROM MOTOR VEHICLE - GRAND ($400 AND OVER)', '331'],
    ['LETTERS, LEWD  -  TELEPHONE CALLS, LEWD', '956'],
    ['SPOUSAL (COHAB) ABUSE - AGGRAVATED ASSAULT', '236'],
    ['THEFT-GRAND ($950.01 & OVER)EXCPT,GUNS,FOWL,LIVESTK,PROD0036', '341'],
    ['VANDALISM - FELONY ($400 & OVER, ALL CHURCH VANDALISMS) 0114', '740'],
  ])('without a number the wording is found: %s', (wording, code) => {
    expect(evaluate('', wording)).toMatchObject({
      values: { crime_code: code },
      rule: 'by wording',
      findings: [],
    });
  });

  it.each([
    ['777', '', '777'],
    ['777', 'ROBBERY', '777'],
    ['', 'TIME TRAVEL', null],
    ['', '', null],
    ['none', 'ROBBERY', 'none'],
  ])('an offence never seen before (%j, %j) is Other and is counted', (number, wording, code) => {
    expect(evaluate(number, wording)).toMatchObject({
      values: { crime_category: 'Other', nibrs_code: null, crime_code: code, mapping_confidence: 'low' },
      findings: ['offence-unmapped'],
    });
  });

  it.each([
    ['624', '2', 'Part 2'],
    ['624', '1', 'Part 1'],
    ['624', '', 'Part 2'],
    ['777', '', 'Unknown'],
    ['777', '1.0', 'Part 1'],
  ])('law class of %s published as %j is %s', (number, part, expected) => {
    expect(evaluate(number, '', part).values.law_class).toBe(expected);
  });

  it('a part that is neither 1 nor 2 is unknown and is counted', () => {
    expect(evaluate('624', '', '3')).toMatchObject({
      values: { law_class: 'Unknown' },
      findings: ['law-class-unmapped'],
    });
  });

  it('every wording of the table leads back to its own code', () => {
    for (const row of tables.offences.rows) {
      for (const wording of [row.description, ...row.other_descriptions.split(' | ')].filter(
        (text) => text !== '',
      )) {
        expect(tables.offences.byWording.get(wordingKey(wording))?.crm_cd).toBe(row.crm_cd);
      }
    }
  });
});
