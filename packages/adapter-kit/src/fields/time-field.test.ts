import { describe, expect, it } from 'vitest';
import { timeField } from './time-field.js';

const options = {
  input: 'time_occ',
  output: 'occurred_time',
  unreadable: 'occurred-time-unreadable',
  at24: 'occurred-time-24-00',
} as const;
const military = timeField({ ...options, digits: true });
const clock = timeField({ ...options, nullMarkers: ['(null)'] });

describe('timeField', () => {
  it('reads LAPD digits that lost their leading zeros', () => {
    expect(military.evaluate({ time_occ: '1' })).toEqual({
      values: { occurred_time: '00:01' },
      rule: 'time of day',
    });
    expect(military.evaluate({ time_occ: '845' }).values).toEqual({ occurred_time: '08:45' });
  });

  it('reads NYPD 24:00:00 as 23:59 of the same day and reports it', () => {
    expect(clock.evaluate({ time_occ: '24:00:00' })).toEqual({
      values: { occurred_time: '23:59' },
      findings: ['occurred-time-24-00'],
      rule: '24:00 as 23:59',
    });
  });

  it('is silent about a blank cell and a null marker, and reports what is not a time', () => {
    for (const text of ['', '(null)'])
      expect(clock.evaluate({ time_occ: text })).toEqual({ values: { occurred_time: null }, rule: 'blank' });
    expect(clock.evaluate({ time_occ: '845' }).findings).toEqual(['occurred-time-unreadable']);
    expect(military.evaluate({ time_occ: '875' }).findings).toEqual(['occurred-time-unreadable']);
  });
});
