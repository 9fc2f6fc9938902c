import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCodeTables } from './code-tables.js';
import { victimField } from './victim-field.js';

const victim = victimField(await readCodeTables());
const evaluate = (vict_age: string, vict_sex: string, vict_descent: string) =>
  victim.evaluate({ vict_age, vict_sex, vict_descent });

describe('the victim of an LAPD report', () => {
  it('age 0 is unknown, not an infant, and no finding', () => {
    const outcome = evaluate('0', 'M', 'W');
    expect(outcome.values).toMatchObject({
      victim_age: 'Unknown',
      victim_age_years: null,
      victim_type: 'Person',
    });
    expect(outcome.findings).toEqual([]);
  });

  it.each(['-1', '120', '111', '36.5', 'adult'])('age %s is impossible', (age) => {
    const outcome = evaluate(age, 'X', 'X');
    expect(outcome.values).toMatchObject({
      victim_age: 'Unknown',
      victim_age_years: null,
      victim_type: 'Unknown',
    });
    expect(outcome.findings).toEqual(['victim-age-impossible']);
  });

  it.each([
    ['1', 1, '<18'],
    ['17', 17, '<18'],
    ['18', 18, '18-24'],
    ['36.0', 36, '25-44'],
    ['064', 64, '45-64'],
    ['99', 99, '65+'],
    ['110', 110, '65+'],
  ])('age %s', (text, years, band) => {
    expect(evaluate(text, '', '').values).toMatchObject({
      victim_age_years: years,
      victim_age: band,
      victim_type: 'Person',
    });
  });

  it.each(['X', 'H', '-', '', ' '])('sex %j is unknown without a finding', (sex) => {
    const outcome = evaluate('0', sex, 'X');
    expect(outcome.values).toMatchObject({ victim_sex: 'Unknown', victim_type: 'Unknown' });
    expect(outcome.findings).toEqual([]);
  });

  it('sex and descent nobody has seen yet are unknown with a finding', () => {
    const outcome = evaluate('30', 'N', '?');
    expect(outcome.values).toMatchObject({
      victim_sex: 'Unknown',
      victim_race_group: 'Unknown',
      victim_type: 'Person',
    });
    expect(outcome.findings).toEqual(['victim-sex-unmapped', 'victim-race-unmapped']);
  });

  it.each([
    ['f', 'Female'],
    ['Male', 'Male'],
    ['Unknown', 'Unknown'],
  ])('sex %s', (text, sex) => {
    expect(evaluate('', text, '').values.victim_sex).toBe(sex);
  });

  it.each([
    ['H', 'Hispanic'],
    ['Z', 'Asian or Pacific Islander'],
    ['I', 'American Indian or Alaska Native'],
    ['-', 'Unknown'],
    ['Other Asian', 'Asian or Pacific Islander'],
    ['American Indian/Alaskan Native', 'American Indian or Alaska Native'],
  ])('descent %s', (text, group) => {
    const outcome = evaluate('', '', text);
    expect(outcome.values.victim_race_group).toBe(group);
    expect(outcome.findings).toEqual([]);
  });

  it('any text gives an age from 1 to 110 or none, and never throws', () => {
    const age = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    fc.assert(
      fc.property(age, fc.string(), fc.string(), (...texts) => {
        const years = evaluate(...texts).values.victim_age_years;
        expect(
          years === null ||
            (typeof years === 'number' && Number.isInteger(years) && years >= 1 && years <= 110),
        ).toBe(true);
      }),
    );
  });
});
