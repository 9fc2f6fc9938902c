import type { District } from './world.js';

export interface Area extends District {
  readonly name: string;
}

/**
 * [area, name, share in 1/1000, latitude, longitude, radius km]: shares from the published counts of 2020 to 2024, the
 * circle is the largest that fits into the division boundary (at most 3 km).
 */
const ROWS: readonly (readonly [number, string, number, number, number, number])[] = [
  [1, 'Central', 69.3, 34.0505, -118.2424, 1.17],
  [2, 'Rampart', 46.6, 34.0664, -118.2696, 1.29],
  [3, 'Southwest', 57.2, 34.0202, -118.3008, 1.84],
  [4, 'Hollenbeck', 36.9, 34.0822, -118.1865, 1.98],
  [5, 'Harbor', 41.2, 33.7365, -118.2743, 2.92],
  [6, 'Hollywood', 52.2, 34.1051, -118.3298, 1.72],
  [7, 'Wilshire', 48.0, 34.0593, -118.3473, 2.27],
  [8, 'West LA', 45.5, 34.0821, -118.5287, 3],
  [9, 'Van Nuys', 42.7, 34.1639, -118.442, 2.42],
  [10, 'West Valley', 41.9, 34.1711, -118.5162, 3],
  [11, 'Northeast', 42.7, 34.0966, -118.2429, 2.39],
  [12, '77th Street', 61.5, 33.9838, -118.3046, 1.71],
  [13, 'Newton', 48.9, 34.0095, -118.26, 1.88],
  [14, 'Pacific', 59.2, 33.958, -118.4171, 2.96],
  [15, 'N Hollywood', 50.9, 34.1768, -118.3852, 2.44],
  [16, 'Foothill', 33.0, 34.2448, -118.3687, 3],
  [17, 'Devonshire', 41.5, 34.2614, -118.5275, 3],
  [18, 'Southeast', 49.7, 33.9432, -118.2721, 1.71],
  [19, 'Mission', 40.1, 34.2321, -118.4426, 2.25],
  [20, 'Olympic', 49.8, 34.0588, -118.3019, 1.51],
  [21, 'Topanga', 41.2, 34.1897, -118.6122, 3],
];

export const AREAS: readonly Area[] = ROWS.map(([code, name, weight, latitude, longitude, radiusKm]) => ({
  code,
  name,
  weight,
  latitude,
  longitude,
  radiusKm,
}));
