import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseOutline } from '@crimetracker/hotspots';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import type { Area } from './jurisdiction-areas.js';
import { area } from './jurisdiction-areas.js';

const boundariesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.object({
        properties: z.object({ name: z.union([z.string(), z.number()]).transform(String) }),
        geometry: z.unknown(),
      }),
    )
    .min(1),
});

interface Given {
  readonly source: string;
  readonly file: string;
}

/** Takes `source=file` apart. Throws `boundaries-invalid` for anything else, and for a source that is not known. */
export function checkBoundaries(given: readonly string[], sources: readonly string[]): readonly Given[] {
  return given.map((text) => {
    const [source = '', file = ''] = text.split(/=(.*)/s);
    if (file !== '' && sources.includes(source)) return { source, file };
    throw invalid(
      `--boundaries ${text} does not name a source and a file.`,
      `Write --boundaries ${sources[0] ?? 'nypd'}=precincts.geojson. Sources: ${sources.join(', ')}.`,
    );
  });
}

/** Digests of the files by source. */
export async function digestBoundaries(given: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const text of [...given].sort()) {
    const [source = '', file = ''] = text.split(/=(.*)/s);
    digests[source] = createHash('sha256')
      .update(await readBoundaryFile(file))
      .digest('hex');
  }
  return digests;
}

/**
 * Reads the official boundaries of the jurisdictions of a source: a GeoJSON FeatureCollection whose features have the
 * jurisdiction as property `name`, as the incidents have it or by its number. Features of other names are left out. Throws
 * `boundaries-invalid`, also when no name fits.
 */
export async function readBoundaries(
  given: readonly string[],
  source: string,
  jurisdictions: readonly string[],
): Promise<readonly Area[]> {
  const file = given.find((text) => text.startsWith(`${source}=`))?.slice(source.length + 1);
  if (file === undefined) return [];
  const parsed = boundariesSchema.safeParse(parseJson(await readBoundaryFile(file)));
  if (!parsed.success) {
    throw invalid(
      `${file} is not a GeoJSON FeatureCollection whose features have a property "name".`,
      'Rename the property that holds the precinct or division to "name".',
    );
  }
  const areas = new Map<string, Area>();
  for (const { properties, geometry } of parsed.data.features) {
    const name = jurisdictions.find((one) => isNamed(one, properties.name));
    if (name === undefined) continue;
    const { coordinates } = parseOutline(JSON.stringify(geometry), `${file}, ${name}`);
    const before = areas.get(name)?.geometry.coordinates ?? [];
    areas.set(name, area({ kind: 'jurisdiction', name, isOfficial: true }, [...before, ...coordinates]));
  }
  if (areas.size > 0) return [...areas.values()];
  throw invalid(
    `No feature of ${file} has the name of a jurisdiction of ${source}.`,
    `Names there are such as ${jurisdictions.slice(0, 3).join(', ')}.`,
  );
}

/** Official files of precincts have numbers only. */
function isNamed(jurisdiction: string, name: string): boolean {
  return jurisdiction === name || (/^\d+$/.test(name) && jurisdiction.endsWith(` ${name}`));
}

async function readBoundaryFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(`${file} cannot be read.`, 'Check the path of the boundaries.', cause);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(message: string, hint: string, cause?: unknown): CrimeTrackerError {
  return new CrimeTrackerError(message, {
    code: 'boundaries-invalid',
    exitCode: EXIT_CODES.usage,
    hint,
    cause,
  });
}
