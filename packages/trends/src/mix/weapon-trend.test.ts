import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import { logOddsSlope } from './log-odds-slope.js';
import type { WeaponYearCount } from './weapon-trend.js';
import { weaponTrends } from './weapon-trend.js';

const totals = [400, 420, 390, 450, 430, 410, 460, 440, 420, 430];
const shares = (counts: readonly number[]) =>
  counts.map((count, place) => ({ year: 2010 + place, count, total: totals[place] ?? 0 }));

describe('logOddsSlope', () => {
  test('agrees with R’s quasi-binomial regression', () => {
    // R: glm(cbind(count, total - count) ~ year, family = quasibinomial, epsilon = 1e-14)
    const scattered = logOddsSlope(shares([40, 67, 35, 60, 32, 73, 60, 86, 55, 71]));
    if (scattered.kind !== 'slope') throw new Error(scattered.reason);
    expect(scattered.slope).toBeCloseTo(0.0518199709177, 10);
    expect(scattered.standardError).toBeCloseTo(0.0353351628386, 11);
    expect(scattered.dispersion).toBeCloseTo(4.99877017342, 9);
    expect(scattered.pValue).toBeCloseTo(0.180679154974, 10);
    const even = logOddsSlope(shares([40, 47, 45, 60, 52, 63, 70, 66, 75, 71]));
    if (even.kind !== 'slope') throw new Error(even.reason);
    // R's dispersion here is .3145; ours does not go below 1.
    expect(even.slope).toBeCloseTo(0.0669831943834, 10);
    expect(even.dispersion).toBe(1);
    expect(even.standardError).toBeCloseTo(0.00883770417044 / Math.sqrt(0.314536825229), 10);
    expect(even.upper - even.slope).toBeCloseTo(2.3060041352 * even.standardError, 8);
  });

  test('says why there is no slope', () => {
    expect(logOddsSlope(shares([1, 2, 3])).kind).toBe('not-enough-data');
    expect(logOddsSlope(shares([0, 0, 0, 0]))).toMatchObject({
      reason: 'the share is the same extreme in every year',
    });
    expect(logOddsSlope(shares([0, 0, 390, 450]))).toMatchObject({
      reason: 'the share jumps from one extreme to the other, so it has no slope',
    });
  });
});

const rowsOf = (
  source: string,
  offence: string,
  weapon: string,
  counts: readonly number[],
): WeaponYearCount[] =>
  counts.map((count, place) => ({ source, offence, year: 2010 + place, weapon, count }));

describe('weaponTrends', () => {
  const robbery = [
    ...rowsOf('lapd', 'Robbery', 'Firearm', [100, 120, 140, 160, 180, 200]),
    ...rowsOf('lapd', 'Robbery', 'Knife', [100, 100, 100, 100, 100, 100]),
    ...rowsOf('lapd', 'Robbery', 'Bodily force', [300, 280, 260, 240, 220, 200]),
    ...rowsOf('lapd', 'Robbery', 'Not applicable', [5, 0, 3, 0, 0, 1]),
  ];

  test('finds what rises and what falls, of incidents with a recorded weapon', () => {
    const result = weaponTrends(robbery);
    if (result.kind !== 'weapon-trends') throw new Error(result.reason);
    expect(result.rising.map(({ weapon }) => weapon)).toEqual(['Firearm']);
    expect(result.falling.map(({ weapon }) => weapon)).toEqual(['Bodily force']);
    const [firearm] = result.rising;
    expect(firearm?.years.map(({ share, total }) => [share, total])[0]).toEqual([0.2, 500]);
    expect(firearm?.change?.difference).toBeCloseTo(0.2, 12);
    expect(result.trends.find(({ weapon }) => weapon === 'Knife')?.direction).toBe('no clear trend');
    expect(result.leftOut).toEqual([]);
  });

  test('leaves out a source without the field and an offence whose field is mostly blank', () => {
    const result = weaponTrends([
      ...robbery,
      ...rowsOf('nypd', 'Robbery', 'Not recorded', [900, 900]),
      ...rowsOf('lapd', 'Theft', 'Not applicable', [900, 900]),
      ...rowsOf('lapd', 'Theft', 'Knife', [100, 100]),
    ]);
    expect(result.leftOut).toEqual([
      { source: 'nypd', offence: undefined, reason: 'nypd does not publish the weapon of an incident' },
      { source: 'lapd', offence: 'Theft', reason: 'the weapon is recorded for 10 % of Theft in 2010' },
    ]);
    expect(result.kind).toBe('weapon-trends');
  });

  test('says why there is no trend when nothing is left, and gives no change for one year', () => {
    expect(weaponTrends([])).toMatchObject({ kind: 'not-enough-data', leftOut: [] });
    expect(weaponTrends(rowsOf('nypd', 'Robbery', 'Not recorded', [3]))).toMatchObject({
      kind: 'not-enough-data',
      leftOut: [{ source: 'nypd' }],
    });
    const oneYear = weaponTrends(rowsOf('lapd', 'Robbery', 'Knife', [3]));
    if (oneYear.kind !== 'weapon-trends') throw new Error(oneYear.reason);
    expect(oneYear.trends[0]).toMatchObject({
      change: undefined,
      slope: { kind: 'not-enough-data', reason: '1 of the 4 years that a slope needs' },
      direction: 'no clear trend',
    });
  });

  test('calls hardly anything a trend where shares only scatter', () => {
    let clear = 0;
    let all = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { poisson } = testingRandom(seed);
      const rows = ['Firearm', 'Knife', 'Blunt object', 'Bodily force', 'Vehicle'].flatMap((weapon, place) =>
        rowsOf(
          'lapd',
          'Assault',
          weapon,
          Array.from({ length: 14 }, () => poisson(20 * (place + 1))),
        ),
      );
      const result = weaponTrends(rows);
      if (result.kind !== 'weapon-trends') throw new Error(result.reason);
      clear += result.rising.length + result.falling.length;
      all += result.trends.length;
    }
    expect(clear / all).toBeLessThan(0.05);
  });
});
