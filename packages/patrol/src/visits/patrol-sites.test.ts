import { cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { hexDemand } from '../demand/hex-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import { choosePatrolSites } from './patrol-sites.js';

const cells = gridDisk(latLngToCell(40.73, -73.95, 9), 4).sort();
const parents = [...new Set(cells.map((cell) => cellToParent(cell, 8)))].sort();
const jurisdictionOfCell = Int32Array.from(cells, (cell) => parents.indexOf(cellToParent(cell, 8)) % 2);
const night = Float64Array.from({ length: WEEK_HOURS }, (_, h) => (h % 24 < 8 ? 1 : 0));
const day = night.map((one) => 1 - one);
const hex = hexDemand(cells.length, [
  { weight: 1, expected: Float64Array.from(cells, (_, i) => 1 + (i % 7)), hours: night },
  { weight: 1, expected: Float64Array.from(cells, (_, i) => 1 + ((i * 3) % 5)), hours: day },
]);
const input = { jurisdictions: 2, cells, jurisdictionOfCell, hex, travelMinutes: 5 };

describe('choosePatrolSites', () => {
  it('gives returns that fall and stay within the whole, of cells alone and with a ring', async () => {
    for (const coverRings of [0, 1]) {
      const { returns, cellsPerUnit } = await choosePatrolSites({ ...input, coverRings });
      expect(cellsPerUnit).toBe(2);
      for (const of of returns) {
        expect(of.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
        for (const [k, share] of of.entries()) expect(share).toBeLessThanOrEqual(of[k - 1] ?? 1);
      }
    }
  });

  it('counts harm that no unit reaches into the whole: two cells of the best unit are their share of all cells', async () => {
    const { returns } = await choosePatrolSites({ ...input, coverRings: 0 });
    for (const j of [0, 1]) {
      const own = [...hex.total].filter((_, place) => jurisdictionOfCell[place] === j).sort((a, b) => b - a);
      const all = own.reduce((sum, harm) => sum + harm, 0);
      expect(returns[j]?.[0]).toBeCloseTo(((own[0] ?? 0) + (own[1] ?? 0)) / all, 12);
    }
  });

  it('covers more with a ring around each visit', async () => {
    const [alone, ring] = [
      await choosePatrolSites({ ...input, coverRings: 0 }),
      await choosePatrolSites({ ...input, coverRings: 1 }),
    ];
    for (const j of [0, 1]) expect(ring.returns[j]?.[0]).toBeGreaterThan(alone.returns[j]?.[0] ?? 1);
  });

  it('puts the cells of a shift in the order of its own hours, all in its jurisdiction', async () => {
    const { during } = await choosePatrolSites({ ...input, coverRings: 0 });
    const [atNight, byDay] = [
      during({ jurisdiction: 1, firstHour: 0 }, 8),
      during({ jurisdiction: 1, firstHour: 8 }, 8),
    ];
    expect(atNight.map(({ h3 }) => h3)).not.toEqual(byDay.map(({ h3 }) => h3));
    for (const shift of [atNight, byDay]) {
      for (const [k, { h3, benefit }] of shift.entries()) {
        expect(jurisdictionOfCell[cells.indexOf(h3)]).toBe(1);
        expect(benefit).toBeLessThanOrEqual(shift[k - 1]?.benefit ?? Number.POSITIVE_INFINITY);
      }
    }
  });

  it('has no cells where a jurisdiction has none', async () => {
    const { returns, during } = await choosePatrolSites({ ...input, jurisdictions: 3, coverRings: 0 });
    expect(returns[2]).toEqual([]);
    expect(during({ jurisdiction: 2, firstHour: 0 }, 8)).toEqual([]);
  });
});
