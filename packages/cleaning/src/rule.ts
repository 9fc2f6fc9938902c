import type { ColumnName } from '@crimetracker/schema';

/**
 * Where a rule works: on a record of the file before it has columns, on one field, on the columns of a row,
 * or on many rows together.
 */
export type RuleStage = 'record' | 'field' | 'row' | 'set';

/**
 * What a rule does: set the row aside with a reason, change a value, mark the row and change nothing that
 * was readable, or set the row aside for another one.
 */
export type RuleAction = 'quarantine' | 'repair' | 'flag' | 'duplicate';

export interface RuleDefinition {
  readonly stage: RuleStage;
  readonly action: RuleAction;
  /** The columns the rule changes or, where it changes none, judges; empty for a whole record. */
  readonly columns: readonly ColumnName[];
  readonly sentence: string;
}
