import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CityAdapter } from '@crimetracker/adapter-kit';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { ProfileOptions } from './profile-file.js';
import { profileFile } from './profile-file.js';
import type { ColumnProfile, Profile } from './profile-schema.js';
import { profileSchema } from './profile-schema.js';

/** Profiles a CSV text, or the file at a path, and checks the document against its schema. */
export async function profileOf(
  input: { readonly csv: string | Buffer } | { readonly path: string },
  options: {
    readonly adapters?: readonly CityAdapter[];
    readonly source?: string;
    readonly shapedValues?: number;
  } = {},
): Promise<Profile> {
  const work = await mkdtemp(join(tmpdir(), 'crimetracker-profile-test-'));
  const engine = await openDuckDb({ tempDirectory: join(work, 'spill') });
  try {
    const path = 'path' in input ? input.path : join(work, 'input.csv');
    if ('csv' in input) await writeFile(path, input.csv);
    const given: ProfileOptions = {
      engine,
      adapters: options.adapters ?? [],
      work,
      signal: new AbortController().signal,
      now: () => new Date('2024-05-06T07:08:09Z'),
      ...(options.shapedValues !== undefined && { shapedValues: options.shapedValues }),
    };
    return profileSchema.parse(await profileFile({ path }, options.source, given));
  } finally {
    await engine.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** The column with a label; fails the test when there is none. */
export function columnOf(profile: Profile, label: string): ColumnProfile {
  const column = profile.columns.find((known) => known.label === label);
  if (!column)
    throw new Error(
      `No column ${label}; there are ${profile.columns.map((known) => known.label).join(', ')}.`,
    );
  return column;
}

export const observationIds = (profile: Profile, column: string | null): readonly string[] =>
  profile.observations.filter((seen) => seen.column === column).map(({ id }) => id);
