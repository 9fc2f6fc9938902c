import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { FINDING_IDS } from '@crimetracker/schema';
import type { OccurrenceWindow, RowValue, Subject } from './evaluate.js';
import { evaluate } from './evaluate.js';
import { FINDING_ACTIONS } from './finding-actions.js';
import type { RowRule } from './row-rules.js';
import { ROW_RULES } from './row-rules.js';
import type { RowRuleId } from './rules.js';

/** A row of canonical columns; columns beside the adapter's pass through. */
export type CanonicalRow = Readonly<Record<AdapterColumnName, RowValue>>;

export interface RowContext {
  /** What the field functions reported, in any order. */
  readonly findings: readonly FindingId[];
  /** Whether `findStationHouses` placed the row at a station house. */
  readonly atStationHouse: boolean;
  readonly window: OccurrenceWindow;
}

export interface CleanedRow<Row extends CanonicalRow = CanonicalRow> {
  /** The row with its repairs. */
  readonly row: Row;
  /** Findings and row rules that touched the row, in catalogue order. */
  readonly flags: readonly (FindingId | RowRuleId)[];
  /** Those of them that set the row aside; empty when the row is curated. */
  readonly reasons: readonly (FindingId | RowRuleId)[];
}

/** Applies the row rules to one row; `cleanSql` is the same for a table. */
export function cleanRow<Row extends CanonicalRow>(row: Row, context: RowContext): CleanedRow<Row> {
  let repaired = row;
  let subject: Subject = { ...context, row };
  const findings =
    context.findings.length === 0 ? [] : FINDING_IDS.filter((id) => context.findings.includes(id));
  const flags: (FindingId | RowRuleId)[] = [...findings];
  const reasons: (FindingId | RowRuleId)[] = findings.filter((id) => FINDING_ACTIONS[id] === 'quarantine');
  for (const rule of ROW_RULES) {
    if (!evaluate(rule.when, subject)) continue;
    flags.push(rule.id);
    if (rule.action === 'quarantine') reasons.push(rule.id);
    if ('set' in rule) {
      repaired = { ...repaired, ...newValues(rule, subject) };
      subject = { ...context, row: repaired };
    }
  }
  return { row: repaired, flags, reasons };
}

function newValues(rule: RowRule, subject: Subject): Readonly<Record<string, RowValue>> {
  return Object.fromEntries(
    Object.entries(rule.set ?? {}).map(([name, value]) => [name, evaluate(value, subject)]),
  );
}
