import { describe, expect, it } from 'vitest';
import { dateField } from './date-field.js';

const reported = dateField({
  input: 'date_rptd',
  orderInput: 'date_order',
  output: 'report_date',
  unreadable: 'report-date-unreadable',
  nullMarkers: ['(null)'],
});
const evaluate = (date_rptd: string, date_order = '') => reported.evaluate({ date_rptd, date_order });

describe('dateField', () => {
  it('reads month-first unless the vintage says day-first', () => {
    expect(evaluate('8/01/2020')).toEqual({ values: { report_date: '2020-08-01' }, rule: 'month/day/year' });
    expect(evaluate('8/01/2020', 'day-first')).toEqual({
      values: { report_date: '2020-01-08' },
      rule: 'day/month/year',
    });
  });

  it('never turns an impossible month-first date into a possible day-first one', () => {
    expect(evaluate('14/04/2020').findings).toEqual(['report-date-unreadable']);
    expect(evaluate('04/14/2020', 'day-first').findings).toEqual(['report-date-unreadable']);
  });

  it('is silent about a blank cell and a null marker, and reports what is not a date', () => {
    for (const text of ['', ' ', '(null)'])
      expect(evaluate(text)).toEqual({ values: { report_date: null }, rule: 'blank' });
    expect(evaluate('NA')).toEqual({
      values: { report_date: null },
      findings: ['report-date-unreadable'],
      rule: 'unreadable',
    });
  });

  it('lists the order column as input only when there is one', () => {
    const plain = dateField({ input: 'rpt_dt', output: 'report_date', unreadable: 'report-date-unreadable' });
    expect([plain.inputs, reported.inputs]).toEqual([['rpt_dt'], ['date_rptd', 'date_order']]);
    expect(plain.evaluate({ rpt_dt: '12/30/19' }).values).toEqual({ report_date: '2019-12-30' });
  });
});
