import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzip } from 'node:zlib';
import type { CityTally, CountRequest } from '@crimetracker/crossfilter';
import { CityCounter, readShard } from '@crimetracker/crossfilter';
import { readCatalogue, readCityFiles, shardFile } from './dashboard-files.js';

/** What a counting thread is given: the folder, the shards that are its own, and how much it may keep. */
export interface CountingWork {
  readonly folder: string;
  readonly shards: readonly { readonly source: string; readonly year: number }[];
  /** Bytes of tallies of whole years that each counter of a city keeps. */
  readonly keptBytes: number;
}

export interface CountingTask {
  readonly id: number;
  readonly request: CountRequest;
}

/** Tallies by source, or why there are none. */
export interface CountingResult {
  readonly id: number;
  readonly tallies?: readonly (readonly [source: string, tally: CityTally])[];
  readonly problem?: string;
}

const unpack = promisify(gunzip);
const { folder, shards, keptBytes } = workerData as CountingWork;
const counters = new Map<string, CityCounter>();
for (const entry of (await readCatalogue(folder)).cities) {
  const { source } = entry;
  const years = shards.filter((shard) => shard.source === source);
  if (years.length === 0) continue;
  const { index, places } = await readCityFiles(folder, entry);
  const own = [];
  for (const { year } of years) {
    own.push(readShard(await unpack(await readFile(join(folder, shardFile(source, year))))));
  }
  counters.set(source, new CityCounter(index, places, own, keptBytes));
}

parentPort?.on('message', ({ id, request }: CountingTask) => {
  let result: CountingResult;
  try {
    const { source: wanted } = request.filters;
    const tallies = [...counters]
      .filter(([source]) => wanted?.includes(source) ?? true)
      .map(([source, counter]) => [source, counter.tally(request)] as const);
    result = { id, tallies };
  } catch (error) {
    result = { id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(result, result.tallies?.map(([, tally]) => tally.buffer) ?? []);
});
parentPort?.postMessage({ id: 0, tallies: [] } satisfies CountingResult);

/** What readers are likely to choose is counted in advance, a shard at a time, between requests. */
const advance = [...counters.values()].map((counter) => counter.prepare());
function goOn(): void {
  const [next] = advance;
  if (next === undefined) return;
  if (next.next().done) advance.shift();
  setTimeout(goOn, 1);
}
goOn();
