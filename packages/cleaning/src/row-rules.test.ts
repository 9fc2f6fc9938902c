import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { describe, expect, test } from 'vitest';
import type { RowContext } from './clean-row.js';
import { cleanRow } from './clean-row.js';
import type { RowValue } from './evaluate.js';
import { ROW_RULES } from './row-rules.js';
import type { RowRuleId } from './rules.js';
import { SOUND_CONTEXT, SOUND_ROW } from './testing-rows.js';

type Changes = Partial<Record<AdapterColumnName, RowValue>>;

interface Case {
  readonly name: string;
  readonly given: Changes;
  readonly findings?: readonly FindingId[];
  readonly atStationHouse?: boolean;
  /** Every flag of the row, in order. */
  readonly flags: readonly string[];
  readonly reasons?: readonly string[];
  readonly becomes?: Changes;
}

/** Per rule: rows it hits and rows it spares although they come near. */
const CASES: Readonly<
  Record<RowRuleId, { readonly hits: readonly Case[]; readonly spares: readonly Case[] }>
> = {
  'case-number-missing': {
    hits: [
      {
        name: 'no case number',
        given: { case_num: null },
        flags: ['case-number-missing'],
        reasons: ['case-number-missing'],
      },
    ],
    spares: [{ name: 'a short case number', given: { case_num: '0' }, flags: [] }],
  },
  'report-date-missing': {
    hits: [
      {
        name: 'no report date',
        given: { report_date: null },
        flags: ['report-date-missing'],
        reasons: ['report-date-missing'],
      },
    ],
    spares: [
      {
        name: 'a report date that was there but unreadable',
        given: { report_date: null },
        findings: ['report-date-unreadable'],
        flags: ['report-date-unreadable'],
        reasons: ['report-date-unreadable'],
      },
    ],
  },
  'occurred-date-from-end': {
    hits: [
      {
        name: 'only an end date and time',
        given: { occurred_date: null, occurred_time: null },
        flags: ['occurred-date-from-end'],
        becomes: { occurred_date: '2019-10-12', occurred_time: '01:30' },
      },
      {
        name: 'an end date and a start time, which stays',
        given: { occurred_date: null, occurred_time: '01:00' },
        flags: ['occurred-date-from-end'],
        becomes: { occurred_date: '2019-10-12', occurred_time: '01:00' },
      },
      {
        name: 'an end date with the wrong century, which is then repaired in both places',
        given: { occurred_date: null, occurred_time: null, occurred_end_date: '1919-10-12' },
        flags: ['occurred-date-from-end', 'occurred-century-typo', 'end-century-typo'],
        becomes: { occurred_date: '2019-10-12', occurred_time: '01:30', occurred_end_date: '2019-10-12' },
      },
    ],
    spares: [
      { name: 'a start date without a time', given: { occurred_time: null }, flags: [] },
      {
        name: 'an unreadable start date',
        given: { occurred_date: null },
        findings: ['occurred-date-unreadable'],
        flags: ['occurred-date-unreadable'],
        reasons: ['occurred-date-unreadable'],
      },
    ],
  },
  'occurred-date-missing': {
    hits: [
      {
        name: 'neither start nor end',
        given: { occurred_date: null, occurred_end_date: null },
        flags: ['occurred-date-missing'],
        reasons: ['occurred-date-missing'],
      },
    ],
    spares: [
      {
        name: 'a start that the end gives',
        given: { occurred_date: null },
        flags: ['occurred-date-from-end', 'end-before-start'],
        becomes: { occurred_date: '2019-10-12', occurred_end_date: null, occurred_end_time: null },
      },
    ],
  },
  'report-century-typo': {
    hits: [
      {
        name: '1019 for 2019',
        given: { report_date: '1019-10-13' },
        flags: ['report-century-typo'],
        becomes: { report_date: '2019-10-13' },
      },
      {
        name: '1919 for 2019, with an end in 1919 too',
        given: { report_date: '1919-10-13', occurred_end_date: '1919-10-12' },
        flags: ['report-century-typo', 'end-century-typo'],
        becomes: { report_date: '2019-10-13', occurred_end_date: '2019-10-12' },
      },
    ],
    spares: [
      {
        name: 'a report a few years before the occurrence',
        given: { report_date: '2017-10-13' },
        flags: ['reported-before-occurred'],
      },
      {
        name: 'a report that would still come before',
        given: { report_date: '1919-10-10' },
        flags: ['reported-before-occurred'],
      },
    ],
  },
  'occurred-century-typo': {
    hits: [
      {
        name: 'the NYPD row of 1919',
        given: { occurred_date: '1919-10-11' },
        flags: ['occurred-century-typo'],
        becomes: { occurred_date: '2019-10-11' },
      },
      {
        name: '1015 for 2015',
        given: { report_date: '2015-07-01', occurred_date: '1015-06-30', occurred_end_date: null },
        flags: ['occurred-century-typo'],
        becomes: { occurred_date: '2015-06-30' },
      },
      {
        name: 'a leap day of 1020, reported 366 days later',
        given: { report_date: '2021-03-01', occurred_date: '1020-02-29', occurred_end_date: null },
        flags: ['occurred-century-typo'],
        becomes: { occurred_date: '2020-02-29' },
      },
    ],
    spares: [
      {
        name: '1914 reported in 2019, which may be any year',
        given: { occurred_date: '1914-10-11' },
        flags: ['reported-decades-later', 'occurred-outside-window'],
        reasons: ['occurred-outside-window'],
      },
      {
        name: '1919 that would come after the report',
        given: { occurred_date: '1919-10-14' },
        flags: ['reported-decades-later', 'occurred-outside-window'],
        reasons: ['occurred-outside-window'],
      },
    ],
  },
  'end-century-typo': {
    hits: [
      {
        name: 'an end in 1919',
        given: { occurred_end_date: '1919-10-12' },
        flags: ['end-century-typo'],
        becomes: { occurred_end_date: '2019-10-12' },
      },
    ],
    spares: [
      {
        name: 'an end in 1914, which only comes before the start',
        given: { occurred_end_date: '1914-10-12' },
        flags: ['end-before-start'],
        becomes: { occurred_end_date: null, occurred_end_time: null },
      },
    ],
  },
  'reported-before-occurred': {
    hits: [
      {
        name: 'an occurrence dated a year ahead in early January',
        given: { report_date: '2019-01-02', occurred_date: '2019-12-31', occurred_end_date: null },
        flags: ['reported-before-occurred'],
      },
    ],
    spares: [{ name: 'a report on the same day', given: { report_date: '2019-10-11' }, flags: [] }],
  },
  'reported-decades-later': {
    hits: [
      { name: 'a report in 2091', given: { report_date: '2091-10-13' }, flags: ['reported-decades-later'] },
      {
        name: 'a report 50 years and a day later',
        given: { report_date: '2069-10-12' },
        flags: ['reported-decades-later'],
      },
    ],
    spares: [{ name: 'a report 50 years later to the day', given: { report_date: '2069-10-11' }, flags: [] }],
  },
  'occurred-outside-window': {
    hits: [
      {
        name: 'the day before the window',
        given: { report_date: '2010-01-02', occurred_date: '2009-12-31', occurred_end_date: null },
        flags: ['occurred-outside-window'],
        reasons: ['occurred-outside-window'],
      },
      {
        name: 'the day after the window',
        given: { report_date: '2024-01-02', occurred_date: '2024-01-01', occurred_end_date: null },
        flags: ['occurred-outside-window'],
        reasons: ['occurred-outside-window'],
      },
    ],
    spares: [
      { name: 'its first day', given: { occurred_date: '2010-01-01' }, flags: [] },
      {
        name: 'its last day, reported after it',
        given: { report_date: '2024-02-01', occurred_date: '2023-12-31', occurred_end_date: null },
        flags: [],
      },
    ],
  },
  'end-before-start': {
    hits: [
      {
        name: 'an end the day before',
        given: { occurred_end_date: '2019-10-10' },
        flags: ['end-before-start'],
        becomes: { occurred_end_date: null, occurred_end_time: null },
      },
      {
        name: 'an end earlier on the same day',
        given: { occurred_end_date: '2019-10-11', occurred_end_time: '22:14' },
        flags: ['end-before-start'],
        becomes: { occurred_end_date: null, occurred_end_time: null },
      },
    ],
    spares: [
      {
        name: 'an end in the same minute',
        given: { occurred_end_date: '2019-10-11', occurred_end_time: '22:15' },
        flags: [],
      },
      {
        name: 'an end on the same day without a time',
        given: { occurred_end_date: '2019-10-11', occurred_end_time: null },
        flags: [],
      },
    ],
  },
  'time-heaped': {
    hits: ['12:00', '00:00', '00:01'].map((time) => ({
      name: time,
      given: { occurred_time: time },
      flags: ['time-heaped'],
    })),
    spares: ['12:01', '00:02', '23:59', null].map((time) => ({
      name: String(time),
      given: { occurred_time: time },
      flags: [],
    })),
  },
  'station-house': {
    hits: [
      {
        name: 'a located row at the station house',
        given: {},
        atStationHouse: true,
        flags: ['station-house'],
        becomes: { coordinate_quality: 'Station house' },
      },
    ],
    spares: [
      { name: 'a located row elsewhere', given: {}, flags: [] },
      {
        name: 'a row without coordinates',
        given: { coordinate_quality: 'Missing' },
        atStationHouse: true,
        flags: [],
      },
    ],
  },
};

describe.each(ROW_RULES)('$id', ({ id }) => {
  const run = ({ given, findings = [], atStationHouse = false }: Case) => {
    const context: RowContext = { ...SOUND_CONTEXT, findings, atStationHouse };
    return cleanRow({ ...SOUND_ROW, ...given }, context);
  };
  const check = (example: Case): void => {
    const cleaned = run(example);
    expect(cleaned.flags).toEqual(example.flags);
    expect(cleaned.reasons).toEqual(example.reasons ?? []);
    expect(cleaned.row).toEqual({ ...SOUND_ROW, ...example.given, ...example.becomes });
  };

  test.each(CASES[id].hits)('hits $name', (example) => {
    expect(example.flags).toContain(id);
    check(example);
  });

  test.each(CASES[id].spares)('spares $name', (example) => {
    expect(example.flags).not.toContain(id);
    check(example);
  });
});

test('a sound row passes untouched', () => {
  expect(cleanRow(SOUND_ROW, SOUND_CONTEXT)).toEqual({ row: SOUND_ROW, flags: [], reasons: [] });
});
