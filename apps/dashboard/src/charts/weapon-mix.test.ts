import type { Count } from '@crimetracker/crossfilter';
import { WEAPON_CATEGORIES } from '@crimetracker/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OTHER_KINDS, spreadLabels, weaponMix } from './weapon-mix.js';

const starts = ['2023-01-01', '2023-02-01'];
const series = (counts: Readonly<Record<string, readonly Count[]>>) => ({
  grain: 'month' as const,
  starts,
  counts: WEAPON_CATEGORIES.map((name) => counts[name] ?? [0, 0]),
});

describe('weaponMix', () => {
  test('divides by the incidents with an entry only', () => {
    const mix = weaponMix(series({ Firearm: [1, 0], Knife: [3, 0], 'Not applicable': [96, 5] }));
    expect(mix?.layers).toEqual([
      { name: 'Firearm', shares: [0.25, null] },
      { name: 'Knife', shares: [0.75, null] },
    ]);
  });

  test('is not there for a city that records no weapon', () => {
    expect(weaponMix(series({ 'Not recorded': [10, 20] }))).toBeUndefined();
  });

  test('tells nothing of a period with a hidden count, which could else be worked out', () => {
    const mix = weaponMix(series({ Firearm: [10, 10], Knife: [null, 10] }));
    expect(mix?.hiddenPeriods).toBe(1);
    expect(mix?.layers.map(({ shares }) => shares)).toEqual([
      [null, 0.5],
      [null, 0.5],
    ]);
  });

  test('names six kinds and puts the others together, so that shares add up to one', () => {
    const all = Object.fromEntries(WEAPON_CATEGORIES.map((name, place) => [name, [place + 1, 1]]));
    const mix = weaponMix(series(all));
    expect(mix?.layers).toHaveLength(7);
    expect(mix?.layers.at(-1)?.name).toBe(OTHER_KINDS);
    for (const period of [0, 1])
      expect(mix?.layers.reduce((sum, { shares }) => sum + (shares[period] ?? 0), 0)).toBeCloseTo(1, 12);
  });
});

describe('spreadLabels', () => {
  test('keeps their order, their room and the span, when there is room for all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 8 }), (wanted) => {
        const placed = spreadLabels(
          [...wanted].sort((a, b) => a - b),
          17,
          10,
          220,
        );
        for (const [place, at] of placed.entries()) {
          expect(at).toBeGreaterThanOrEqual(10);
          expect(at).toBeLessThanOrEqual(220);
          if (place > 0) expect(at - (placed[place - 1] ?? 0)).toBeGreaterThanOrEqual(17);
        }
      }),
    );
  });
});
