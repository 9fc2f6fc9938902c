import type { Random } from '@crimetracker/analysis-kit';
import { WeightedChoice } from './weighted-choice.js';

/** A precinct or an area: a circle inside its real boundary, with its share of the city's incidents. */
export interface District {
  readonly code: number;
  readonly weight: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusKm: number;
}

export interface StreetGrid {
  /** Distance between parallel streets and between avenues, km. */
  readonly blockKm: readonly [number, number];
  /** Decimals the city publishes; coordinates are rounded to them, at most 6. */
  readonly decimals: number;
}

/** The places of a city: a fixed pool of intersections and mid-blocks per district. */
export interface World {
  readonly districts: readonly District[];
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  readonly weights: Float64Array;
  /** First point of each district, and one past the last of the last. */
  readonly starts: Int32Array;
  readonly pickers: readonly WeightedChoice[];
  readonly districtPicker: WeightedChoice;
}

const KM_PER_DEGREE = 111.32;

/**
 * Lays a rotated street grid into each district's circle. Real complaints sit on intersections and mid-blocks, so
 * the same few coordinates return again and again, a few of them far more often than the rest.
 */
export function buildWorld(districts: readonly District[], grid: StreetGrid, random: Random): World {
  const latitudes: number[] = [];
  const longitudes: number[] = [];
  const weights: number[] = [];
  const starts = [0];
  const pickers: WeightedChoice[] = [];
  const precision = 10 ** grid.decimals;
  for (const district of districts) {
    const first = latitudes.length;
    const turn = random.unit() * (Math.PI / 2);
    const kmPerDegreeEast = KM_PER_DEGREE * Math.cos((district.latitude * Math.PI) / 180);
    const [short, long] = grid.blockKm;
    const rows = Math.ceil(district.radiusKm / short);
    const columns = Math.ceil(district.radiusKm / long) * 2;
    for (let row = -rows; row <= rows; row += 1) {
      for (let column = -columns; column <= columns; column += 1) {
        const north = row * short;
        const east = (column * long) / 2;
        if (Math.hypot(north, east) > district.radiusKm) continue;
        const turnedNorth = north * Math.cos(turn) - east * Math.sin(turn);
        const turnedEast = north * Math.sin(turn) + east * Math.cos(turn);
        latitudes.push(Math.round((district.latitude + turnedNorth / KM_PER_DEGREE) * precision) / precision);
        longitudes.push(
          Math.round((district.longitude + turnedEast / kmPerDegreeEast) * precision) / precision,
        );
        weights.push(Math.exp(random.normal()));
      }
    }
    starts.push(latitudes.length);
    pickers.push(new WeightedChoice(weights.slice(first)));
  }
  return {
    districts,
    latitudes: Float64Array.from(latitudes),
    longitudes: Float64Array.from(longitudes),
    weights: Float64Array.from(weights),
    starts: Int32Array.from(starts),
    pickers,
    districtPicker: new WeightedChoice(districts.map(({ weight }) => weight)),
  };
}

export function distanceM(
  latitude: number,
  longitude: number,
  toLatitude: number,
  toLongitude: number,
): number {
  const north = (toLatitude - latitude) * KM_PER_DEGREE;
  const east = (toLongitude - longitude) * KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(north, east) * 1000;
}

/** The points around one point, all in its own district, with their share of all the city's incidents. */
export interface Neighbourhood {
  readonly district: number;
  readonly points: readonly number[];
  readonly share: number;
  readonly picker: WeightedChoice;
}

export function neighbourhood(
  world: World,
  district: number,
  centre: number,
  radiusM: number,
): Neighbourhood {
  const points: number[] = [];
  const last = world.starts[district + 1] ?? 0;
  for (let point = world.starts[district] ?? 0; point < last; point += 1) {
    const metres = distanceM(
      world.latitudes[centre] ?? 0,
      world.longitudes[centre] ?? 0,
      world.latitudes[point] ?? 0,
      world.longitudes[point] ?? 0,
    );
    if (metres <= radiusM) points.push(point);
  }
  const picker = new WeightedChoice(points.map((point) => world.weights[point] ?? 0));
  const districtShare = (world.districts[district]?.weight ?? 0) / world.districtPicker.total;
  return {
    district,
    points,
    share: (districtShare * picker.total) / (world.pickers[district]?.total ?? 1),
    picker,
  };
}
