import { dayIndexOf, instantsOf, isoDateOf } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weekSlotExposure } from './exposure.js';
import { slotIndex } from './week-slots.js';

const exposure = (from: string, to: string, zone: string) => {
  const result = weekSlotExposure({ from, to }, zone);
  if (result.kind !== 'exposure') throw new Error(result.reason);
  return result;
};

test('counts each slot of two plain weeks twice', () => {
  const { hours, days, totalHours } = exposure('2019-06-03', '2019-06-16', 'America/New_York');
  expect(hours).toEqual(new Array(168).fill(2));
  expect([days, totalHours]).toEqual([14, 336]);
});

test('counts Sunday 02:00 once less in spring and Sunday 01:00 once more in autumn', () => {
  const { hours, totalHours } = exposure('2019-01-01', '2019-12-31', 'America/Los_Angeles');
  expect(hours[slotIndex({ weekday: 6, hour: 2 })]).toBe(51);
  expect(hours[slotIndex({ weekday: 6, hour: 1 })]).toBe(53);
  expect(hours[slotIndex({ weekday: 6, hour: 3 })]).toBe(52);
  expect(hours[slotIndex({ weekday: 1, hour: 2 })]).toBe(53);
  expect(totalHours).toBe(8760);
});

test('sums to the hours that pass between the first midnight and the last, for any period', () => {
  const first = dayIndexOf('2010-01-01') ?? 0;
  fc.assert(
    fc.property(
      fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Australia/Lord_Howe', 'America/Havana'),
      fc.integer({ min: first, max: first + 5112 }),
      fc.integer({ min: 0, max: 900 }),
      (zone, from, days) => {
        const { hours, totalHours } = exposure(isoDateOf(from), isoDateOf(from + days), zone);
        const passed =
          (instantsOf(zone, (from + days + 1) * 86_400_000)[0] - instantsOf(zone, from * 86_400_000)[0]) /
          3.6e6;
        expect(totalHours).toBe(passed);
        expect(hours.reduce((sum, value) => sum + value, 0)).toBe(passed);
      },
    ),
    { numRuns: 500 },
  );
});

test('says why a period has no hours', () => {
  expect(weekSlotExposure({ from: '2019-02-01', to: '2019-01-01' }, 'UTC')).toMatchObject({
    kind: 'not-enough-data',
    reason: 'the period 2019-02-01 to 2019-01-01 ends before it begins',
  });
  expect(weekSlotExposure({ from: '2019-02-30', to: '2019-03-01' }, 'UTC').kind).toBe('not-enough-data');
});
