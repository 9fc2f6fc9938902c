import type { Dialect } from '@crimetracker/engine';
import { FINDING_IDS } from '@crimetracker/schema';
import type { OccurrenceWindow } from './evaluate.js';
import { found } from './expression.js';
import { AT_STATION_HOUSE_COLUMN, expressionSql, FIELD_FINDINGS_COLUMN } from './expression-sql.js';
import { FINDING_ACTIONS } from './finding-actions.js';
import type { RowRule } from './row-rules.js';
import { changedBy, ROW_RULES, readBy } from './row-rules.js';

export interface CleanSql {
  readonly dialect: Dialect;
  /**
   * What follows FROM: a quoted name or a query in brackets, without alias. It has every adapter column
   * (dates as DATE, times as text, coordinates as double, ages as bigint), `field_findings` (text, ids in
   * catalogue order joined by a semicolon, empty when none) and `at_station_house` (boolean).
   */
  readonly relation: string;
  /** Columns of the result, in order, without the `flags` and `reasons` that follow; may hold others than the adapter’s. */
  readonly columns: readonly string[];
  readonly window: OccurrenceWindow;
}

const QUARANTINE_FINDINGS = FINDING_IDS.filter((id) => FINDING_ACTIONS[id] === 'quarantine');

const hitColumn = (rule: RowRule): string => `hit_${rule.id.replaceAll('-', '_')}`;

/**
 * Rules in groups that can each be computed in one pass: applying the groups one after the other gives what
 * applying the rules one after the other gives. A rule comes in a later group than every earlier rule that
 * changes what it reads or changes, and in no earlier group than an earlier rule that reads what it changes.
 */
export function groupRules(rules: readonly RowRule[]): readonly (readonly RowRule[])[] {
  const groups: RowRule[][] = [];
  const lastChange = new Map<string, number>();
  const lastRead = new Map<string, number>();
  for (const rule of rules) {
    const changed = changedBy(rule);
    const read = readBy(rule);
    const group = Math.max(
      0,
      ...[...read, ...changed].map((name) => (lastChange.get(name) ?? -1) + 1),
      ...changed.map((name) => lastRead.get(name) ?? 0),
    );
    const together = groups[group];
    if (together === undefined) groups[group] = [rule];
    else together.push(rule);
    for (const name of changed) lastChange.set(name, group);
    for (const name of read) lastRead.set(name, Math.max(group, lastRead.get(name) ?? 0));
  }
  return groups;
}

/**
 * The query that applies the row rules to a relation: its `columns` with repairs, then `flags` and `reasons`
 * as text, ids in catalogue order joined by a semicolon, empty when none. `cleanRow` is the same for one row.
 */
export function cleanSql({ dialect, relation, columns, window }: CleanSql): string {
  const sql = (expression: Parameters<typeof expressionSql>[0]): string =>
    expressionSql(expression, dialect, window);
  const name = (column: string): string => dialect.identifier(column);

  const carried = [
    ...new Set([...columns, ...ROW_RULES.flatMap(readBy), FIELD_FINDINGS_COLUMN, AT_STATION_HOUSE_COLUMN]),
  ];
  const hitColumns: string[] = [];
  let from = relation;
  let repaired = new Map<string, string>();
  for (const [index, group] of groupRules(ROW_RULES).entries()) {
    if (repaired.size > 0) from = `(${select([...carried, ...hitColumns], repaired)}) AS repaired_${index}`;
    const hits = new Map(group.map((rule) => [hitColumn(rule), sql(rule.when)]));
    const known = [...carried, ...hitColumns];
    hitColumns.push(...hits.keys());
    from = `(${select([...known, ...hits.keys()], hits)}) AS judged_${index + 1}`;
    repaired = repairs(group);
  }

  function select(names: readonly string[], computed: ReadonlyMap<string, string>): string {
    const items = names.map((column) => {
      const expression = computed.get(column);
      return expression === undefined ? name(column) : `${expression} AS ${name(column)}`;
    });
    return `SELECT ${items.join(', ')} FROM ${from}`;
  }

  function repairs(group: readonly RowRule[]): Map<string, string> {
    const branches = new Map<string, string>();
    for (const rule of group) {
      for (const [column, value] of Object.entries(rule.set ?? {})) {
        branches.set(
          column,
          `CASE WHEN ${name(hitColumn(rule))} THEN ${sql(value)} ELSE ${name(column)} END`,
        );
      }
    }
    return branches;
  }

  /** Most rows list nothing: they are spared the building of the text. */
  function list(ids: readonly (readonly [test: string, text: string])[]): string {
    const texts = ids.map(([test, text]) => `CASE WHEN ${test} THEN ${text} END`);
    return `CASE WHEN ${ids.map(([test]) => test).join(' OR ')} THEN ${dialect.joinTexts(';', texts)} ELSE '' END`;
  }

  const hit = (rule: RowRule): readonly [string, string] => [name(hitColumn(rule)), dialect.literal(rule.id)];
  const findings = name(FIELD_FINDINGS_COLUMN);
  const flags = list([[`${findings} <> ''`, findings], ...ROW_RULES.map(hit)]);
  const reasons = list([
    ...QUARANTINE_FINDINGS.map((id) => [sql(found(id)), dialect.literal(id)] as const),
    ...ROW_RULES.filter(({ action }) => action === 'quarantine').map(hit),
  ]);
  return select(
    [...columns, 'flags', 'reasons'],
    new Map([...repaired, ['flags', flags], ['reasons', reasons]]),
  );
}
