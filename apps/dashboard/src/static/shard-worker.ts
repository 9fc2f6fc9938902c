import type {
  CityCounts,
  CityIndex,
  CountRequest,
  MapResolution,
  Places,
  Shard,
} from '@crimetracker/crossfilter';
import { CityCounter, MAP_RESOLUTIONS, readShard, tellCounts } from '@crimetracker/crossfilter';
import { expose } from 'comlink';
import type { CityEntry, ShardPlaces } from '../documents.js';
import { loadedRange } from './needed-years.js';

interface LoadedCity {
  readonly entry: CityEntry;
  readonly places: Places;
  readonly shards: Map<number, Shard>;
  /** Made anew when shards have come. */
  counter?: { readonly index: CityIndex; readonly counter: CityCounter };
}

const GZIP = [0x1f, 0x8b] as const;
const cities = new Map<string, Promise<LoadedCity>>();

async function fetchJson<Document>(address: string): Promise<Document> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`A file of this page is missing (${answer.status}).`);
  return (await answer.json()) as Document;
}

async function openCity(base: string, entry: CityEntry): Promise<LoadedCity> {
  const { source } = entry;
  const lists = MAP_RESOLUTIONS.map((resolution) =>
    fetchJson<readonly string[]>(`${base}cells-${source}-${resolution}.json`),
  );
  const [[seven = [], eight = [], nine = []], cellOf] = await Promise.all([
    Promise.all(lists),
    fetchJson<ShardPlaces>(`${base}shard-places-${source}.json`),
  ]);
  const numbers = (resolution: MapResolution): Uint32Array => Uint32Array.from(cellOf[resolution]);
  return {
    entry,
    places: {
      cells: { 7: seven, 8: eight, 9: nine },
      cellOf: { 7: numbers(7), 8: numbers(8), 9: numbers(9) },
    },
    shards: new Map(),
  };
}

/** The bytes of a file; a server may have taken the compression off already. */
async function fetchBytes(address: string, onBytes: (bytes: number) => void): Promise<Uint8Array> {
  const answer = await fetch(address);
  if (!answer.ok || answer.body === null)
    throw new Error(`A file of this page is missing (${answer.status}).`);
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes(chunk.byteLength);
        controller.enqueue(new Uint8Array(chunk));
      },
    }),
  );
  const bytes = new Uint8Array(await new Response(counted).arrayBuffer());
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

const api = {
  /** Loads years of a city; `base` is the absolute address of the folder of the snapshot. */
  async load(
    base: string,
    entry: CityEntry,
    years: readonly number[],
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    const opening = cities.get(entry.source) ?? openCity(base, entry);
    cities.set(entry.source, opening);
    opening.catch(() => cities.delete(entry.source));
    const city = await opening;
    // All or none: with a gap between the years, sums over them would be wrong.
    const shards = await Promise.all(
      years.map(async (year) =>
        readShard(await fetchBytes(`${base}shard-${entry.source}-${year}.bin.gz`, onBytes)),
      ),
    );
    for (const shard of shards) city.shards.set(shard.year, shard);
    delete city.counter;
  },

  /** Counts in the years that are loaded. */
  async count(sources: readonly string[], request: CountRequest): Promise<readonly CityCounts[]> {
    const counted: CityCounts[] = [];
    for (const source of sources) {
      const city = await cities.get(source);
      if (city === undefined) throw new Error('Nothing of this city is loaded.');
      city.counter ??= counterOf(city);
      const { index, counter } = city.counter;
      counted.push(tellCounts(index, request, counter.tally(request)));
    }
    return counted;
  },
};
export type ShardWorker = typeof api;

function counterOf({ entry, places, shards }: LoadedCity): NonNullable<LoadedCity['counter']> {
  const range = loadedRange(entry, Math.min(...shards.keys()));
  const index: CityIndex = { ...entry, range, cells: places.cells };
  return { index, counter: new CityCounter(index, places, [...shards.values()]) };
}

expose(api);
