import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageBand, digitsOf, readInteger, readNumber } from './numbers.js';

const grouped = (value: number) => value.toLocaleString('en-US', { useGrouping: true });
const NOT_NUMBERS = [
  '',
  ' ',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e400',
  '-1e400',
  '0x10',
  '0b1',
  '1_000',
  '１',
  '1,2',
  '12,34,567',
  '--1',
  '1.2.3',
  '$5',
  '1 2',
  'null',
  '(null)',
];

describe('readNumber', () => {
  it.each(NOT_NUMBERS)('refuses %j', (text) => {
    expect(readNumber(text)).toBeNull();
  });

  it('reads back every finite number as JavaScript, pandas and a spreadsheet write it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(` ${value} `)).toBe(Number(String(value)));
      }),
    );
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(readNumber(grouped(value))).toBe(value);
      }),
    );
  });

  it('gives a finite number or null for any string', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9.,eExX]{0,12}$/)), (text) => {
        const value = readNumber(text);
        expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

describe('readInteger and digitsOf', () => {
  it('read an integer however a program saved it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 3 }), fc.nat({ max: 3 }), (value, zeros, decimals) => {
        const sign = value < 0 ? '-' : '';
        const digits = String(Math.abs(value));
        const spellings = [
          `${sign}${'0'.repeat(zeros)}${digits}`,
          `${value}.${'0'.repeat(decimals)}`,
          grouped(value),
          `${grouped(value)}.0`,
          `\t${value} `,
        ];
        for (const text of spellings) {
          expect(readInteger(text)).toBe(value);
          expect(digitsOf(text)).toBe(String(value));
        }
      }),
    );
  });

  it.each([...NOT_NUMBERS, '75.5', '1e5', '1.03584E+08', '75.0.0', 'A1'])('refuse %j', (text) => {
    expect(readInteger(text)).toBeNull();
    expect(digitsOf(text)).toBe('');
  });

  it('keep the digits of a code that is too long for a number', () => {
    expect(digitsOf('0012345678901234567890')).toBe('12345678901234567890');
    expect(readInteger('9007199254740993')).toBeNull();
  });

  it('have one form of zero', () => {
    expect(['0', '000', '-0', '+0', '0.0'].map(digitsOf)).toEqual(['0', '0', '0', '0', '0']);
    expect(readInteger('-0')).toBe(0);
  });

  it('take no longer than the text is long', () => {
    const startedAt = performance.now();
    for (const sign of ['0', '1', ',', '.', ' ']) digitsOf(`${sign.repeat(1_000_000)}x`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('ageBand', () => {
  it('has every whole age in the band that names it', () => {
    const bands = [0, 17, 18, 24, 25, 44, 45, 64, 65, 110].map(ageBand);
    expect(bands).toEqual(['<18', '<18', '18-24', '18-24', '25-44', '25-44', '45-64', '45-64', '65+', '65+']);
  });

  it('calls a negative age and no number Unknown', () => {
    expect([-1, -56, Number.NaN].map(ageBand)).toEqual(['Unknown', 'Unknown', 'Unknown']);
  });
});
