import type { Dialect } from '@crimetracker/engine';
import type { OccurrenceWindow } from './evaluate.js';
import type { Condition, Value } from './expression.js';

/** The column that holds a row's findings, in catalogue order, joined by a semicolon; empty when none. */
export const FIELD_FINDINGS_COLUMN = 'field_findings';
/** The boolean column that marks rows placed at a station house. */
export const AT_STATION_HOUSE_COLUMN = 'at_station_house';

/**
 * The SQL of an expression over the canonical columns, `field_findings` and `at_station_house`. It uses only
 * the dialect and SQL that engines share; a condition is never NULL.
 */
export function expressionSql(
  expression: Value | Condition,
  dialect: Dialect,
  window: OccurrenceWindow,
): string {
  const sql = (part: Value | Condition): string => expressionSql(part, dialect, window);
  const orFalse = (comparison: string): string => `COALESCE(${comparison}, FALSE)`;
  switch (expression.kind) {
    case 'column':
      return dialect.identifier(expression.name);
    case 'literal':
      return dialect.literal(expression.value);
    case 'nothing':
      return dialect.literal(null);
    case 'iso-date':
      return dialect.date(expression.iso);
    case 'window':
      return dialect.date(window[expression.end]);
    case 'add-years':
      return dialect.addYears(sql(expression.date), expression.years);
    case 'year':
      return dialect.year(sql(expression.date));
    case 'days-between':
      return dialect.daysBetween(sql(expression.from), sql(expression.to));
    case 'choose':
      return `CASE WHEN ${sql(expression.condition)} THEN ${sql(expression.then)} ELSE ${sql(expression.otherwise)} END`;
    case 'is-null':
      return `(${sql(expression.value)} IS NULL)`;
    case 'equals':
      return orFalse(`${sql(expression.left)} = ${sql(expression.right)}`);
    case 'before':
      return orFalse(`${sql(expression.left)} < ${sql(expression.right)}`);
    case 'between':
      return orFalse(
        `${sql(expression.value)} BETWEEN ${dialect.literal(expression.low)} AND ${dialect.literal(expression.high)}`,
      );
    case 'in-set':
      return expression.set.length === 0
        ? 'FALSE'
        : orFalse(
            `${sql(expression.value)} IN (${expression.set.map((text) => dialect.literal(text)).join(', ')})`,
          );
    case 'not':
      return `(NOT ${sql(expression.condition)})`;
    case 'and':
      return joined(expression.conditions.map(sql), 'AND', 'TRUE');
    case 'or':
      return joined(expression.conditions.map(sql), 'OR', 'FALSE');
    case 'given':
      return `CASE WHEN ${sql(expression.guard)} THEN ${sql(expression.condition)} ELSE FALSE END`;
    case 'found': {
      // No finding's id is part of another's (a test holds this), so a text search is exact.
      const findings = dialect.identifier(FIELD_FINDINGS_COLUMN);
      return `CASE WHEN ${findings} = '' THEN FALSE ELSE ${dialect.contains(findings, expression.finding)} END`;
    }
    case 'station-house':
      return orFalse(dialect.identifier(AT_STATION_HOUSE_COLUMN));
  }
}

function joined(conditions: readonly string[], operator: 'AND' | 'OR', empty: string): string {
  return conditions.length === 0 ? empty : `(${conditions.join(` ${operator} `)})`;
}
