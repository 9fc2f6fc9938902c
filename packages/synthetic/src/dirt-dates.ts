import type { CivilDate } from './calendar.js';
import { isoDate } from './calendar.js';
import type { DirtKind, EditableRow } from './dirt.js';
import { COLUMNS, textKind, value } from './dirt.js';

/** Days that do not exist, written like dates. */
const impossible = (row: EditableRow, year: number): string =>
  row.date(row.random.chance(0.5) ? { year, month: 2, day: 30 } : { year, month: 13, day: 45 });
const NOT_DATES = ['UNKNOWN', '2015-99-99', 'n/a', '//'] as const;
const hasEnd = ({ facts }: EditableRow): boolean => facts.endDay >= 0;
const startYear = (row: EditableRow): number => row.calendar.date(row.facts.startDay).year;
const inYear = (date: CivilDate, year: number): CivilDate => ({
  year,
  month: date.month,
  day: Math.min(date.day, 28),
});
const unreadableTime = (row: EditableRow): string =>
  row.city === 'nypd' ? row.one(['25:61:00', '99:99:00', 'NOON']) : row.one(['2561', '9999', 'NOON']);

/** Wrong centuries are only planted where the report followed soon, as their repair is sure only there. */
const centuryTypo = (id: string, yearsOff: number): DirtKind =>
  textKind({
    id,
    column: COLUMNS.occurred,
    rule: 'occurred-century-typo',
    fits: ({ vintage, facts, calendar }) =>
      !vintage.shortYears &&
      facts.reportDay - facts.startDay < 300 &&
      calendar.date(facts.startDay).day <= 28,
    texts: (row) => row.date(inYear(row.calendar.date(row.facts.startDay), startYear(row) - yearsOff)),
    expected: (row) => ({ column: 'occurred_date', value: row.calendar.iso(row.facts.startDay) }),
  });

/** Dirt in identifiers, dates and times. */
export const DATE_DIRT: readonly DirtKind[] = [
  textKind({
    id: 'case-number-blank',
    column: COLUMNS.id,
    disposition: 'quarantined',
    rule: 'case-number-missing',
    texts: () => '',
  }),
  textKind({
    id: 'report-date-blank',
    column: COLUMNS.report,
    disposition: 'quarantined',
    rule: 'report-date-missing',
    texts: () => '',
  }),
  textKind({
    id: 'report-date-impossible',
    column: COLUMNS.report,
    disposition: 'quarantined',
    rule: 'report-date-unreadable',
    texts: (row) => impossible(row, row.calendar.date(row.facts.reportDay).year),
  }),
  textKind({
    id: 'report-date-text',
    column: COLUMNS.report,
    disposition: 'quarantined',
    rule: 'report-date-unreadable',
    texts: (row) => row.one(NOT_DATES),
  }),
  textKind({
    id: 'occurred-date-blank',
    column: COLUMNS.occurred,
    disposition: 'quarantined',
    rule: 'occurred-date-missing',
    fits: (row) => !hasEnd(row),
    texts: () => '',
  }),
  textKind({
    id: 'occurred-date-impossible',
    column: COLUMNS.occurred,
    disposition: 'quarantined',
    rule: 'occurred-date-unreadable',
    texts: (row) => impossible(row, startYear(row)),
  }),
  textKind({
    id: 'occurred-date-text',
    column: COLUMNS.occurred,
    disposition: 'quarantined',
    rule: 'occurred-date-unreadable',
    texts: (row) => row.one(NOT_DATES),
  }),
  textKind({
    id: 'only-end-known',
    cities: ['nypd'],
    column: 'cmplnt_fr_dt',
    rule: 'occurred-date-from-end',
    fits: hasEnd,
    texts: () => ({ cmplnt_fr_dt: '', cmplnt_fr_tm: '' }),
    expected: (row) => ({ column: 'occurred_date', value: row.calendar.iso(row.facts.endDay) }),
  }),
  centuryTypo('century-1919', 100),
  centuryTypo('century-1019', 1000),
  textKind({
    id: 'reported-before-occurred',
    column: COLUMNS.report,
    rule: 'reported-before-occurred',
    texts: (row) => row.day(row.facts.startDay - 1 - row.random.below(200)),
  }),
  textKind({
    id: 'outside-window',
    column: COLUMNS.occurred,
    disposition: 'quarantined',
    rule: 'occurred-outside-window',
    texts: (row) => row.date(inYear(row.calendar.date(row.facts.startDay), 2005)),
  }),
  textKind({
    id: 'end-before-start',
    cities: ['nypd'],
    column: 'cmplnt_to_dt',
    rule: 'end-before-start',
    fits: hasEnd,
    texts: (row) => row.day(row.facts.startDay - 1 - row.random.below(60)),
    expected: value('occurred_end_date', null),
  }),
  textKind({
    id: 'end-date-impossible',
    cities: ['nypd'],
    column: 'cmplnt_to_dt',
    rule: 'end-date-unreadable',
    fits: hasEnd,
    texts: (row) => impossible(row, startYear(row)),
    expected: value('occurred_end_date', null),
  }),
  textKind({
    id: 'end-time-unreadable',
    cities: ['nypd'],
    column: 'cmplnt_to_tm',
    rule: 'end-time-unreadable',
    fits: hasEnd,
    texts: unreadableTime,
    expected: value('occurred_end_time', null),
  }),
  textKind({
    id: 'end-time-24',
    cities: ['nypd'],
    column: 'cmplnt_to_tm',
    rule: 'end-time-24-00',
    fits: hasEnd,
    texts: (row) => row.vintage.time(1440),
    expected: value('occurred_end_time', '23:59'),
  }),
  textKind({
    id: 'time-24',
    column: COLUMNS.time,
    rule: 'occurred-time-24-00',
    // An end on the same day would now lie before the start.
    fits: ({ facts }) => facts.endDay !== facts.startDay,
    texts: (row) => row.vintage.time(1440),
    expected: value('occurred_time', '23:59'),
  }),
  textKind({
    id: 'time-unreadable',
    column: COLUMNS.time,
    rule: 'occurred-time-unreadable',
    texts: unreadableTime,
    expected: value('occurred_time', null),
  }),
  textKind({
    id: 'time-thousands',
    cities: ['lapd'],
    column: 'time_occ',
    rule: '',
    fits: ({ facts }) => facts.startMinute >= 600,
    texts: (row) => `${row.get('time_occ').slice(0, -3)},${row.get('time_occ').slice(-3)}`,
    expected: (row) => ({ column: 'occurred_time', value: clock(row.facts.startMinute) }),
  }),
  textKind({
    id: 'date-iso',
    column: COLUMNS.report,
    rule: '',
    texts: (row) => isoDate(row.calendar.date(row.facts.reportDay)),
    expected: (row) => ({ column: 'report_date', value: row.calendar.iso(row.facts.reportDay) }),
  }),
];

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
