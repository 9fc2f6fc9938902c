import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsoDate, readDate } from './dates.js';

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly iso: string;
}

/** JavaScript's own calendar is the reference; it holds every day from year 1 to 9999. */
function dayAfter(start: number, days: number): Day {
  const iso = new Date(start + days * 86_400_000).toISOString().slice(0, 10);
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return { year, month, day, iso };
}

const anyDay = fc.nat({ max: 3_652_058 }).map((days) => dayAfter(Date.parse('0001-01-01T00:00:00Z'), days));
const dayOfTwoDigits = fc
  .nat({ max: 36_523 })
  .map((days) => dayAfter(Date.parse('1970-01-01T00:00:00Z'), days));
const trailingTime = fc.constantFrom(
  '',
  ' 12:00:00 AM',
  ' 0:00',
  ' 00:00',
  ' 00:00:00',
  ' 07:00:00.000',
  '  3:04 PM',
);

describe('readDate', () => {
  it('reads every day of years 1 to 9999 in every four-digit format, with or without a time', () => {
    fc.assert(
      fc.property(anyDay, trailingTime, ({ year, month, day, iso }, time) => {
        const yyyy = pad(year, 4);
        const spellings = [
          `${month}/${day}/${yyyy}${time}`,
          `${pad(month)}/${pad(day)}/${yyyy}${time}`,
          `${iso}${time}`,
          `${yyyy}${pad(month)}${pad(day)}${time}`,
          `${iso}T00:00:00.000`,
          `${iso}T00:00:00`,
          ` ${iso} `,
        ];
        for (const text of spellings) expect(readDate(text)?.date).toBe(iso);
        expect(readDate(`${day}/${month}/${yyyy}${time}`, 'day-first')?.date).toBe(iso);
        expect(readDate(iso, 'day-first')?.date).toBe(iso);
      }),
    );
  });

  it('reads two-digit years as 1970 to 2069', () => {
    fc.assert(
      fc.property(dayOfTwoDigits, trailingTime, ({ year, month, day, iso }, time) => {
        expect(readDate(`${month}/${day}/${pad(year % 100)}${time}`)?.date).toBe(iso);
        expect(readDate(`${pad(day)}/${pad(month)}/${pad(year % 100)}`, 'day-first')?.date).toBe(iso);
      }),
    );
    expect([readDate('1/1/69')?.date, readDate('1/1/70')?.date]).toEqual(['2069-01-01', '1970-01-01']);
  });

  it('reads days up to 12 month-first too: LAPD cells that a day-first spreadsheet rewrote stay month-first', () => {
    expect(readDate('01/08/2020 00:00')).toEqual({ date: '2020-01-08', format: 'month/day/year' });
    expect(readDate('04/14/2020 12:00:00 AM')?.date).toBe('2020-04-14');
  });

  it('keeps years as written, however odd: NYPD has 1015 for 2015', () => {
    expect(readDate('05/14/1015')?.date).toBe('1015-05-14');
  });

  it('knows no day that the calendar does not have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.nat({ max: 99 }),
        fc.nat({ max: 99 }),
        (year, month, day) => {
          const reference = new Date(0);
          reference.setUTCFullYear(year, month - 1, day);
          const isReal =
            reference.getUTCFullYear() === year &&
            reference.getUTCMonth() === month - 1 &&
            reference.getUTCDate() === day;
          const iso = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
          expect(readDate(`${month}/${day}/${pad(year, 4)}`)?.date).toBe(isReal ? iso : undefined);
          expect(readDate(iso)?.date).toBe(isReal ? iso : undefined);
          expect(isIsoDate(iso)).toBe(isReal);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    '02/30/2020',
    '02/29/2019',
    '02/29/1900',
    '13/01/2020',
    '00/00/0000',
    '0000-01-01',
    '2020-02-30',
    '20200230',
    '44119',
    '1/1/020',
    '1/1/20200',
    '1-1-2020',
    '1 Jan 2020',
    '1/1/2020 25:00',
    '1/1/2020 x',
    '1/1/2020x',
    '2018-01-01T00:00:00Z',
    '2018-1-1',
    '１/1/2020',
    '1//2020',
  ])('refuses %j', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it('gives a real day or null for any string', () => {
    const nearDates = fc.stringMatching(
      /^[0-9]{1,4}[-/]?[0-9]{1,2}[-/]?[0-9]{1,4}([ T][0-9:.]{0,8})?( ?[AP]M)?$/,
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), nearDates),
        fc.constantFrom('month-first', 'day-first'),
        (text, order) => {
          const read = readDate(text, order);
          expect(read === null || isIsoDate(read.date)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes no longer than the text is long', () => {
    const startedAt = performance.now();
    for (const sign of ['T', ' ', '1', '/']) readDate(`1/1/2020 ${sign.repeat(1_000_000)}\nx`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
