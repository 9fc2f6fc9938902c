import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnalysedSource } from '@crimetracker/analysis-kit';
import type { Snapshot, Source } from '@crimetracker/lake';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { adapterModules, adapterPackages } from './adapters.gen.js';

/** Loads every registered city adapter, with the fingerprint of the code and tables it depends on. */
export async function loadSources(): Promise<readonly Source[]> {
  const shared = await Promise.all(['@crimetracker/schema', '@crimetracker/adapter-kit'].map(packageDigest));
  return Promise.all(
    adapterModules.map(async (module, index) => {
      const own = await packageDigest(adapterPackages[index] ?? '');
      const fingerprint = createHash('sha256')
        .update([...shared, own].join(' '))
        .digest('hex')
        .slice(0, 16);
      return { adapter: await module.load(), fingerprint };
    }),
  );
}

/** The cities of a snapshot, as analyses know them. */
export function analysedSources(
  sources: readonly Source[],
  { manifest }: Snapshot,
): readonly AnalysedSource[] {
  return sources
    .filter(({ adapter }) => manifest.sources.some(({ id }) => id === adapter.id))
    .map(({ adapter }) => ({ id: adapter.id, city: adapter.city, timeZone: adapter.timeZone }));
}

/** Checks a `--source` value against the registered adapters; returns the adapter's id. */
export function checkSource(sources: readonly Source[], given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const id = given.toLowerCase();
  if (sources.some(({ adapter }) => adapter.id === id)) return id;
  throw new CrimeTrackerError(`There is no source "${given}".`, {
    code: 'source-unknown',
    exitCode: EXIT_CODES.usage,
    hint: `Known sources: ${sources.map(({ adapter }) => adapter.id).join(', ')}.`,
  });
}

/** Digest of a package's compiled code and code tables. */
async function packageDigest(name: string): Promise<string> {
  const root = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  const digest = createHash('sha256');
  for (const part of ['dist', 'tables']) {
    const folder = join(root, part);
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    for (const file of files
      .filter((path) => /\.(js|csv|json)$/.test(path) && !path.includes('.test.'))
      .sort()) {
      digest.update(file).update(await readFile(join(folder, file)));
    }
  }
  return digest.digest('hex');
}
