import { describe, expect, test } from 'vitest';
import { isNotRecorded, largestShare, sharesOf, valueRows } from './value-shares.js';
import { change, countText, percent } from './words.js';

describe('valueRows', () => {
  test('sorts by the share on average, so that a large city does not decide alone', () => {
    const rows = valueRows(
      ['a', 'b', 'c'],
      [
        [900, 50, 50],
        [0, 8, 2],
      ],
      'size',
    );
    expect(rows.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(rows[1]).toEqual({ value: 'b', counts: [50, 8], shares: [0.05, 0.8] });
    expect(
      valueRows(
        ['a', 'b'],
        [
          [400, 600],
          [9, 1],
        ],
        'size',
      ).map(({ value }) => value),
    ).toEqual(['a', 'b']);
  });

  test('keeps a hidden count hidden: no share, before the zeros, after the known ones', () => {
    const rows = valueRows(['zero', 'hidden', 'known'], [[0, null, 10]], 'size');
    expect(rows.map(({ value }) => value)).toEqual(['known', 'hidden', 'zero']);
    expect(rows[1]?.counts).toEqual([null]);
    expect(rows[1]?.shares).toEqual([null]);
    expect(rows[0]?.shares).toEqual([1]);
  });

  test('leaves the vocabulary in its order when asked', () => {
    expect(valueRows(['x', 'y'], [[1, 2]], 'vocabulary').map(({ value }) => value)).toEqual(['x', 'y']);
  });

  test('has no share of nothing', () => {
    expect(sharesOf([0, 0])).toEqual([null, null]);
    expect(largestShare(valueRows(['x'], [[0]], 'size'))).toBe(0);
  });
});

describe('isNotRecorded', () => {
  const values = ['Yes', 'No', 'Not recorded'];
  test('is a city all of whose incidents lack the column, hidden counts included', () => {
    expect(isNotRecorded(values, [0, 0, 9])).toBe(true);
    expect(isNotRecorded(values, [0, 0, null])).toBe(true);
    expect(isNotRecorded(values, [0, null, 9])).toBe(false);
    expect(isNotRecorded(values, [3, 0, 9])).toBe(false);
  });
  test('is not a city without incidents, nor a column that every city has', () => {
    expect(isNotRecorded(values, [0, 0, 0])).toBe(false);
    expect(isNotRecorded(['Felony', 'Unknown'], [0, 4])).toBe(false);
  });
});

describe('words of charts', () => {
  test('say that a count is hidden, and that little is not nothing', () => {
    expect(countText(null, 'fewer than 5')).toBe('fewer than 5');
    expect(countText(0, 'fewer than 5')).toBe('0');
    expect([0, 0.0001, 0.1234].map(percent)).toEqual(['0.0\u00a0%', '<0.1\u00a0%', '12.3\u00a0%']);
    expect([-0.2, 0.001, 1].map(change)).toEqual(['−20\u00a0%', '±0\u00a0%', '+100\u00a0%']);
  });
});
