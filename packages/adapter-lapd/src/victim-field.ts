import type { Field } from '@crimetracker/adapter-kit';
import { ageBand, field, isBlank, readInteger } from '@crimetracker/adapter-kit';
import type { FindingId } from '@crimetracker/schema';
import type { CodeTable, CodeTables } from './code-tables.js';
import { wordingKey } from './code-tables.js';

/** The oldest age taken as one; LAPD files hold 120 where an age was mistyped. */
const OLDEST = 110;

/**
 * The victim. There is no field for the kind of victim: it is a person where age, sex or descent says so.
 *
 * H and `-` as sex, `-` as descent are typing errors the code tables list, so they are Unknown without a
 * finding; a finding means a code that nobody has looked at yet.
 */
export function victimField(tables: Pick<CodeTables, 'sexes' | 'descents'>): Field {
  return field({
    inputs: ['vict_age', 'vict_sex', 'vict_descent'],
    outputs: ['victim_age', 'victim_age_years', 'victim_sex', 'victim_race_group', 'victim_type'],
    evaluate: ({ vict_age, vict_sex, vict_descent }) => {
      const age = readAge(vict_age);
      const sex = lookUp(tables.sexes, vict_sex, 'victim-sex-unmapped');
      const descent = lookUp(tables.descents, vict_descent, 'victim-race-unmapped');
      const victimSex = sex.row?.victim_sex ?? 'Unknown';
      const raceGroup = descent.row?.victim_race_group ?? 'Unknown';
      const isPerson = age.years !== null || victimSex !== 'Unknown' || raceGroup !== 'Unknown';
      return {
        values: {
          victim_age: age.years === null ? 'Unknown' : ageBand(age.years),
          victim_age_years: age.years,
          victim_sex: victimSex,
          victim_race_group: raceGroup,
          victim_type: isPerson ? 'Person' : 'Unknown',
        },
        findings: [...age.findings, ...sex.findings, ...descent.findings],
        rule: isPerson ? 'age, sex or descent of a person' : 'nothing says a person',
        note: [sex.row?.note, descent.row?.note]
          .filter((note) => note !== undefined && note !== '')
          .join(' '),
      };
    },
  });
}

/** Age 0 stands for unknown or no person (about a fifth of all rows), not for infants. */
function readAge(text: string): { readonly years: number | null; readonly findings: readonly FindingId[] } {
  if (isBlank(text)) return { years: null, findings: [] };
  const years = readInteger(text);
  if (years === 0) return { years: null, findings: [] };
  const isAge = years !== null && years > 0 && years <= OLDEST;
  return isAge ? { years, findings: [] } : { years: null, findings: ['victim-age-impossible'] };
}

/** Finds a letter code, or the word that some cuts write in its place. */
function lookUp<Row>(
  table: CodeTable<Row>,
  text: string,
  unmapped: FindingId,
): { readonly row: Row | undefined; readonly findings: readonly FindingId[] } {
  if (isBlank(text)) return { row: undefined, findings: [] };
  const row = table.byCode.get(text.trim().toUpperCase()) ?? table.byWording.get(wordingKey(text));
  return { row, findings: row === undefined ? [unmapped] : [] };
}
