import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzip } from 'node:zlib';
import type { CityTally, CountRequest } from '@crimetracker/crossfilter';
import { CityCounter, readShard } from '@crimetracker/crossfilter';
import { placesFile, shardFile, toCityFiles } from './dashboard-files.js';

/** What a counting thread is given: the folder, and the shards that are its own. */
export interface CountingWork {
  readonly folder: string;
  readonly shards: readonly { readonly source: string; readonly year: number }[];
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
const { folder, shards } = workerData as CountingWork;
const counters = new Map<string, CityCounter>();
for (const source of new Set(shards.map((shard) => shard.source))) {
  const { index, places } = toCityFiles(JSON.parse(await readFile(join(folder, placesFile(source)), 'utf8')));
  const own = [];
  for (const shard of shards.filter((one) => one.source === source)) {
    own.push(readShard(await unpack(await readFile(join(folder, shardFile(source, shard.year))))));
  }
  counters.set(source, new CityCounter(index, places, own));
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
    result = { id, problem: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(result, result.tallies?.map(([, tally]) => tally.buffer) ?? []);
});
parentPort?.postMessage({ id: 0, tallies: [] } satisfies CountingResult);
