import { requireArgument } from '@crimetracker/analysis-kit';

const EARTH_RADIUS_METRES = 6_371_008.8;
const METRES_PER_DEGREE = (EARTH_RADIUS_METRES * Math.PI) / 180;

/** Places on a plane, x to the east and y to the north, in metres. */
export interface PlanePlaces {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Lays degrees of latitude and longitude out in metres around their middle.
 *
 * Equal degrees become equal metres, so repeats at one place keep distance 0. Within a city a distance is right to a third of
 * a percent (half a degree from south to north at 40°), far less than the coordinates are blurred by their publishers.
 */
export function toLocalPlane(latitudes: ArrayLike<number>, longitudes: ArrayLike<number>): PlanePlaces {
  requireArgument(latitudes.length === longitudes.length, 'toLocalPlane', 'as many latitudes as longitudes');
  const [south, north] = endsOf(latitudes);
  const [west, east] = endsOf(longitudes);
  const [middleLatitude, middleLongitude] = [(south + north) / 2, (west + east) / 2];
  const metresEast = METRES_PER_DEGREE * Math.cos((middleLatitude * Math.PI) / 180);
  return {
    x: Float64Array.from(longitudes, (degrees) => (degrees - middleLongitude) * metresEast),
    y: Float64Array.from(latitudes, (degrees) => (degrees - middleLatitude) * METRES_PER_DEGREE),
  };
}

function endsOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    low = Math.min(low, values[i] ?? low);
    high = Math.max(high, values[i] ?? high);
  }
  return [low, high];
}
