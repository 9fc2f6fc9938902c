import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StationHouseIncident } from './station-house.js';
import { findStationHouses, stationHouseSql } from './station-house.js';
import { sorted } from './testing-rows.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const incident = (changes: Partial<StationHouseIncident>): StationHouseIncident => ({
  raw_file: 'a',
  jurisdiction: 'Precinct 75',
  latitude: 40.67,
  longitude: -73.88,
  is_station_house_offence: true,
  ...changes,
});

const incidents: fc.Arbitrary<StationHouseIncident> = fc.record({
  raw_file: fc.constantFrom('a', 'b'),
  jurisdiction: fc.constantFrom(null, 'Precinct 1', 'Precinct 75', 'Precinct 9', "O'Hara"),
  latitude: fc.constantFrom(null, 40.67, 40.670001, 40.7, -1),
  longitude: fc.constantFrom(null, -73.88, -73.880001, 73),
  is_station_house_offence: fc.boolean(),
});

describe('findStationHouses', () => {
  test('finds, per file and jurisdiction, where most incidents of the offence classes stand', () => {
    const elsewhere = incident({ latitude: 40.7 });
    const found = findStationHouses([
      elsewhere,
      incident({}),
      incident({}),
      incident({ raw_file: 'b', latitude: 40.7 }),
      incident({ jurisdiction: 'Precinct 1', latitude: 40.9 }),
    ]);
    expect(found).toEqual([
      { raw_file: 'a', jurisdiction: 'Precinct 1', latitude: 40.9, longitude: -73.88, incidents: 1 },
      { raw_file: 'a', jurisdiction: 'Precinct 75', latitude: 40.67, longitude: -73.88, incidents: 2 },
      { raw_file: 'b', jurisdiction: 'Precinct 75', latitude: 40.7, longitude: -73.88, incidents: 1 },
    ]);
  });

  test('does not count other offences, however many share a place', () => {
    const busy = Array.from({ length: 9 }, () =>
      incident({ latitude: 40.7, is_station_house_offence: false }),
    );
    expect(findStationHouses([...busy, incident({})]).map(({ latitude }) => latitude)).toEqual([40.67]);
    expect(findStationHouses(busy)).toEqual([]);
  });

  test('counts nothing without jurisdiction or coordinates', () => {
    expect(
      findStationHouses([
        incident({ jurisdiction: null }),
        incident({ latitude: null }),
        incident({ longitude: null }),
      ]),
    ).toEqual([]);
  });

  test('takes the smallest latitude, then longitude, of places with as many incidents', () => {
    const places = [
      incident({ latitude: 40.8 }),
      incident({ longitude: -73.1 }),
      incident({ longitude: -73.9 }),
    ];
    expect(findStationHouses(places)).toEqual([
      { raw_file: 'a', jurisdiction: 'Precinct 75', latitude: 40.67, longitude: -73.9, incidents: 1 },
    ]);
  });
});

test('the query finds on the engine what findStationHouses finds, for any incidents', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(incidents, { maxLength: 400, size: 'max' }), async (rows) => {
      await engine.loadRows(
        'station_incidents',
        [
          { name: 'raw_file', type: 'text' },
          { name: 'jurisdiction', type: 'text' },
          { name: 'latitude', type: 'double' },
          { name: 'longitude', type: 'double' },
          { name: 'is_station_house_offence', type: 'boolean' },
        ],
        rows.map((row) => [
          row.raw_file,
          row.jurisdiction,
          row.latitude,
          row.longitude,
          row.is_station_house_offence,
        ]),
      );
      const { dialect } = engine;
      const found = await engine.query(
        stationHouseSql({ dialect, relation: dialect.identifier('station_incidents') }),
      );
      expect(sorted(found)).toEqual(sorted(findStationHouses(rows)));
    }),
    { numRuns: 40 },
  );
}, 60_000);
