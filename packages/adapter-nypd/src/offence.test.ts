import type { Field, Outcome } from '@crimetracker/adapter-kit';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { offenceField } from './offence.js';
import type { Tables } from './tables.js';
import { readTables } from './tables.js';

let tables: Tables;
let offence: Field;
beforeAll(async () => {
  tables = await readTables();
  offence = offenceField(tables);
});

const read = (ky: string, pd: string, ofns: string, pdDesc: string): Outcome =>
  offence.evaluate({ ky_cd: ky, pd_cd: pd, ofns_desc: ofns, pd_desc: pdDesc });

describe('NYPD offences', () => {
  it('are keyed by class and detail wording, with the code from both numbers', () => {
    const outcome = read('341', '338', 'PETIT LARCENY', 'LARCENY,PETIT FROM BUILDING,UN');
    expect(outcome.values).toEqual({
      crime_code: '341.338',
      crime_category: 'Other theft',
      nibrs_code: '23D',
      mapping_confidence: 'high',
    });
    expect(outcome.findings).toEqual([]);
  });

  it('pandas codes 341.0 and 338.0 give the same code', () => {
    expect(read('341.0', '338.0', 'PETIT LARCENY', 'LARCENY,PETIT FROM BUILDING,UN').values.crime_code).toBe(
      '341.338',
    );
  });

  it('murder rows have a blank detail: the class number alone is the code', () => {
    expect(read('101', '', 'MURDER & NON-NEGL. MANSLAUGHTER', '')).toMatchObject({
      values: { crime_code: '101', crime_category: 'Homicide', nibrs_code: '09A' },
      findings: [],
    });
    expect(read('101', '', 'MURDER & NON-NEGL. MANSLAUGHTER', '(null)').values.crime_category).toBe(
      'Homicide',
    );
  });

  it('a blank class number gives no code, but the wording still decides', () => {
    expect(read('', '', 'ROBBERY', 'ROBBERY,BANK').values).toMatchObject({
      crime_code: null,
      crime_category: 'Robbery',
    });
  });

  it('runs of blanks inside a wording do not matter', () => {
    const known = { values: { crime_category: 'Vandalism' }, rule: 'offence and detail' };
    expect(
      read('121', '269', 'CRIMINAL MISCHIEF & RELATED OF', 'MISCHIEF,CRIMINAL,    UNCL 2ND'),
    ).toMatchObject(known);
    expect(read('121', '269', 'CRIMINAL MISCHIEF & RELATED OF', 'MISCHIEF,CRIMINAL, UNCL 2ND')).toMatchObject(
      known,
    );
  });

  it('a class wording cut at 30 characters in the table matches its full newer wording', () => {
    expect(
      read('351', '254', 'CRIMINAL MISCHIEF & RELATED OFFENSES', 'MISCHIEF, CRIMINAL 4, OF MOTOR VEHICLE'),
    ).toMatchObject({
      values: { crime_category: 'Vandalism' },
      rule: 'offence and detail, one of them cut',
      findings: [],
    });
  });

  it('a full wording in the table matches its older cut', () => {
    expect(read('109', '438', 'GRAND LARCENY', 'LARCENY,GRAND FROM BUILDING (N')).toMatchObject({
      values: { crime_category: 'Other theft', nibrs_code: '23D' },
      rule: 'offence and detail, one of them cut',
    });
  });

  it('a cut that could be several offences is not guessed', () => {
    // LARCENY,GRAND BY BANK ACCT COMPROMISE- was continued by a cheque, a card, an insider and more.
    const outcome = read('109', '', 'GRAND LARCENY', 'LARCENY,GRAND BY BANK ACCT COM');
    expect(outcome).toMatchObject({ rule: 'offence class', findings: ['offence-mapped-by-class'] });
  });

  it('a short wording is never taken for the beginning of another', () => {
    expect(read('124', '', 'KIDNAPPING', 'KIDNAPPING 1').rule).toBe('detail alone');
    expect(read('999', '', 'ROB', 'ROB')).toMatchObject({ findings: ['offence-unmapped'] });
  });

  it('a detail known under another or a blank class keeps its meaning, with medium confidence', () => {
    expect(read('126', '', '', 'ROBBERY,BANK').values).toMatchObject({
      crime_category: 'Robbery',
      mapping_confidence: 'medium',
    });
    expect(read('364', '818', 'OTHER STATE LAWS (NON PENAL LAW)', 'ABANDON ANIMAL')).toMatchObject({
      values: { nibrs_code: '720', mapping_confidence: 'medium' },
      rule: 'detail alone',
    });
  });

  it('an unknown wording falls back on its class, with a finding and low confidence', () => {
    expect(read('105', '301', 'ROBBERY', 'ROBBERY,BY DRONE')).toMatchObject({
      values: {
        crime_code: '105.301',
        crime_category: 'Robbery',
        nibrs_code: '120',
        mapping_confidence: 'low',
      },
      findings: ['offence-mapped-by-class'],
    });
  });

  it('an unknown class with an unknown wording is Other, with a finding', () => {
    expect(read('999', '998', 'SOMETHING NEW', 'SOMETHING NEWER')).toMatchObject({
      values: { crime_code: '999.998', crime_category: 'Other', nibrs_code: null, mapping_confidence: 'low' },
      findings: ['offence-unmapped'],
    });
    expect(read('', '', '', '').findings).toEqual(['offence-unmapped']);
  });

  it('the same class wording under a felony and a misdemeanour number is one offence', () => {
    const felony = read('121', '267', 'CRIMINAL MISCHIEF & RELATED OF', 'MISCHIEF, CRIMINAL 3 & 2, OF M');
    const misdemeanour = read(
      '351',
      '254',
      'CRIMINAL MISCHIEF & RELATED OF',
      'MISCHIEF, CRIMINAL 4, OF MOTOR',
    );
    expect(felony.values.crime_category).toBe(misdemeanour.values.crime_category);
  });

  it('harassment, the largest judgement of the table, is split by subdivision with low confidence', () => {
    expect(read('578', '637', 'HARRASSMENT 2', 'HARASSMENT,SUBD 1,CIVILIAN').values).toMatchObject({
      crime_category: 'Simple assault',
      nibrs_code: '13B',
      mapping_confidence: 'low',
    });
    expect(read('578', '638', 'HARRASSMENT 2', 'HARASSMENT,SUBD 3,4,5').values).toMatchObject({
      crime_category: 'Threats and harassment',
      nibrs_code: '13C',
      mapping_confidence: 'low',
    });
  });

  it('larceny from a car is no theft of a car, whatever the class', () => {
    expect(read('341', '321', 'PETIT LARCENY', 'LARCENY,PETIT FROM AUTO').values.crime_category).toBe(
      'Theft from vehicle',
    );
    expect(read('341', '321', '(null)', 'LARCENY,PETIT FROM AUTO').values.crime_category).toBe(
      'Theft from vehicle',
    );
  });

  it('a blank class does not change what a detail says', () => {
    const answers = new Map<string, Set<string>>();
    for (const row of tables.offences) {
      if (row.pd_desc === '') continue;
      const answer = answers.get(row.pd_desc) ?? new Set();
      answers.set(row.pd_desc, answer.add(`${row.nibrs_code} ${row.crime_category}`));
    }
    expect([...answers].filter(([, answer]) => answer.size > 1)).toEqual([]);
  });

  it('every low confidence has its reason', () => {
    expect(tables.offences.filter((row) => row.confidence === 'low' && row.note === '')).toEqual([]);
  });

  it('every class of the seven major felonies has the category of its name', () => {
    const majors = [101, 104, 105, 106, 107, 109, 110].map(
      (ky) => tables.offenceClasses.get(`${ky}`)?.crime_category,
    );
    expect(majors).toEqual([
      'Homicide',
      'Rape',
      'Robbery',
      'Aggravated assault',
      'Burglary',
      'Other theft',
      'Motor vehicle theft',
    ]);
  });

  it('cutting a wording at 30 characters gives another category only where the cut is a published offence itself', () => {
    const cut = (text: string) => text.slice(0, 30).trim();
    const changed = tables.offences.filter((row) => {
      const { values, findings = [] } = read('999', '', cut(row.ofns_desc), cut(row.pd_desc));
      return findings.length === 0 && values.crime_category !== row.crime_category;
    });
    // PD 401, larceny of lost property, is published cut; PD 418, of a lost credit card, always in full.
    expect(changed.map((row) => row.pd_desc)).toEqual(['LARCENY,GRAND BY ACQUIRING LOST CREDIT CARD']);
  });

  it('any text is answered', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (ky, pd, ofns, pdDesc) => {
        const { values, findings = [] } = read(ky, pd, ofns, pdDesc);
        expect(findings.includes('offence-unmapped')).toBe(
          values.nibrs_code === null && values.crime_category === 'Other',
        );
      }),
    );
  });
});
