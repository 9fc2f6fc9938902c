import type { Field } from '@crimetracker/adapter-kit';
import { field } from '@crimetracker/adapter-kit';
import type { AgeBand, FindingId, RaceGroup, Sex, VictimType } from '@crimetracker/schema';
import { AGE_BANDS } from '@crimetracker/schema';
import { publishedText } from './published-text.js';

const SEX_OF: ReadonlyMap<string, Sex> = new Map([
  ['', 'Unknown'],
  ['F', 'Female'],
  ['M', 'Male'],
  ['U', 'Unknown'],
]);

const RACE_GROUP_OF: ReadonlyMap<string, RaceGroup> = new Map([
  ['', 'Unknown'],
  ['UNKNOWN', 'Unknown'],
  ['WHITE', 'White'],
  ['BLACK', 'Black'],
  ['WHITE HISPANIC', 'Hispanic'],
  ['BLACK HISPANIC', 'Hispanic'],
  ['ASIAN / PACIFIC ISLANDER', 'Asian or Pacific Islander'],
  ['AMERICAN INDIAN/ALASKAN NATIVE', 'American Indian or Alaska Native'],
  ['OTHER', 'Other'],
]);

const AGE_BAND_OF: ReadonlyMap<string, AgeBand> = new Map([
  ['', 'Unknown'],
  ...AGE_BANDS.map((band): [string, AgeBand] => [band.toUpperCase(), band]),
]);

/** Victims that are no person; the form has a letter for them where the sex stands. */
const NOT_A_PERSON: ReadonlyMap<string, VictimType> = new Map([
  ['D', 'Organisation'],
  ['E', 'State'],
]);

/** A sex code that only victims have: L, on 6 of 18,769 rows of public copies, all felony assaults; undocumented. */
const UNDOCUMENTED_VICTIM_SEX = 'L';

/** Collects the findings of the codes that a map does not have. */
function reader(findings: FindingId[]) {
  return <Value>(
    values: ReadonlyMap<string, Value>,
    text: string,
    otherwise: Value,
    finding: FindingId,
  ): Value => {
    const known = values.get(text);
    if (known === undefined) findings.push(finding);
    return known ?? otherwise;
  };
}

/**
 * Sex, age band, race group and type of the victim.
 *
 * An organisation or the State has none of the first three. The 24-column vintage has no victims: all Unknown.
 */
export function victimField(): Field {
  return field({
    inputs: ['vic_sex', 'vic_age_group', 'vic_race'],
    outputs: ['victim_sex', 'victim_age', 'victim_race_group', 'victim_type'],
    evaluate: (raw) => {
      const sex = publishedText(raw.vic_sex);
      const age = publishedText(raw.vic_age_group);
      const race = publishedText(raw.vic_race);
      const isSilent = (text: string) => text === '' || text === 'UNKNOWN';

      const type = NOT_A_PERSON.get(sex);
      if (type !== undefined) {
        return {
          values: { victim_sex: null, victim_age: null, victim_race_group: null, victim_type: type },
          findings: isSilent(age) && isSilent(race) ? [] : ['victim-not-a-person'],
          rule: type === 'State' ? 'People of the State' : 'business or organisation',
        };
      }
      const findings: FindingId[] = [];
      const read = reader(findings);
      const isPerson = sex !== '' || !isSilent(age) || !isSilent(race);
      return {
        values: {
          victim_age: read(AGE_BAND_OF, age, 'Unknown', 'victim-age-impossible'),
          victim_sex:
            sex === UNDOCUMENTED_VICTIM_SEX ? 'Unknown' : read(SEX_OF, sex, 'Unknown', 'victim-sex-unmapped'),
          victim_race_group: read(RACE_GROUP_OF, race, 'Unknown', 'victim-race-unmapped'),
          victim_type: isPerson ? 'Person' : 'Unknown',
        },
        findings,
        rule: isPerson ? 'person' : 'nothing stated',
      };
    },
  });
}

/** Sex, age band and race group of the suspect; Unknown where blank, which is no finding: most cases have no suspect. */
export function suspectField(): Field {
  return field({
    inputs: ['susp_sex', 'susp_age_group', 'susp_race'],
    outputs: ['suspect_sex', 'suspect_age', 'suspect_race_group'],
    evaluate: (raw) => {
      const findings: FindingId[] = [];
      const read = reader(findings);
      return {
        values: {
          suspect_age: read(
            AGE_BAND_OF,
            publishedText(raw.susp_age_group),
            'Unknown',
            'suspect-age-impossible',
          ),
          suspect_sex: read(SEX_OF, publishedText(raw.susp_sex), 'Unknown', 'suspect-sex-unmapped'),
          suspect_race_group: read(
            RACE_GROUP_OF,
            publishedText(raw.susp_race),
            'Unknown',
            'suspect-race-unmapped',
          ),
        },
        findings,
        rule: 'suspect codes',
      };
    },
  });
}
