import type { CoordinateQuality, FindingId } from '@crimetracker/schema';
import { latLngToCell } from 'h3-js';
import type { Bounds } from '../city-adapter.js';
import type { Field, Outcome } from '../field.js';
import { isBlank } from '../parsers/blank.js';
import { readNumber } from '../parsers/numbers.js';

const OUTPUTS = ['latitude', 'longitude', 'coordinate_quality', 'h3_r7', 'h3_r8', 'h3_r9', 'h3_r10'] as const;
type CoordinatesOutcome = Outcome<(typeof OUTPUTS)[number]>;

/**
 * Latitude, longitude (degrees, WGS84, 6 decimals), their quality and their H3 cells; all null unless Located.
 *
 * `pair` names a raw column with `(lat, lon)`, read only where both columns are blank. `nullMarkers` are texts
 * that mean "no value". Station house is not decided here: it is a rule over the whole set of rows.
 */
export function coordinatesField(options: {
  readonly latitude: string;
  readonly longitude: string;
  readonly pair?: string;
  readonly bounds: Bounds;
  readonly nullMarkers?: readonly string[];
}): Field {
  const { latitude, longitude, pair, bounds, nullMarkers = [] } = options;
  return {
    inputs: pair === undefined ? [latitude, longitude] : [latitude, longitude, pair],
    outputs: OUTPUTS,
    evaluate: (raw) => {
      let latitudeText = raw[latitude] ?? '';
      let longitudeText = raw[longitude] ?? '';
      let rule = 'latitude and longitude columns';
      if (pair !== undefined && isBlank(latitudeText, nullMarkers) && isBlank(longitudeText, nullMarkers)) {
        const pairText = raw[pair] ?? '';
        if (!isBlank(pairText, nullMarkers)) {
          const texts = splitPair(pairText);
          if (texts === null) return UNREADABLE;
          [latitudeText, longitudeText] = texts;
          rule = '(lat, lon) column';
        }
      }
      if (isBlank(latitudeText, nullMarkers) || isBlank(longitudeText, nullMarkers)) return MISSING;
      return locate(readNumber(latitudeText), readNumber(longitudeText), bounds, rule);
    },
  } as Field;
}

/** Rounds degrees to 6 decimals (11 cm), so that vintages that kept 8 and 15 decimals agree. */
export function roundDegrees(degrees: number): number {
  // Adding 0 makes -0, which is not equal to 0 everywhere, a plain 0.
  return Math.round(degrees * 1e6) / 1e6 + 0;
}

/** Socrata writes some pairs after an address on the lines before, so the last bracket counts. */
function splitPair(text: string): readonly [string, string] | null {
  const trimmed = text.trim();
  const start = trimmed.lastIndexOf('(');
  if (start < 0 || !trimmed.endsWith(')')) return null;
  const [first, second, ...others] = trimmed.slice(start + 1, -1).split(',');
  return first === undefined || second === undefined || others.length > 0 ? null : [first, second];
}

function locate(
  latitude: number | null,
  longitude: number | null,
  bounds: Bounds,
  rule: string,
): CoordinatesOutcome {
  if (latitude === null || longitude === null) return UNREADABLE;
  if (latitude === 0 && longitude === 0) return ZERO;
  const lat = roundDegrees(latitude);
  const lon = roundDegrees(longitude);
  const isInside = lat >= bounds.south && lat <= bounds.north && lon >= bounds.west && lon <= bounds.east;
  if (!isInside) return OUTSIDE;
  return {
    values: {
      latitude: lat,
      longitude: lon,
      coordinate_quality: 'Located',
      h3_r7: latLngToCell(lat, lon, 7),
      h3_r8: latLngToCell(lat, lon, 8),
      h3_r9: latLngToCell(lat, lon, 9),
      h3_r10: latLngToCell(lat, lon, 10),
    },
    rule,
  };
}

function notLocated(quality: CoordinateQuality, finding: FindingId): CoordinatesOutcome {
  return {
    values: {
      latitude: null,
      longitude: null,
      coordinate_quality: quality,
      h3_r7: null,
      h3_r8: null,
      h3_r9: null,
      h3_r10: null,
    },
    findings: [finding],
    rule: quality.toLowerCase(),
  };
}

const MISSING = notLocated('Missing', 'coordinates-missing');
const ZERO = notLocated('Zero', 'coordinates-zero');
const UNREADABLE = notLocated('Unreadable', 'coordinates-unreadable');
const OUTSIDE = notLocated('Outside city', 'coordinates-outside-city');
