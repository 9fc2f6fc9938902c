import { getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { closeGaps } from './close-gaps.js';
import { fillHoles } from './fill-holes.js';
import { grow } from './grow.js';
import { islands } from './islands.js';

const CENTRE = latLngToCell(40.7, -73.95, 8);
const PENTAGON = getPentagons(8)[0] ?? '';
const ANTIMERIDIAN = latLngToCell(-16.8, 180, 8);

describe.each([
  ['in New York', CENTRE],
  ['at a pentagon', PENTAGON],
  ['at the antimeridian', ANTIMERIDIAN],
])('sets of cells %s', (_, centre) => {
  test('growing by rings gives the disk of H3', () => {
    for (const rings of [0, 1, 4]) {
      expect([...grow([centre], rings)].sort()).toEqual(gridDisk(centre, rings).sort());
    }
  });

  test('a disk is closed already', () => {
    const disk = new Set(gridDisk(centre, 3));
    expect([...closeGaps(disk, 2)].sort()).toEqual([...disk].sort());
  });

  test('a gap of one ring is closed by one ring, a gap of five is not closed by two', () => {
    const all = gridDisk(centre, 12);
    const without = (from: number, to: number): ReadonlySet<string> => {
      const outer = new Set(gridDisk(centre, to));
      const inner = new Set(gridDisk(centre, from - 1));
      return new Set(all.filter((cell) => inner.has(cell) || !outer.has(cell)));
    };
    expect(closeGaps(without(5, 5), 1).size).toBe(all.length);
    expect(closeGaps(without(5, 8), 2).size).toBe(all.length);
    expect(closeGaps(without(5, 9), 2).size).toBe(without(5, 9).size);
  });

  test('a hole is filled up to the stated area, and a bay that is open never', () => {
    const ring = new Set(gridDisk(centre, 3).filter((cell) => !gridDisk(centre, 1).includes(cell)));
    const hole = gridDisk(centre, 1).length;
    expect(fillHoles(ring, 10).size).toBe(ring.size + hole);
    expect(fillHoles(ring, 1).size).toBe(ring.size);
    const inner = new Set(gridDisk(centre, 2));
    const [gate] = [...ring].filter((cell) => !inner.has(cell));
    const [gap] = gridDisk(gate ?? '', 1).filter((cell) => ring.has(cell) && inner.has(cell));
    const bay = new Set([...ring].filter((cell) => cell !== gate && cell !== gap));
    expect(fillHoles(bay, 10).size).toBe(bay.size);
  });

  test('cells that touch are one island, others are several', () => {
    const far = [...grow([centre], 6)].filter((cell) => !grow([centre], 5).has(cell))[0] ?? '';
    expect(
      islands(new Set([...gridDisk(centre, 2), far]))
        .map((island) => island.length)
        .sort(),
    ).toEqual([1, gridDisk(centre, 2).length].sort());
    expect(islands(new Set())).toEqual([]);
  });
});
