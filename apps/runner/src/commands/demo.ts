import { join, resolve } from 'node:path';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { number, table } from '../console.js';
import type { CommandContext } from '../context.js';
import { buildFrom } from './build.js';
import { generateSample } from './synth.js';

const SEED = 360;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export interface DemoFlags {
  readonly rows: number;
  readonly out: string;
}

/** Generates sample data, builds a snapshot from it and shows first answers. */
export async function runDemo(context: CommandContext, flags: DemoFlags): Promise<ExitCode> {
  const { console } = context;
  const raw = join(flags.out, 'raw');
  const lake = join(flags.out, 'lake');
  const demo: CommandContext = { ...context, settings: { ...context.settings, lake } };
  if (!console.json) {
    console.out.write(
      `${console.colours.bold('CrimeTracker 360')}: ${number(flags.rows)} synthetic records of two cities, built into one table.\n\n`,
    );
  }
  await generateSample(demo, { rows: flags.rows, out: raw, seed: SEED, overwrite: true });
  await buildFrom(demo, [raw], {});
  if (!console.json) await showAnswers(demo, raw);
  return EXIT_CODES.ok;
}

async function showAnswers({ console, settings }: CommandContext, raw: string): Promise<void> {
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake));
  const engine = await openDuckDb({ readableFolders: [snapshot.path] });
  try {
    await attachSnapshot(engine, snapshot);
    const categories = await engine.query(
      `SELECT crime_category, COUNT(*) AS incidents,
              SUM(CASE WHEN source = 'nypd' THEN 1 ELSE 0 END) AS new_york, SUM(CASE WHEN source = 'lapd' THEN 1 ELSE 0 END) AS los_angeles
       FROM incidents GROUP BY crime_category ORDER BY incidents DESC LIMIT 8`,
    );
    const hours = await engine.query(
      `SELECT city, EXTRACT(ISODOW FROM occurred_date) AS weekday, CAST(SUBSTR(occurred_time, 1, 2) AS INTEGER) AS hour, COUNT(*) AS incidents
       FROM incidents WHERE occurred_time IS NOT NULL AND flags NOT LIKE '%time-heaped%'
       GROUP BY 1, 2, 3 ORDER BY incidents DESC, 1 LIMIT 5`,
    );
    const { out, colours } = console;
    out.write(`\n${colours.bold('Most common categories')} (synthetic records, not real crime)\n\n`);
    out.write(
      `${table(
        ['category', 'incidents', 'New York', 'Los Angeles'],
        categories.map((row) => [
          String(row.crime_category),
          Number(row.incidents),
          Number(row.new_york),
          Number(row.los_angeles),
        ]),
        colours,
      )}\n`,
    );
    out.write(`\n${colours.bold('Busiest hours')} (heaped times such as 12:00 left out)\n\n`);
    out.write(
      `${table(
        ['city', 'weekday', 'hour', 'incidents'],
        hours.map((row) => [
          String(row.city),
          WEEKDAYS[Number(row.weekday) - 1] ?? '',
          `${String(row.hour).padStart(2, '0')}:00`,
          Number(row.incidents),
        ]),
        colours,
      )}\n\n`,
    );
    out.write(`  Raw files       ${resolve(raw)}\n`);
    out.write(`  Planted truth   ${resolve(raw, 'truth')}\n`);
    out.write(`  Clean table     ${join(snapshot.path, 'incidents')} (Parquet)\n`);
    out.write(
      `  Crosswalks      ${join(snapshot.path, 'crosswalks')} (CSV and Parquet: raw value, canonical value, rows)\n`,
    );
    out.write(`  Your own files  npx crimetracker build FILES… --lake lake\n`);
  } finally {
    await engine.close();
  }
}
