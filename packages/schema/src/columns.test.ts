import { expect, test } from 'vitest';
import { ADAPTER_COLUMN_NAMES, COLUMN_NAMES, columnDefinition, INCIDENT_COLUMN_NAMES } from './columns.js';
import { FINDING_IDS, FINDINGS } from './findings.js';
import * as vocabularies from './vocabularies.js';

test('the product has exactly its twenty columns, in their published order', () => {
  expect(INCIDENT_COLUMN_NAMES).toEqual([
    'report_date',
    'occurred_date',
    'occurred_time',
    'crime_code',
    'latitude',
    'longitude',
    'jurisdiction',
    'arrest_made',
    'victim_age',
    'victim_sex',
    'suspect_age',
    'suspect_sex',
    'source',
    'crime_category',
    'weapon_category',
    'city',
    'location_category',
    'victim_race_group',
    'case_num',
    'suspect_race_group',
  ]);
});

test('the twenty come before every companion, and no name is used twice', () => {
  expect(COLUMN_NAMES.slice(0, 20)).toEqual(INCIDENT_COLUMN_NAMES);
  expect(new Set(COLUMN_NAMES).size).toBe(COLUMN_NAMES.length);
});

test('the build itself sets the columns that no city can know', () => {
  const setByBuild = COLUMN_NAMES.filter(
    (name) => !(ADAPTER_COLUMN_NAMES as readonly string[]).includes(name),
  );
  expect(setByBuild).toEqual(['source', 'city', 'incident_id', 'flags', 'raw_file', 'raw_record']);
});

test.each(COLUMN_NAMES)('%s is snake_case and described by a sentence', (name) => {
  expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  expect(columnDefinition(name).description).toMatch(/^[A-Z].*\.$/);
});

test('every closed vocabulary is used by a column and repeats no value', () => {
  const used = new Set(COLUMN_NAMES.map((name) => columnDefinition(name).vocabulary));
  for (const [name, values] of Object.entries(vocabularies)) {
    expect(used, name).toContain(values);
    expect(new Set(values).size, name).toBe(values.length);
  }
});

test('there are 26 crime categories and Other is the last', () => {
  expect(vocabularies.CRIME_CATEGORIES).toHaveLength(26);
  expect(vocabularies.CRIME_CATEGORIES.at(-1)).toBe('Other');
});

test.each(FINDING_IDS)('finding %s is kebab-case, names a column and is a sentence', (id) => {
  expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  expect(COLUMN_NAMES).toContain(FINDINGS[id].column);
  expect(FINDINGS[id].sentence).toMatch(/^[A-Z].*\.$/);
});
