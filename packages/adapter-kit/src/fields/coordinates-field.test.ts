import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { coordinatesField, roundDegrees } from './coordinates-field.js';

const bounds = { south: 40.4, north: 41, west: -74.3, east: -73.6 };
const coordinates = coordinatesField({
  latitude: 'lat',
  longitude: 'lon',
  pair: 'lat_lon',
  bounds,
  nullMarkers: ['(null)'],
});
const evaluate = (lat: string, lon: string, lat_lon = '') => coordinates.evaluate({ lat, lon, lat_lon });

const NOTHING = { latitude: null, longitude: null, h3_r7: null, h3_r8: null, h3_r9: null, h3_r10: null };

describe('coordinatesField', () => {
  it('gives both spellings of one NYPD place, 15 and 8 decimals, the same value and cells', () => {
    const long = evaluate('40.88733281800006', '-73.90417881299994');
    expect(evaluate('40.88733282', '-73.90417881').values).toEqual(long.values);
    expect([long.values.latitude, long.values.longitude]).toEqual([40.887333, -73.904179]);
  });

  it('agrees with h3-js on the cell of the rounded place, at all four resolutions', () => {
    const within = { noNaN: true } as const;
    fc.assert(
      fc.property(
        fc.double({ min: 40.4, max: 41, ...within }),
        fc.double({ min: -74.3, max: -73.6, ...within }),
        (lat, lon) => {
          const { values, findings = [] } = evaluate(String(lat), String(lon));
          expect(findings).toEqual([]);
          expect(Math.abs((values.latitude as number) - lat)).toBeLessThanOrEqual(5.001e-7);
          expect(Math.abs((values.longitude as number) - lon)).toBeLessThanOrEqual(5.001e-7);
          const place = [values.latitude as number, values.longitude as number] as const;
          expect([values.h3_r7, values.h3_r8, values.h3_r9, values.h3_r10]).toEqual(
            [7, 8, 9, 10].map((resolution) => latLngToCell(...place, resolution)),
          );
        },
      ),
    );
  });

  it('rounds to 6 decimals and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
        const rounded = roundDegrees(degrees);
        expect(roundDegrees(rounded)).toBe(rounded);
        expect(Number(rounded.toFixed(6))).toBe(rounded);
      }),
    );
    expect(Object.is(roundDegrees(-1e-9), 0)).toBe(true);
  });

  it.each([
    ['', '', 'Missing'],
    ['40.7', '', 'Missing'],
    ['(null)', '-73.9', 'Missing'],
    [' ', '\t', 'Missing'],
    ['0', '0', 'Zero'],
    ['0.0', '0.00000', 'Zero'],
    ['-0', '0', 'Zero'],
    ['NaN', 'NaN', 'Unreadable'],
    ['Infinity', '-73.9', 'Unreadable'],
    ['1e400', '-73.9', 'Unreadable'],
    ['0x28', '-73.9', 'Unreadable'],
    ['40.7 N', '-73.9', 'Unreadable'],
    ['40,7', '-73.9', 'Unreadable'],
    ['34.05', '-118.24', 'Outside city'],
    ['0', '-73.9', 'Outside city'],
    ['-73.9', '40.7', 'Outside city'],
    ['91', '-181', 'Outside city'],
    ['40.3999994', '-73.9', 'Outside city'],
  ] as const)('finds (%s, %s) to be %s, without a place', (lat, lon, quality) => {
    const finding = `coordinates-${quality.toLowerCase().replace(' ', '-')}`;
    const { values, findings } = evaluate(lat, lon);
    expect(values).toEqual({ ...NOTHING, coordinate_quality: quality });
    expect(findings).toEqual([finding]);
  });

  it('counts the edge of the city as inside', () => {
    expect(evaluate('40.4', '-74.3').values.coordinate_quality).toBe('Located');
    expect(evaluate('41', '-73.6').values.coordinate_quality).toBe('Located');
  });

  it('reads the pair only where both columns are blank', () => {
    expect(evaluate('', '', '(40.7, -73.9)')).toMatchObject({
      values: { latitude: 40.7, longitude: -73.9, coordinate_quality: 'Located' },
      rule: '(lat, lon) column',
    });
    expect(evaluate('', '(null)', '1 MAIN ST\n(40.7, -73.9)').values.coordinate_quality).toBe('Located');
    expect(evaluate('40.8', '', '(40.7, -73.9)').values.coordinate_quality).toBe('Missing');
    expect(evaluate('40.8', '-73.8', '(40.7, -73.9)').values.latitude).toBe(40.8);
  });

  it.each([
    ['(0.0, 0.0)', 'Zero'],
    ['(nan, nan)', 'Unreadable'],
    ['(1, 2, 3)', 'Unreadable'],
    ['40.7, -73.9', 'Unreadable'],
    ['(', 'Unreadable'],
    ['(, )', 'Missing'],
    ['', 'Missing'],
  ])('finds the pair %j to be %s', (pair, quality) => {
    expect(evaluate('', '', pair).values.coordinate_quality).toBe(quality);
  });
});
