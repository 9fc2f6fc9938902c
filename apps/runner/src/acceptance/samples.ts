import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real rows of many vintages; not part of this repository. */
const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

export const samplesAbsent = existsSync(DATA)
  ? null
  : 'the folder ../shared/data with real sample rows is absent';

/** The real NYPD and LAPD sample files, ten of them. */
export function sampleFiles(): readonly string[] {
  return ['nypd', 'lapd'].flatMap((city) =>
    readdirSync(join(DATA, city))
      .filter((name) => name.endsWith('.csv.gz'))
      .sort()
      .map((name) => join(DATA, city, name)),
  );
}

export const manifestFile = join(DATA, 'MANIFEST.csv');
