import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineUnderTest } from '../testing/engine-check.js';
import type { DuckDbOptions } from './duckdb-engine.js';
import { openDuckDb } from './duckdb-engine.js';

/** Opens a DuckDB for the contract suite, with a folder of its own that close() removes. */
export async function openTestEngine(options: DuckDbOptions = {}): Promise<EngineUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-engine-'));
  const engine = await openDuckDb({
    threads: 2,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'temporary'),
    ...options,
  });
  return {
    engine,
    location: (name) => join(folder, 'tables', name),
    async writeFile(name, text) {
      const file = join(folder, name);
      await writeFile(file, text);
      return file;
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
