import { greatCircleDistance, UNITS } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { toLocalPlane } from './local-plane.js';

describe('toLocalPlane', () => {
  it('keeps distances within a city to a third of a percent, as compared with the great circle', () => {
    // Corners and middle of Los Angeles.
    const latitudes = [33.7, 33.7036, 34.02, 34.0227, 34.34, 34.3372];
    const longitudes = [-118.67, -118.67, -118.41, -118.408, -118.15, -118.1465];
    const { x, y } = toLocalPlane(latitudes, longitudes);
    for (const [a, b] of [
      [0, 1],
      [2, 3],
      [4, 5],
      [0, 5],
    ] as const) {
      const onPlane = Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0));
      const onEarth = greatCircleDistance(
        [latitudes[a] ?? 0, longitudes[a] ?? 0],
        [latitudes[b] ?? 0, longitudes[b] ?? 0],
        UNITS.m,
      );
      expect(Math.abs(onPlane / onEarth - 1)).toBeLessThan(0.0034);
    }
  });

  it('keeps equal places equal, and has the north up', () => {
    const { x, y } = toLocalPlane([40.7, 40.8, 40.7], [-74, -73.9, -74]);
    expect([x[0], y[0]]).toEqual([x[2], y[2]]);
    expect(y[1]).toBeGreaterThan(y[0] ?? 0);
    expect(x[1]).toBeGreaterThan(x[0] ?? 0);
  });

  it('of nothing is nothing, and throws on unequal columns', () => {
    expect(toLocalPlane([], []).x).toHaveLength(0);
    expect(() => toLocalPlane([1], [])).toThrow('as many');
  });
});
