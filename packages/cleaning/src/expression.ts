import type { AdapterColumnName, COLUMNS, FindingId } from '@crimetracker/schema';

/** The types the rules compute with; an integer column counts as a number. */
export type ValueType = 'text' | 'date' | 'time' | 'number';

type ValueTypeOf<Name extends AdapterColumnName> = (typeof COLUMNS)[Name]['type'] extends 'integer'
  ? 'number'
  : (typeof COLUMNS)[Name]['type'];

/** Columns of one value type. */
export type ColumnOfType<Type extends ValueType> = {
  [Name in AdapterColumnName]: ValueTypeOf<Name> extends Type ? Name : never;
}[AdapterColumnName];

/** An expression with a value. Built by the functions below, read by `evaluate` and `expressionSql`. */
export type Value<Type extends ValueType = ValueType> =
  | { readonly kind: 'column'; readonly name: ColumnOfType<Type> }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'iso-date'; readonly iso: string }
  | { readonly kind: 'window'; readonly end: 'from' | 'to' }
  | { readonly kind: 'add-years'; readonly date: DateValue; readonly years: number }
  | { readonly kind: 'year'; readonly date: DateValue }
  | { readonly kind: 'days-between'; readonly from: DateValue; readonly to: DateValue }
  | {
      readonly kind: 'choose';
      readonly condition: Condition;
      readonly then: Value<Type>;
      readonly otherwise: Value<Type>;
    };

type DateValue = Value<'date'>;

/** An expression that is true or false, never null: a comparison with a missing value is false. */
export type Condition =
  | { readonly kind: 'is-null'; readonly value: Value }
  | { readonly kind: 'equals'; readonly left: Value; readonly right: Value }
  | { readonly kind: 'before'; readonly left: Value; readonly right: Value; readonly type: 'date' | 'time' }
  | { readonly kind: 'between'; readonly value: Value<'number'>; readonly low: number; readonly high: number }
  | { readonly kind: 'in-set'; readonly value: Value; readonly set: readonly string[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'and'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'given'; readonly guard: Condition; readonly condition: Condition }
  | { readonly kind: 'found'; readonly finding: FindingId }
  | { readonly kind: 'station-house' };

/** The value of a canonical column. */
export function column(name: ColumnOfType<'text'>): Value<'text'>;
export function column(name: ColumnOfType<'date'>): Value<'date'>;
export function column(name: ColumnOfType<'time'>): Value<'time'>;
export function column(name: ColumnOfType<'number'>): Value<'number'>;
export function column(name: AdapterColumnName): Value {
  return { kind: 'column', name };
}
/** A text, a time `HH:MM` or a number. */
export const value = (literal: string | number): Value<never> => ({ kind: 'literal', value: literal });
/** The missing value, as the result of a repair. */
export const nothing: Value<never> = { kind: 'nothing' };
/** A fixed date, as ISO text. */
export const isoDate = (iso: string): Value<'date'> => ({ kind: 'iso-date', iso });
/** First day of the window of occurrence dates. */
export const windowFrom: Value<'date'> = { kind: 'window', end: 'from' };
/** Last day of the window of occurrence dates. */
export const windowTo: Value<'date'> = { kind: 'window', end: 'to' };
/** The same month and day some years later; 29 February becomes 28 February where needed. */
export const addYears = (date: Value<'date'>, years: number): Value<'date'> => ({
  kind: 'add-years',
  date,
  years,
});
/** The calendar year of a date. */
export const year = (date: Value<'date'>): Value<'number'> => ({ kind: 'year', date });
/** Whole days from the first date to the second. */
export const daysBetween = (from: Value<'date'>, to: Value<'date'>): Value<'number'> => ({
  kind: 'days-between',
  from,
  to,
});
/** One value where the condition holds, another where it does not. */
export const choose = <Type extends ValueType>(
  condition: Condition,
  then: Value<Type>,
  otherwise: Value<Type>,
): Value<Type> => ({ kind: 'choose', condition, then, otherwise });

export const isNull = (tested: Value): Condition => ({ kind: 'is-null', value: tested });
export const equals = <Type extends ValueType>(
  left: Value<Type>,
  right: Value<NoInfer<Type>>,
): Condition => ({ kind: 'equals', left: left as Value, right: right as Value });
/** True when the left date is earlier. */
export const before = (left: Value<'date'>, right: Value<'date'>): Condition => ({
  kind: 'before',
  left,
  right,
  type: 'date',
});
/** True when the left date is later. */
export const after = (left: Value<'date'>, right: Value<'date'>): Condition => before(right, left);
/** True when the left time of day, `HH:MM`, is earlier. */
export const timeBefore = (left: Value<'time'>, right: Value<'time'>): Condition => ({
  kind: 'before',
  left,
  right,
  type: 'time',
});
/** True when the number is neither below `low` nor above `high`. */
export const between = (tested: Value<'number'>, low: number, high: number): Condition => ({
  kind: 'between',
  value: tested,
  low,
  high,
});
export const inSet = (tested: Value<'text'> | Value<'time'>, set: readonly string[]): Condition => ({
  kind: 'in-set',
  value: tested,
  set,
});
export const not = (condition: Condition): Condition => ({ kind: 'not', condition });
export const and = (...conditions: readonly Condition[]): Condition => ({ kind: 'and', conditions });
export const or = (...conditions: readonly Condition[]): Condition => ({ kind: 'or', conditions });
/** True where both hold; the condition is computed only where the guard holds, which is worth it when that is rare. */
export const given = (guard: Condition, condition: Condition): Condition => ({
  kind: 'given',
  guard,
  condition,
});
/** True when a field function reported the finding for this row. */
export const found = (finding: FindingId): Condition => ({ kind: 'found', finding });
/** True when the set rule placed the row at a station house. */
export const stationHouse: Condition = { kind: 'station-house' };

/** The columns an expression reads. */
export function columnsOf(expression: Value | Condition): readonly AdapterColumnName[] {
  const names = new Set<AdapterColumnName>();
  const visit = (part: Value | Condition): void => {
    if (part.kind === 'column') names.add(part.name);
    for (const child of Object.values(part).flat()) {
      if (typeof child === 'object' && child !== null) visit(child as Value | Condition);
    }
  };
  visit(expression);
  return [...names];
}
