import type { PlacesProperties } from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import type { MultiPolygon } from '@crimetracker/hotspots';
import { cellsToMultiPolygon } from 'h3-js';

export interface Area {
  readonly type: 'Feature';
  readonly properties: PlacesProperties;
  readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: MultiPolygon['coordinates'] };
}

/** Outlines of a city and its jurisdictions as a GeoJSON FeatureCollection. */
export interface PlacesDocument {
  readonly type: 'FeatureCollection';
  readonly features: readonly Area[];
}

export function area(properties: PlacesProperties, coordinates: MultiPolygon['coordinates']): Area {
  return { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } };
}

/**
 * Areas of the jurisdictions of a city, derived from its incidents: each cell of resolution 9 belongs to the jurisdiction
 * with most incidents in it. They are near the official boundaries where many incidents are recorded, and end where none is.
 */
export async function deriveJurisdictions(
  engine: Engine,
  source: string,
  signal: AbortSignal,
): Promise<readonly Area[]> {
  const rows = await engine.query(
    `SELECT h3_r9 AS h3, jurisdiction, COUNT(*) AS incidents FROM incidents
     WHERE source = ${engine.dialect.literal(source)} AND coordinate_quality = 'Located' AND jurisdiction IS NOT NULL
     GROUP BY h3_r9, jurisdiction ORDER BY h3, incidents DESC, jurisdiction`,
    signal,
  );
  const cellsOf = new Map<string, string[]>();
  let last = '';
  for (const row of rows) {
    const cell = String(row.h3);
    if (cell === last) continue;
    last = cell;
    const name = String(row.jurisdiction);
    cellsOf.set(name, [...(cellsOf.get(name) ?? []), cell]);
  }
  return [...cellsOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cells]) =>
      area(
        { kind: 'jurisdiction', name, isOfficial: false },
        cellsToMultiPolygon(cells, true) as unknown as MultiPolygon['coordinates'],
      ),
    );
}
