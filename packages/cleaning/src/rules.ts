import type { ColumnName, FindingId } from '@crimetracker/schema';
import { FINDING_IDS, FINDINGS } from '@crimetracker/schema';
import { FINDING_ACTIONS } from './finding-actions.js';
import { columnsOfRowRule, ROW_RULES } from './row-rules.js';
import type { RuleAction, RuleDefinition } from './rule.js';

/** What can be wrong with a record before it has columns; all of it sets the record aside. */
export const RECORD_RULES = {
  'fields-too-few': 'The record has fewer fields than the header.',
  'fields-too-many': 'The record has more fields than the header.',
  'quote-unclosed': 'A quoted field is never closed.',
  'quote-misplaced': 'A quote stands where the CSV format allows none.',
  'nul-byte': 'The record holds a NUL byte.',
  'record-too-long': 'The record is longer than any real one.',
  'text-undecodable': 'The record holds bytes that are no text in the encoding of the file.',
} as const;

/** What can be wrong with a row beside others; all of it sets the row aside for another one. */
export const DUPLICATE_RULES = {
  'duplicate-exact':
    'The case number occurs again, with the same twenty values, in a later file or record; that one is kept.',
  'duplicate-superseded':
    'The case number occurs again, with other values, in a later file or record; that one is kept.',
} as const;

export type RecordRuleId = keyof typeof RECORD_RULES;
export type RowRuleId = (typeof ROW_RULES)[number]['id'];
export type DuplicateRuleId = keyof typeof DUPLICATE_RULES;
export type RuleId = RecordRuleId | FindingId | RowRuleId | DuplicateRuleId;

export interface Rule extends RuleDefinition {
  readonly id: RuleId;
}

const idsOf = <Id extends string>(rules: Readonly<Record<Id, unknown>>): readonly Id[] =>
  Object.keys(rules) as Id[];

/** Every rule and every finding, in catalogue order: the order in which a row lists them. */
export const RULES: readonly Rule[] = [
  ...idsOf(RECORD_RULES).map((id): Rule => rule(id, 'record', 'quarantine', [], RECORD_RULES[id])),
  ...FINDING_IDS.map(
    (id): Rule => rule(id, 'field', FINDING_ACTIONS[id], [FINDINGS[id].column], FINDINGS[id].sentence),
  ),
  ...ROW_RULES.map((row): Rule => rule(row.id, 'row', row.action, columnsOfRowRule(row), row.sentence)),
  ...idsOf(DUPLICATE_RULES).map(
    (id): Rule => rule(id, 'set', 'duplicate', ['source', 'case_num'], DUPLICATE_RULES[id]),
  ),
];

/** Every rule id, in catalogue order. */
export const RULE_IDS: readonly RuleId[] = RULES.map(({ id }) => id);

function rule(
  id: RuleId,
  stage: RuleDefinition['stage'],
  action: RuleAction,
  columns: readonly ColumnName[],
  sentence: string,
): Rule {
  return { id, stage, action, columns, sentence };
}
