import { COLUMN_NAMES, FINDING_IDS } from '@crimetracker/schema';
import { expect, test } from 'vitest';
import { FINDING_ACTIONS } from './finding-actions.js';
import { RULE_IDS, RULES } from './rules.js';

test('every rule has an id of its own', () => {
  expect(new Set(RULE_IDS).size).toBe(RULES.length);
});

test('stages follow each other in the catalogue, so a row lists its findings before its rules', () => {
  const stages = ['record', 'field', 'row', 'set'];
  const order = RULES.map(({ stage }) => stages.indexOf(stage));
  expect(order).toEqual([...order].sort());
  expect(new Set(order).size).toBe(4);
});

test('every finding of the schema stands in the catalogue, in its order, with its action', () => {
  const fields = RULES.filter(({ stage }) => stage === 'field');
  expect(fields.map(({ id }) => id)).toEqual(FINDING_IDS);
  expect(fields.map(({ action }) => action)).toEqual(FINDING_IDS.map((id) => FINDING_ACTIONS[id]));
});

test('no id is part of another, so a text search in a list of ids finds exactly the id', () => {
  const parts = RULE_IDS.flatMap((id) => RULE_IDS.filter((other) => other !== id && other.includes(id)));
  expect(parts).toEqual([]);
});

test.each(RULES)(
  '$id is kebab-case, says a sentence and names columns of the schema',
  ({ id, stage, columns, sentence }) => {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
    expect(COLUMN_NAMES).toEqual(expect.arrayContaining([...columns]));
    expect(columns.length > 0).toBe(stage !== 'record');
  },
);

test('a record that is no record is set aside, and a repeated one gives way', () => {
  const actions = (stage: string) => [
    ...new Set(RULES.filter((rule) => rule.stage === stage).map(({ action }) => action)),
  ];
  expect(actions('record')).toEqual(['quarantine']);
  expect(actions('set')).toEqual(['duplicate']);
  expect(actions('field').sort()).toEqual(['flag', 'quarantine', 'repair']);
});
