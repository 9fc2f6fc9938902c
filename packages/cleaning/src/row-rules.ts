import type { AdapterColumnName } from '@crimetracker/schema';
import type { OccurrenceWindow } from './evaluate.js';
import type { Condition, Value } from './expression.js';
import {
  addYears,
  after,
  and,
  before,
  between,
  choose,
  column,
  columnsOf,
  daysBetween,
  equals,
  found,
  given,
  inSet,
  isNull,
  not,
  nothing,
  or,
  stationHouse,
  timeBefore,
  value,
  windowFrom,
  windowTo,
} from './expression.js';
import type { RuleAction } from './rule.js';

/** The years the product covers. */
export const DEFAULT_WINDOW: OccurrenceWindow = { from: '2010-01-01', to: '2023-12-31' };

/** A rule on the columns of one row. */
export interface RowRule {
  readonly id: string;
  readonly action: Exclude<RuleAction, 'duplicate'>;
  readonly sentence: string;
  /** True where the rule hits. */
  readonly when: Condition;
  /** The columns that change where it hits, each with its new value computed from the row before the rule. */
  readonly set?: Readonly<Partial<Record<AdapterColumnName, Value>>>;
}

const caseNumber = column('case_num');
const reportDate = column('report_date');
const occurredDate = column('occurred_date');
const occurredTime = column('occurred_time');
const endDate = column('occurred_end_date');
const endTime = column('occurred_end_time');
const coordinateQuality = column('coordinate_quality');

const dateMissing = (
  date: Value<'date'>,
  unreadable: 'report-date-unreadable' | 'occurred-date-unreadable',
): Condition => and(isNull(date), not(found(unreadable)));

/** The time to report that is ordinary enough to repair a date by it. */
const promptly = (occurred: Value<'date'>, reported: Value<'date'>): Condition =>
  between(daysBetween(occurred, reported), 0, 366);

// Counting days is cheap, moving a date by years is not: a rough count first spares most rows the calendar work.
const decadesApart = (early: Value<'date'>, late: Value<'date'>): Condition =>
  between(daysBetween(early, late), 18_000, 4_000_000);
const centuriesApart = (early: Value<'date'>, late: Value<'date'>): Condition =>
  between(daysBetween(early, late), 36_000, 400_000);

/**
 * A year typed with a wrong first or second pair of digits: NYPD publishes 1919 for 2019 and 1015 for 2015.
 * It is repaired only where the repaired date makes an ordinary time to report; otherwise the typo stays a guess.
 */
function centuryTypo(
  typed: Value<'date'>,
  other: Value<'date'>,
  fits: (repaired: Value<'date'>) => Condition,
): { readonly when: Condition; readonly repaired: Value<'date'> } {
  const century = addYears(typed, 100);
  const millennium = addYears(typed, 1000);
  return {
    when: given(centuriesApart(typed, other), or(fits(century), fits(millennium))),
    repaired: choose(fits(century), century, millennium),
  };
}

const reportTypo = centuryTypo(reportDate, occurredDate, (repaired) => promptly(occurredDate, repaired));
const occurredTypo = centuryTypo(occurredDate, reportDate, (repaired) => promptly(repaired, reportDate));
const endTypo = centuryTypo(endDate, reportDate, (repaired) => promptly(repaired, reportDate));

/** The rules on one row, in the order in which they are applied and listed. A rule sees the repairs before it. */
export const ROW_RULES = [
  {
    id: 'case-number-missing',
    action: 'quarantine',
    sentence: 'The record has no case number.',
    when: isNull(caseNumber),
  },
  {
    id: 'report-date-missing',
    action: 'quarantine',
    sentence: 'The record has no report date.',
    when: dateMissing(reportDate, 'report-date-unreadable'),
  },
  {
    id: 'occurred-date-from-end',
    action: 'repair',
    sentence:
      'Only the end of the occurrence is known; its date, and its time where no other is given, became the start.',
    when: and(dateMissing(occurredDate, 'occurred-date-unreadable'), not(isNull(endDate))),
    set: { occurred_date: endDate, occurred_time: choose(isNull(occurredTime), endTime, occurredTime) },
  },
  {
    id: 'occurred-date-missing',
    action: 'quarantine',
    sentence: 'The record has neither an occurrence date nor an end date.',
    when: dateMissing(occurredDate, 'occurred-date-unreadable'),
  },
  {
    id: 'report-century-typo',
    action: 'repair',
    sentence:
      'The report date is 100 or 1,000 years too early; moved, it lies within 366 days after the occurrence.',
    when: reportTypo.when,
    set: { report_date: reportTypo.repaired },
  },
  {
    id: 'occurred-century-typo',
    action: 'repair',
    sentence:
      'The occurrence date is 100 or 1,000 years too early; moved, it lies within 366 days before the report.',
    when: occurredTypo.when,
    set: { occurred_date: occurredTypo.repaired },
  },
  {
    id: 'end-century-typo',
    action: 'repair',
    sentence:
      'The end date is 100 or 1,000 years too early; moved, it lies within 366 days before the report.',
    when: endTypo.when,
    set: { occurred_end_date: endTypo.repaired },
  },
  {
    id: 'reported-before-occurred',
    action: 'flag',
    sentence: 'The report date lies before the occurrence date.',
    when: before(reportDate, occurredDate),
  },
  {
    id: 'reported-decades-later',
    action: 'flag',
    sentence:
      'The report came more than 50 years after the occurrence; one of the two years is probably a typo.',
    when: given(decadesApart(occurredDate, reportDate), after(reportDate, addYears(occurredDate, 50))),
  },
  {
    id: 'occurred-outside-window',
    action: 'quarantine',
    sentence: `The incident occurred outside the window of the build (${DEFAULT_WINDOW.from} to ${DEFAULT_WINDOW.to} unless set otherwise).`,
    when: or(before(occurredDate, windowFrom), after(occurredDate, windowTo)),
  },
  {
    id: 'end-before-start',
    action: 'repair',
    sentence: 'The occurrence ends before it begins; the end date and time became null.',
    when: or(
      before(endDate, occurredDate),
      and(equals(endDate, occurredDate), timeBefore(endTime, occurredTime)),
    ),
    set: { occurred_end_date: nothing, occurred_end_time: nothing },
  },
  {
    id: 'time-heaped',
    action: 'flag',
    sentence: 'The time is 12:00, 00:00 or 00:01, which sources also write when the time is unknown.',
    when: inSet(occurredTime, ['12:00', '00:00', '00:01']),
  },
  {
    id: 'station-house',
    action: 'flag',
    sentence:
      'The coordinates are those of the station house, where the source places incidents it may not or cannot locate.',
    when: and(stationHouse, equals(coordinateQuality, value('Located'))),
    set: { coordinate_quality: value('Station house') },
  },
] as const satisfies readonly RowRule[];

/** The columns a rule changes or, where it changes none, reads. */
export function columnsOfRowRule(rule: RowRule): readonly AdapterColumnName[] {
  return rule.set === undefined ? columnsOf(rule.when) : changedBy(rule);
}

/** The columns a rule changes. */
export function changedBy(rule: RowRule): readonly AdapterColumnName[] {
  return Object.keys(rule.set ?? {}) as AdapterColumnName[];
}

/** The columns a rule reads, for its condition and its new values. */
export function readBy(rule: RowRule): readonly AdapterColumnName[] {
  return [...new Set([rule.when, ...Object.values(rule.set ?? {})].flatMap(columnsOf))];
}
