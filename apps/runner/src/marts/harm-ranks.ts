import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalysedSource } from '@crimetracker/analysis-kit';
import type { Engine, SqlRow } from '@crimetracker/engine';
import type { HarmCells, HarmWeights, Resolution } from '@crimetracker/hotspots';
import { harmCells, parseHarmWeights, parseOutline } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { Console } from '../console.js';
import { number, table } from '../console.js';
import { HOTSPOT_MARTS } from './hotspot-marts.js';
import { folderOf } from './table-set.js';

const LISTED = 10;

/** Harm of every city under one table of weights. */
export interface HarmRanks {
  readonly weights: HarmWeights;
  readonly cities: readonly {
    readonly city: string;
    readonly harm: HarmCells | { readonly reason: string };
  }[];
  readonly cells: readonly SqlRow[];
}

/** Reads a file of weights. Throws a usage error for one that is not there or not whole. */
export async function readHarmWeights(file: string): Promise<HarmWeights> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CrimeTrackerError(`${file} cannot be read.`, {
      code: 'path-missing',
      exitCode: EXIT_CODES.usage,
      hint: 'Give --harm-weights a JSON file; its form is in docs/hotspots.md.',
      cause,
    });
  });
  return parseHarmWeights(text, file);
}

/** Weighs the recent incidents of each city with the weights of a file. The hot spots of the snapshot are attached. */
export async function weighHarm(
  engine: Engine,
  snapshot: Snapshot,
  file: string,
  choice: { readonly sources: readonly AnalysedSource[]; readonly resolution: Resolution },
  signal: AbortSignal,
): Promise<HarmRanks> {
  const weights = await readHarmWeights(file);
  const cities = [];
  for (const source of choice.sources) {
    const [area] = await engine.query(
      `SELECT first_month, last_month, reason FROM mart_hotspot_study_areas
       WHERE source = ${engine.dialect.literal(source.id)} AND resolution = ${choice.resolution}`,
      signal,
    );
    if (area === undefined || area.reason !== null) {
      cities.push({
        city: source.city,
        harm: { reason: String(area?.reason ?? 'The city has no incidents.') },
      });
      continue;
    }
    const outline = join(folderOf(snapshot, HOTSPOT_MARTS), `outline-${source.id}.geojson`);
    const harm = await harmCells({
      engine,
      table: `mart_count_cell_months_r${choice.resolution}`,
      source,
      outline: parseOutline(await readFile(outline, 'utf8'), outline),
      resolution: choice.resolution,
      calendar: { firstMonth: monthNumber(area.first_month), lastMonth: monthNumber(area.last_month) },
      weights,
      signal,
    });
    cities.push({ city: source.city, harm });
  }
  return {
    weights,
    cities,
    cells: cities.flatMap(({ harm }) => ('rows' in harm ? harm.rows : [])),
  };
}

function monthNumber(text: unknown): number {
  const [year, month] = String(text).split('-').map(Number);
  return (year ?? 0) * 12 + (month ?? 1) - 1;
}

/** Draws where harm is highest, and how far its order is that of plain counts. */
export function drawHarm({ weights, cities }: HarmRanks, colours: Console['colours']): string {
  return [
    colours.bold(`Harm, weighted by ${weights.title} (${weights.unit}; ${weights.jurisdiction})`),
    `  ${weights.url}, read on ${weights.retrieved}`,
    ...cities.flatMap(({ city, harm }) => {
      if (!('rows' in harm)) return [`  ${city}: ${harm.reason}`, ''];
      const { stability, surface } = harm;
      const worst = [...harm.rows].sort((a, b) => Number(b.harm) - Number(a.harm)).slice(0, LISTED);
      return [
        '',
        `  ${city}: ${number(Math.round(surface.total))} ${weights.unit}`,
        table(
          ['cell', 'centre', 'harm', 'incidents', 'Gi* of harm', 'class'],
          worst.map((row) => [
            String(row.h3),
            `${Number(row.latitude).toFixed(4)}, ${Number(row.longitude).toFixed(4)}`,
            Math.round(Number(row.harm)),
            Number(row.incidents),
            Number(row.gi_star).toFixed(1),
            String(row.class),
          ]),
          colours,
        ),
        stability.kind === 'rank-stability'
          ? `  Against plain counts: tau-b ${stability.tauB.toFixed(2)}; ${stability.top.map(({ k, shared }) => `${shared} of the ${k} highest cells are the same`).join(', ')}.`
          : `  ${stability.reason}`,
        ...surface.leftOut
          .filter(({ count }) => count > 0)
          .map(
            ({ category, count, reason }) =>
              `  Not weighted: ${category}, ${number(count)} incidents: ${reason}`,
          ),
        ...surface.discoveredByPolice
          .filter(({ count }) => count > 0)
          .map(({ category }) => `  ${category} is weighted although it exists where police look for it.`),
        '',
      ];
    }),
  ].join('\n');
}
