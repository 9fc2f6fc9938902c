import { describe, expect, test } from 'vitest';
import { instantsOf, zoneOffsetMs, zoneTransitions } from './time-zone.js';

const HOUR = 3_600_000;

describe('zoneTransitions', () => {
  test('finds both changes of a year in New York and Los Angeles to the second', () => {
    expect(zoneTransitions('America/New_York', 2019)).toEqual([
      { atMs: Date.parse('2019-03-10T07:00:00Z'), offsetBeforeMs: -5 * HOUR, offsetAfterMs: -4 * HOUR },
      { atMs: Date.parse('2019-11-03T06:00:00Z'), offsetBeforeMs: -4 * HOUR, offsetAfterMs: -5 * HOUR },
    ]);
    expect(zoneTransitions('America/Los_Angeles', 2023).map(({ atMs }) => atMs)).toEqual([
      Date.parse('2023-03-12T10:00:00Z'),
      Date.parse('2023-11-05T09:00:00Z'),
    ]);
  });

  test('finds none where clocks never change, and half an hour where they change by that', () => {
    expect(zoneTransitions('America/Phoenix', 2019)).toEqual([]);
    expect(
      zoneTransitions('Australia/Lord_Howe', 2019).map((t) => t.offsetAfterMs - t.offsetBeforeMs),
    ).toEqual([-HOUR / 2, HOUR / 2]);
  });

  test('throws for a zone that does not exist', () => {
    expect(() => zoneTransitions('America/Gotham', 2019)).toThrow(RangeError);
  });
});

test('the offset changes at the instant of the transition', () => {
  const at = Date.parse('2019-03-10T07:00:00Z');
  expect(zoneOffsetMs('America/New_York', at - 1)).toBe(-5 * HOUR);
  expect(zoneOffsetMs('America/New_York', at)).toBe(-4 * HOUR);
});

describe('instantsOf', () => {
  const at = (text: string): number => Date.parse(`${text}Z`);
  test('gives one instant for an ordinary time and two for a repeated one', () => {
    expect(instantsOf('America/New_York', at('2019-07-01T12:00'))).toEqual([at('2019-07-01T16:00')]);
    expect(instantsOf('America/New_York', at('2019-11-03T01:30'))).toEqual([
      at('2019-11-03T05:30'),
      at('2019-11-03T06:30'),
    ]);
    expect(instantsOf('America/New_York', at('2019-11-03T02:00'))).toEqual([at('2019-11-03T07:00')]);
  });

  test('moves a time left out in spring an hour on', () => {
    expect(instantsOf('America/New_York', at('2019-03-10T02:30'))).toEqual([at('2019-03-10T07:30')]);
  });
});
