import { expect, test } from 'vitest';
import { statePlaneFeet } from './state-plane.js';

// Pairs as the city publishes them for three intersections; it projects from NAD83, about a metre beside WGS84.
test.each([
  [40.654549444, -73.726338791, 1_060_183, 177_862],
  [40.7380024, -73.98789129, 987_606, 208_148],
  [40.51203825, -74.24975495, 914_803, 125_922],
])('%f, %f is at %i, %i feet', (latitude, longitude, x, y) => {
  const feet = statePlaneFeet(latitude, longitude);
  expect(Math.abs(feet.x - x)).toBeLessThanOrEqual(4);
  expect(Math.abs(feet.y - y)).toBeLessThanOrEqual(4);
});
