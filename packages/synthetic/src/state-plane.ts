/** New York State Plane, Long Island zone (EPSG 2263): Lambert conformal conic on GRS80, in US survey feet. */
const SEMI_MAJOR_M = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const ECCENTRICITY = Math.sqrt(2 * FLATTENING - FLATTENING * FLATTENING);
const FEET_PER_METRE = 3937 / 1200;
const RADIANS = Math.PI / 180;
const PARALLEL_SOUTH = (40 + 40 / 60) * RADIANS;
const PARALLEL_NORTH = (41 + 2 / 60) * RADIANS;
const ORIGIN_LATITUDE = (40 + 10 / 60) * RADIANS;
const ORIGIN_LONGITUDE = -74 * RADIANS;
const FALSE_EASTING_M = 300_000;

const scale = (phi: number): number => Math.cos(phi) / Math.sqrt(1 - ECCENTRICITY ** 2 * Math.sin(phi) ** 2);

function conformal(phi: number): number {
  const sine = ECCENTRICITY * Math.sin(phi);
  return Math.tan(Math.PI / 4 - phi / 2) / ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2);
}

const CONE =
  (Math.log(scale(PARALLEL_SOUTH)) - Math.log(scale(PARALLEL_NORTH))) /
  (Math.log(conformal(PARALLEL_SOUTH)) - Math.log(conformal(PARALLEL_NORTH)));
const FACTOR = scale(PARALLEL_SOUTH) / (CONE * conformal(PARALLEL_SOUTH) ** CONE);
const radius = (phi: number): number => SEMI_MAJOR_M * FACTOR * conformal(phi) ** CONE;
const ORIGIN_RADIUS = radius(ORIGIN_LATITUDE);

/** State plane feet (whole, as published) of WGS84 degrees; the shift between the datums is ignored (about 1 m). */
export function statePlaneFeet(
  latitude: number,
  longitude: number,
): { readonly x: number; readonly y: number } {
  const angle = CONE * (longitude * RADIANS - ORIGIN_LONGITUDE);
  const distance = radius(latitude * RADIANS);
  return {
    x: Math.round((FALSE_EASTING_M + distance * Math.sin(angle)) * FEET_PER_METRE),
    y: Math.round((ORIGIN_RADIUS - distance * Math.cos(angle)) * FEET_PER_METRE),
  };
}
