import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { addYearsTo, dayNumber, yearOf } from './civil-date.js';
import type { Condition, Value } from './expression.js';

/** A canonical value: dates are ISO text, times `HH:MM`. */
export type RowValue = string | number | null;

/** The first and the last day on which an incident may have occurred, as ISO text. */
export interface OccurrenceWindow {
  readonly from: string;
  readonly to: string;
}

/** What an expression is evaluated on: a row and what is known about it. */
export interface Subject {
  readonly row: Readonly<Partial<Record<AdapterColumnName, RowValue>>>;
  readonly findings: readonly FindingId[];
  readonly atStationHouse: boolean;
  readonly window: OccurrenceWindow;
}

/** The value of an expression on one row. */
export function evaluate(expression: Condition, subject: Subject): boolean;
export function evaluate(expression: Value, subject: Subject): RowValue;
export function evaluate(expression: Value | Condition, subject: Subject): RowValue | boolean {
  switch (expression.kind) {
    case 'column':
      return subject.row[expression.name] ?? null;
    case 'literal':
      return expression.value;
    case 'nothing':
      return null;
    case 'iso-date':
      return expression.iso;
    case 'window':
      return subject.window[expression.end];
    case 'add-years':
      return ofText(evaluate(expression.date, subject), (date) => addYearsTo(date, expression.years));
    case 'year':
      return ofText(evaluate(expression.date, subject), yearOf);
    case 'days-between': {
      const from = ofText(evaluate(expression.from, subject), dayNumber);
      const to = ofText(evaluate(expression.to, subject), dayNumber);
      return from === null || to === null ? null : to - from;
    }
    case 'choose':
      return evaluate(
        evaluate(expression.condition, subject) ? expression.then : expression.otherwise,
        subject,
      );
    case 'is-null':
      return evaluate(expression.value, subject) === null;
    case 'equals': {
      const left = evaluate(expression.left, subject);
      return left !== null && left === evaluate(expression.right, subject);
    }
    case 'before': {
      const read = expression.type === 'date' ? dayNumber : (time: string) => time;
      const left = ofText<string | number>(evaluate(expression.left, subject), read);
      const right = ofText<string | number>(evaluate(expression.right, subject), read);
      return left !== null && right !== null && left < right;
    }
    case 'between': {
      const tested = evaluate(expression.value, subject);
      return typeof tested === 'number' && tested >= expression.low && tested <= expression.high;
    }
    case 'in-set': {
      const tested = evaluate(expression.value, subject);
      return typeof tested === 'string' && expression.set.includes(tested);
    }
    case 'not':
      return !evaluate(expression.condition, subject);
    case 'and':
      return expression.conditions.every((condition) => evaluate(condition, subject));
    case 'or':
      return expression.conditions.some((condition) => evaluate(condition, subject));
    case 'given':
      return evaluate(expression.guard, subject) && evaluate(expression.condition, subject);
    case 'found':
      return subject.findings.includes(expression.finding);
    case 'station-house':
      return subject.atStationHouse;
  }
}

function ofText<Result>(text: RowValue, read: (text: string) => Result): Result | null {
  return typeof text === 'string' ? read(text) : null;
}
