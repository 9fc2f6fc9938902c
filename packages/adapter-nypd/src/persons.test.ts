import { describe, expect, it } from 'vitest';
import { suspectField, victimField } from './persons.js';

const victim = (sex: string, age: string, race: string) =>
  victimField().evaluate({ vic_sex: sex, vic_age_group: age, vic_race: race });
const suspect = (sex: string, age: string, race: string) =>
  suspectField().evaluate({ susp_sex: sex, susp_age_group: age, susp_race: race });

describe('NYPD victims', () => {
  it('are read from sex, age band and race', () => {
    expect(victim('F', '25-44', 'BLACK HISPANIC')).toMatchObject({
      values: {
        victim_sex: 'Female',
        victim_age: '25-44',
        victim_race_group: 'Hispanic',
        victim_type: 'Person',
      },
      findings: [],
    });
  });

  it.each([
    ['D', 'Organisation'],
    ['E', 'State'],
  ])('%s is no person', (sex, type) => {
    for (const [age, race] of [
      ['UNKNOWN', 'UNKNOWN'],
      ['', 'UNKNOWN'],
      ['', ''],
      ['(null)', '(null)'],
    ] as const) {
      expect(victim(sex, age, race)).toMatchObject({
        values: { victim_sex: null, victim_age: null, victim_race_group: null, victim_type: type },
        findings: [],
      });
    }
  });

  it.each([
    ['25-44', 'UNKNOWN'],
    ['UNKNOWN', 'WHITE'],
    ['65+', 'BLACK'],
    ['929', ''],
  ])('an organisation with age %j and race %j is noticed', (age, race) => {
    expect(victim('D', age, race)).toMatchObject({
      values: { victim_age: null, victim_race_group: null },
      findings: ['victim-not-a-person'],
    });
  });

  it('the undocumented sex L is a person of unknown sex', () => {
    expect(victim('L', '45-64', 'WHITE')).toMatchObject({
      values: {
        victim_sex: 'Unknown',
        victim_age: '45-64',
        victim_race_group: 'White',
        victim_type: 'Person',
      },
      findings: [],
    });
  });

  it('the 24-column vintage says nothing of victims', () => {
    expect(victim('', '', '')).toMatchObject({
      values: {
        victim_sex: 'Unknown',
        victim_age: 'Unknown',
        victim_race_group: 'Unknown',
        victim_type: 'Unknown',
      },
      findings: [],
    });
  });

  it.each(['-56', '929', '1018', '-972'])('the junk age %s is unknown, with a finding', (age) => {
    expect(victim('M', age, 'BLACK')).toMatchObject({
      values: { victim_age: 'Unknown', victim_sex: 'Male' },
      findings: ['victim-age-impossible'],
    });
  });

  it('codes that are not in the tables are unknown, each with its finding', () => {
    expect(victim('Q', '25-44', 'MARTIAN')).toMatchObject({
      values: { victim_sex: 'Unknown', victim_race_group: 'Unknown', victim_type: 'Person' },
      findings: ['victim-sex-unmapped', 'victim-race-unmapped'],
    });
  });
});

describe('NYPD suspects', () => {
  it('are read from sex, age band and race', () => {
    expect(suspect('M', '<18', 'ASIAN / PACIFIC ISLANDER')).toMatchObject({
      values: { suspect_sex: 'Male', suspect_age: '<18', suspect_race_group: 'Asian or Pacific Islander' },
      findings: [],
    });
  });

  it.each(['', '(null)', 'UNKNOWN'])('%j is unknown without a finding', (text) => {
    expect(suspect(text === 'UNKNOWN' ? 'U' : text, text, text)).toMatchObject({
      values: { suspect_sex: 'Unknown', suspect_age: 'Unknown', suspect_race_group: 'Unknown' },
      findings: [],
    });
  });

  it('a suspect is never an organisation', () => {
    expect(suspect('D', '2020', 'UNKNOWN').findings).toEqual([
      'suspect-age-impossible',
      'suspect-sex-unmapped',
    ]);
  });
});
