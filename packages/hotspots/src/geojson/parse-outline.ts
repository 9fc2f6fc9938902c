import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { z } from 'zod';
import { findCrossing } from './find-crossing.js';
import type { MultiPolygon, Polygon, Position, Ring } from './multi-polygon.js';
import { OutlineIndex } from './outline-index.js';
import { polygonAreaKm2 } from './ring-area.js';
import { isAroundPole, splitAtAntimeridian } from './split-at-antimeridian.js';

/** A third number is a height, and is left out. */
const positionSchema = z
  .tuple([z.number(), z.number()], 'a position is [longitude, latitude]')
  .rest(z.number())
  .transform(([lon, lat]): Position => [lon, lat]);
const ringsSchema = z.array(z.array(positionSchema));
const geometrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: ringsSchema }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(ringsSchema) }),
]);
const featureSchema = z.object({ type: z.literal('Feature'), geometry: geometrySchema });
const outlineSchema = z.discriminatedUnion('type', [
  ...geometrySchema.options,
  featureSchema,
  z.object({ type: z.literal('FeatureCollection'), features: z.array(featureSchema) }),
]);

/** A square metre. */
const LEAST_KM2 = 1e-6;

/** A polygon as it was read, with the place in the file that messages name. */
interface ReadPolygon {
  readonly rings: Polygon;
  readonly place: string;
}

/** What is wrong with a file, before the file is named. */
interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * Reads a city's outline from the text of a GeoJSON file: a Polygon, a MultiPolygon, a Feature or a FeatureCollection
 * of these, whose parts belong together (divisions, islands).
 *
 * Longitude first, degrees (RFC 7946). Rings may run either way. Throws CrimeTrackerError with a code that begins with
 * `outline-`, the file and a hint: not JSON, no polygon, nothing in it, a ring that is open or
 * crosses itself, no area, a hole outside its polygon, latitudes before longitudes, coordinates in feet or metres.
 * @param file what messages call the file
 */
export function parseOutline(text: string, file: string): MultiPolygon {
  const fail = ({ code, message, hint }: Problem, cause?: unknown): never => {
    throw new CrimeTrackerError(`${file}: ${message}`, {
      code,
      exitCode: EXIT_CODES.usage,
      hint,
      where: { file },
      ...(cause === undefined ? {} : { cause }),
    });
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return fail(
      {
        code: 'outline-not-json',
        message: 'this is not JSON.',
        hint: 'Give the outline as a GeoJSON file; ogr2ogr -f GeoJSON makes one of a shapefile.',
      },
      cause,
    );
  }
  const parsed = outlineSchema.safeParse(json);
  if (!parsed.success) return fail(describeShape(parsed.error, json), parsed.error);
  const polygons = readPolygons(parsed.data);
  const problem = findProblem(polygons);
  if (problem !== undefined) return fail(problem);
  // Official files have polygons of nothing; that of the precincts of New York has some.
  const coordinates = polygons
    .flatMap(({ rings }) => splitAtAntimeridian(rings))
    .filter((polygon) => polygonAreaKm2(polygon) > LEAST_KM2);
  if (coordinates.length > 0) return { type: 'MultiPolygon', coordinates };
  return fail({
    code: 'outline-without-area',
    message: 'its polygons enclose nothing.',
    hint: 'Give a file that holds the outline of the city as an area.',
  });
}

function readPolygons(outline: z.infer<typeof outlineSchema>): readonly ReadPolygon[] {
  switch (outline.type) {
    case 'FeatureCollection':
      return outline.features.flatMap(({ geometry }, feature) =>
        readGeometry(geometry, `feature ${feature + 1}, `),
      );
    case 'Feature':
      return readGeometry(outline.geometry, '');
    default:
      return readGeometry(outline, '');
  }
}

function readGeometry(geometry: z.infer<typeof geometrySchema>, place: string): readonly ReadPolygon[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings, polygon) => ({ rings, place: `${place}polygon ${polygon + 1}` }));
}

/** Says what the first difference from GeoJSON is. */
function describeShape(error: z.ZodError, json: unknown): Problem {
  const { path, message } = error.issues[0] ?? { path: [], message: 'not GeoJSON' };
  const place = path.length === 0 ? 'the whole file' : path.map(String).join('.');
  if (path.at(-1) !== 'type' && path.length > 0) {
    return {
      code: 'outline-malformed',
      message: `${place} is not as GeoJSON has it: ${message}.`,
      hint: 'Save the file again with a tool that writes GeoJSON, such as QGIS or ogr2ogr.',
    };
  }
  const found = path.reduce<unknown>(
    (value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined),
    json,
  );
  return {
    code: 'outline-wrong-type',
    message:
      typeof found === 'string'
        ? `${place} is ${found}, which is no outline.`
        : `${place} does not say which GeoJSON it is.`,
    hint: 'Give a Polygon, a MultiPolygon, or a Feature or FeatureCollection of these.',
  };
}

function findProblem(polygons: readonly ReadPolygon[]): Problem | undefined {
  if (polygons.every(({ rings }) => rings.length === 0)) {
    return {
      code: 'outline-empty',
      message: 'there is no polygon in it.',
      hint: 'Give a file that holds the outline of the city.',
    };
  }
  const positions = polygons.flatMap(({ rings }) => rings.flat());
  return findWrongCoordinates(positions) ?? findFirst(polygons, findPolygonProblem);
}

function findFirst<Item>(
  items: readonly Item[],
  find: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const problem = find(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findWrongCoordinates(positions: readonly Position[]): Problem | undefined {
  const wrong = positions.find(([lon, lat]) => !areDegrees(lon, lat));
  if (wrong === undefined) return undefined;
  if (positions.every(([lon, lat]) => areDegrees(lat, lon))) {
    return {
      code: 'outline-swapped',
      message: `a latitude of ${wrong[1]} is outside −90 to 90, as if latitudes came first.`,
      hint: 'GeoJSON has longitude first, then latitude: swap them.',
    };
  }
  return {
    code: 'outline-not-degrees',
    message: `[${wrong.join(', ')}] is not a longitude and a latitude in degrees.`,
    hint: 'Convert the file from feet or metres to degrees (WGS 84): ogr2ogr -t_srs EPSG:4326.',
  };
}

function areDegrees(lon: number, lat: number): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function findPolygonProblem({ rings, place }: ReadPolygon): Problem | undefined {
  const [outer, ...holes] = rings;
  if (outer === undefined) {
    return {
      code: 'outline-empty',
      message: `${place} has no ring.`,
      hint: 'Remove it, or give it an outer ring.',
    };
  }
  const problem = findFirst([...rings.entries()], ([ring, positions]) =>
    findRingProblem(positions, `${place}, ring ${ring + 1}`),
  );
  if (problem !== undefined) return problem;
  const parts = splitAtAntimeridian(rings);
  const crossing = parts.map(findCrossing).find((found) => found !== undefined);
  if (crossing !== undefined) {
    return {
      code: 'outline-crosses-itself',
      message: `${place} crosses itself at [${crossing.map((degrees) => degrees.toFixed(6)).join(', ')}].`,
      hint: 'Mend the geometry: mapshaper -clean, or "Fix geometries" in QGIS.',
    };
  }
  const index = new OutlineIndex({ type: 'MultiPolygon', coordinates: splitAtAntimeridian([outer]) });
  const stray = holes.findIndex(
    (hole) => hole.length >= 4 && !hole.some(([lon, lat]) => index.contains(lon, lat)),
  );
  if (stray >= 0) {
    return {
      code: 'outline-hole-outside',
      message: `${place}, ring ${stray + 2} is a hole, but lies outside the outer ring.`,
      hint: 'Write separate areas as polygons of a MultiPolygon; only holes follow the outer ring.',
    };
  }
  return undefined;
}

function findRingProblem(ring: Ring, place: string): Problem | undefined {
  const first = ring[0];
  const last = ring.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return {
      code: 'outline-ring-open',
      message: `${place} ends at [${last.join(', ')}] and not where it began, at [${first.join(', ')}].`,
      hint: 'Repeat the first position of the ring as its last.',
    };
  }
  if (isAroundPole(ring)) {
    return {
      code: 'outline-around-pole',
      message: `${place} goes around a pole.`,
      hint: 'Give the outline of one city.',
    };
  }
  return undefined;
}
