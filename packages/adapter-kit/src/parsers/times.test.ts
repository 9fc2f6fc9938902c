import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from './times.js';

const pad = (value: number) => String(value).padStart(2, '0');
const minuteOfDay = fc.nat({ max: 1439 }).map((minutes) => [Math.floor(minutes / 60), minutes % 60] as const);

describe('readTime', () => {
  it('reads every time of day in every spelling', () => {
    fc.assert(
      fc.property(minuteOfDay, fc.nat({ max: 59 }), ([hour, minute], second) => {
        const half = hour < 12 ? 'AM' : 'PM';
        const twelve = hour % 12 === 0 ? 12 : hour % 12;
        const spellings = [
          `${pad(hour)}:${pad(minute)}`,
          `${hour}:${pad(minute)}`,
          `${pad(hour)}:${pad(minute)}:${pad(second)}`,
          `${hour}:${pad(minute)}:${pad(second)}.000`,
          `${twelve}:${pad(minute)} ${half}`,
          ` ${pad(twelve)}:${pad(minute)}:${pad(second)}${half.toLowerCase()} `,
        ];
        for (const text of spellings) {
          expect(readTime(text)).toEqual({ time: `${pad(hour)}:${pad(minute)}`, at24: false });
        }
      }),
    );
  });

  it('reads military digits 0 to 2400 as the hour and minute they are, and refuses the others', () => {
    for (let value = 0; value <= 2500; value += 1) {
      const hour = Math.floor(value / 100);
      const minute = value % 100;
      const expected =
        value === 2400
          ? { time: '23:59', at24: true }
          : hour < 24 && minute < 60
            ? { time: `${pad(hour)}:${pad(minute)}`, at24: false }
            : null;
      for (const text of [String(value), String(value).padStart(4, '0'), `${value}.0`]) {
        expect(readTime(text, { digits: true })).toEqual(expected);
      }
    }
  });

  it('reads digits only in columns that hold digits', () => {
    expect(readTime('845')).toBeNull();
    expect(readTime('8:45', { digits: true })?.time).toBe('08:45');
  });

  it('reads 24:00 as 23:59 and says so', () => {
    for (const text of ['24:00', '24:00:00']) expect(readTime(text)).toEqual({ time: '23:59', at24: true });
  });

  it.each([
    '',
    '24:01',
    '24:00:01',
    '25:00',
    '12:60',
    '12:00:60',
    '0:00 AM',
    '13:00 PM',
    '-1:00',
    '12',
    '12:0',
    '٣:٣٠',
    'noon',
    '12:00 XM',
    '1/1/2020 12:00',
  ])('refuses %j', (text) => {
    expect(readTime(text)).toBeNull();
  });

  it.each(['-1', '10000', '00845', '8.5', '1e3', ''])('refuses %j as digits', (text) => {
    expect(readTime(text, { digits: true })).toBeNull();
  });

  it('gives HH:MM or null for any string', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{0,4}[:.]?[0-9]{0,3}:?[0-9]{0,3} ?[AP]?M?$/)),
        (text) => {
          const read = readTime(text, { digits: true });
          expect(read === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(read.time)).toBe(true);
        },
      ),
    );
  });
});
