import { describe, expect, it } from 'vitest';
import { dayWords, describeNearRepeat, distanceWords } from './describe-near-repeat.js';
import type { KnoxRow, KnoxTest } from './knox-test.js';

const distances = [
  { from: 0, to: 0.001 },
  { from: 0.001, to: 100 },
  { from: 100, to: 200 },
];
const spans = [
  { from: 0, to: 7 },
  { from: 7, to: 14 },
];

/** Ten pairs expected in each band; observed and q-value by distance, then days. */
function resultOf(cells: readonly (readonly [number, number])[]): KnoxTest {
  const rows = distances.flatMap((distance, row) =>
    spans.map((days, column): KnoxRow => {
      const [observed, qValue] = cells[row * spans.length + column] ?? [10, 1];
      return { distance, days, observed, expected: 10, ratio: observed / 10, pValue: qValue, qValue };
    }),
  );
  return { kind: 'knox', rows, distance: 'manhattan', events: 1, leftOut: 0, pairs: 1, permutations: 999 };
}

const quiet = [10, 0.6] as const;

describe('describeNearRepeat', () => {
  it('says how far and how long others follow an incident, and how much more often than by chance', () => {
    const reading = describeNearRepeat(
      resultOf([[40, 0.01], quiet, [30, 0.01], [20, 0.02], [20, 0.03], quiet]),
    );
    expect(reading.sentences).toEqual([
      'After an incident, another at the same place within 6 days is 4.0 times as frequent as by chance; where ' +
        'places are published by block, that is the same block.',
      'After an incident, another within 100 m and 13 days is 2.5 times as frequent as by chance.',
    ]);
    expect(reading.samePlace).toMatchObject({ withinMetres: 0, withinDays: 6, ratio: 4 });
    expect(reading.nearby).toMatchObject({ withinMetres: 100, withinDays: 13, observed: 50, expected: 20 });
  });

  it('takes no zone in which one band is as chance has it', () => {
    const reading = describeNearRepeat(resultOf([quiet, quiet, quiet, quiet, [90, 0.01], [90, 0.01]]));
    expect(reading.nearby).toBeUndefined();
    expect(reading.sentences).toEqual([
      'Incidents are not followed by others nearby more often than by chance.',
    ]);
  });

  it('takes the zone with the most pairs beyond chance', () => {
    const reading = describeNearRepeat(resultOf([quiet, quiet, [30, 0.01], quiet, [25, 0.01], quiet]));
    expect(reading.nearby).toMatchObject({ withinMetres: 200, withinDays: 6, ratio: 2.75 });
    expect(reading.samePlace).toBeUndefined();
  });
});

describe('distanceWords and dayWords', () => {
  it('name bands for a reader', () => {
    expect(distances.map(distanceWords)).toEqual(['the same place', 'up to 100 m', '100 to 200 m']);
    expect(spans.map(dayWords)).toEqual(['0 to 6 days', '7 to 13 days']);
    expect(dayWords({ from: 0, to: 1 })).toBe('the same day');
    expect(dayWords({ from: 1, to: 2 })).toBe('1 day');
    expect(dayWords({ from: 2, to: 3 })).toBe('2 days');
  });
});
