import { expect, test } from 'vitest';
import { COLUMN_NAMES, columnDefinition } from './columns.js';
import { incidentJsonSchema } from './json-schema.js';

const schema = incidentJsonSchema();

test('the JSON Schema describes every column, requires all and allows no other', () => {
  expect(Object.keys(schema.properties ?? {})).toEqual(COLUMN_NAMES);
  expect(schema.required).toEqual(COLUMN_NAMES);
  expect(schema.additionalProperties).toBe(false);
});

test.each(COLUMN_NAMES)('%s carries its description and unit', (name) => {
  const { description, unit } = columnDefinition(name);
  expect(schema.properties?.[name]).toMatchObject({
    description,
    ...(unit === undefined ? {} : { 'x-unit': unit }),
  });
});

test('dates, vocabularies, ranges and null are written in the words of JSON Schema', () => {
  expect(schema.properties).toMatchObject({
    report_date: { type: 'string', format: 'date' },
    latitude: { anyOf: [{ type: 'number', minimum: -90, maximum: 90 }, { type: 'null' }] },
    arrest_made: { anyOf: [{ type: 'string', enum: ['Yes', 'No'] }, { type: 'null' }] },
    raw_record: { type: 'integer', minimum: 1 },
  });
});

test('the JSON Schema is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});
