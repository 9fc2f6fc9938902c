import { join, resolve } from 'node:path';
import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { number } from '../console.js';
import type { CommandContext } from '../context.js';
import { runAnalyse } from './analyse.js';
import { buildFrom } from './build.js';
import { generateSample } from './synth.js';

const SEED = 360;

/** Analyses to begin with; the others are named at the end. */
const SHOWN = ['mix', 'hours', 'weapons'];

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

async function showAnswers(context: CommandContext, raw: string): Promise<void> {
  const { out, colours } = context.console;
  const { lake } = context.settings;
  out.write(`\n${colours.bold('First answers')} (synthetic records, not real crime)\n\n`);
  await runAnalyse(context, SHOWN, {});
  const snapshot = await openSnapshot(await openLakeFolder(lake));
  out.write(`
  Raw files       ${resolve(raw)}
  Planted truth   ${resolve(raw, 'truth')}
  Clean table     ${join(snapshot.path, 'incidents')} (Parquet)
  Crosswalks      ${join(snapshot.path, 'crosswalks')} (CSV and Parquet: raw value, canonical value, rows)
  All answers     npx crimetracker analyse --lake ${lake}
  Hot spots       npx crimetracker hotspots --lake ${lake}
  Dashboard       npx crimetracker serve --lake ${lake} --open
  Patrol week     npx crimetracker schedule --units 120 --source lapd --lake ${lake} --out week
  Your own files  npx crimetracker build FILES… --lake lake
`);
}
