import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLUMN_NAMES, columnDefinition } from './columns.js';
import type { Incident } from './incident.js';
import { incidentSchema } from './incident.js';

const incident: Incident = {
  report_date: '2019-03-02',
  occurred_date: '2019-03-01',
  occurred_time: '23:59',
  crime_code: '341.338',
  latitude: 40.650002,
  longitude: -73.949997,
  jurisdiction: 'Precinct 67',
  arrest_made: null,
  victim_age: '25-44',
  victim_sex: 'Female',
  suspect_age: null,
  suspect_sex: null,
  source: 'nypd',
  crime_category: 'Other theft',
  weapon_category: 'Not recorded',
  city: 'New York',
  location_category: 'Street',
  victim_race_group: 'Black',
  case_num: '100000001',
  suspect_race_group: null,
  incident_id: 'nypd:100000001',
  agency: 'N.Y. POLICE DEPT',
  law_class: 'Misdemeanor',
  nibrs_code: '23H',
  mapping_confidence: 'high',
  occurred_end_date: null,
  occurred_end_time: null,
  victim_type: 'Person',
  victim_age_years: null,
  suspect_age_years: null,
  cleared_other: null,
  h3_r7: '872a1072bffffff',
  h3_r8: '882a1072b1fffff',
  h3_r9: '892a1072b0bffff',
  h3_r10: '8a2a1072b0a7fff',
  coordinate_quality: 'Located',
  flags: '',
  raw_file: 'a'.repeat(64),
  raw_record: 1,
};

/** Columns at fault when the good incident is changed so. */
function faults(change: Record<string, unknown>): readonly string[] {
  const result = incidentSchema.safeParse({ ...incident, ...change });
  return result.success ? [] : [...new Set(result.error.issues.map((issue) => issue.path.join('.')))];
}

test('a canonical incident passes unchanged, its columns in catalogue order', () => {
  const parsed = incidentSchema.parse(incident);
  expect(parsed).toEqual(incident);
  expect(Object.keys(parsed)).toEqual(COLUMN_NAMES);
});

test.each(COLUMN_NAMES)('%s may be null only where the catalogue says so', (name) => {
  expect(faults({ [name]: null })).toEqual(columnDefinition(name).nullable ? [] : [name]);
});

test.each(COLUMN_NAMES)('%s may not be absent, nor empty text (flags apart)', (name) => {
  const { [name]: _, ...rest } = incident;
  expect(incidentSchema.safeParse(rest).success).toBe(false);
  expect(faults({ [name]: '' })).toEqual(name === 'flags' ? [] : [name]);
});

test.each(COLUMN_NAMES.filter((name) => columnDefinition(name).vocabulary !== undefined))(
  '%s takes every word of its vocabulary and no other spelling',
  (name) => {
    for (const word of columnDefinition(name).vocabulary ?? []) {
      expect(faults({ [name]: word })).toEqual([]);
      expect(faults({ [name]: `${word} ` })).toEqual([name]);
      expect(faults({ [name]: word === word.toUpperCase() ? `${word}?` : word.toUpperCase() })).toEqual([
        name,
      ]);
    }
  },
);

test('a column that the catalogue does not know is refused', () => {
  expect(incidentSchema.safeParse({ ...incident, precinct: '67' }).success).toBe(false);
});

test.each([
  '2019-02-29',
  '2019-04-31',
  '2019-13-01',
  '2019-1-1',
  '01/31/2019',
  '2019-03-02T00:00:00',
  ' 2019-03-02',
])('the date %s is refused', (text) => {
  expect(faults({ report_date: text })).toEqual(['report_date']);
});

test('exactly the days of the calendar are dates', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 2999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const instant = new Date(Date.UTC(year, month - 1, day));
        const isReal = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
        expect(faults({ occurred_date: text })).toEqual(isReal ? [] : ['occurred_date']);
      },
    ),
  );
});

test.each(['24:00', '7:00', '12:60', '12:00:00', '0700', '12:00 PM'])('the time %s is refused', (text) => {
  expect(faults({ occurred_time: text })).toEqual(['occurred_time']);
});

test.each([
  ['latitude', 90.000001],
  ['latitude', Number.NaN],
  ['longitude', -180.000001],
  ['longitude', Number.POSITIVE_INFINITY],
  ['victim_age_years', -1],
  ['victim_age_years', 30.5],
  ['raw_record', 0],
  ['raw_file', 'A'.repeat(64)],
  ['incident_id', '100000001'],
  ['nibrs_code', '23'],
  ['h3_r9', '882a1072b1fffff'],
  ['flags', 'Coordinates missing'],
])('%s = %s is refused', (name, value) => {
  expect(faults({ [name]: value })).toEqual([name]);
});
