import type { CityCounts, CountRequest, Filters } from '@crimetracker/crossfilter';
import { proxy, wrap } from 'comlink';
import type { CountSource } from '../count-source.js';
import type { Catalogue, CityEntry } from '../documents.js';
import { countAgain } from '../store.js';
import { firstYearNeeded, yearsText, yearsToLoad } from './needed-years.js';
import { furtherYears, loadingYears } from './shard-progress.js';
import type { ShardWorker } from './shard-worker.js';

/**
 * Counts in a worker of the page, from shards that are loaded as they are needed: the years of the catalogue's window
 * first, earlier ones when the range, or the days it is held against, reach back to them.
 */
export function shardCounts({ snapshot, cities, window }: Catalogue): CountSource {
  const worker = wrap<ShardWorker>(
    new Worker(new URL('./shard-worker.ts', import.meta.url), { type: 'module' }),
  );
  const base = new URL(`data/${snapshot}/`, document.baseURI).href;
  /** First year of each city that is loaded. */
  const firstLoaded = new Map<string, number>();
  let turn: Promise<unknown> = Promise.resolve();

  const load = async (wanted: readonly (readonly [CityEntry, number])[]): Promise<void> => {
    const parts = wanted
      .map(([city, first]) => [city, yearsToLoad(city, first, firstLoaded.get(city.source))] as const)
      .filter(([, years]) => years.length > 0);
    if (parts.length === 0) return;
    const all = parts.flatMap(([, years]) => years);
    const bytes = all.reduce((sum, year) => sum + year.bytes, 0);
    const years = yearsText(all.map(({ year }) => year));
    let loaded = 0;
    loadingYears.value = { years, bytes, loaded };
    const onBytes = proxy((more: number) => {
      loaded += more;
      loadingYears.value = { years, bytes, loaded: Math.min(loaded, bytes) };
    });
    try {
      await Promise.all(
        parts.map(async ([city, own]) => {
          const names = own.map(({ year }) => year);
          await worker.load(base, city, names, onBytes);
          firstLoaded.set(city.source, Math.min(...names));
        }),
      );
      offerFurther();
    } finally {
      loadingYears.value = undefined;
    }
  };

  const offerFurther = (): void => {
    const missing = cities.flatMap((city) => {
      const first = firstLoaded.get(city.source);
      return first === undefined ? [] : yearsToLoad(city, 0, first);
    });
    if (missing.length === 0) {
      furtherYears.value = undefined;
      return;
    }
    furtherYears.value = {
      from: String(Math.max(...firstLoaded.values())),
      years: yearsText(missing.map(({ year }) => year)),
      bytes: missing.reduce((sum, { bytes }) => sum + bytes, 0),
      load: () => {
        void inTurn(() =>
          load(cities.filter(({ source }) => firstLoaded.has(source)).map((city) => [city, 0])),
        ).then(countAgain, countAgain);
      },
    };
  };

  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const own = turn.then(work);
    turn = own.catch(() => undefined);
    return own;
  };

  const firstOf = (filters: Filters, city: CityEntry): number => {
    const needed = firstYearNeeded(filters, city);
    const first = window === null ? needed : Math.min(needed, Number(window.from.slice(0, 4)));
    return Math.max(first, Number(city.range.from.slice(0, 4)));
  };

  return {
    count: (request: CountRequest, signal: AbortSignal): Promise<readonly CityCounts[]> =>
      // One at a time: what was asked meanwhile and is not wanted any more is never counted.
      inTurn(async () => {
        signal.throwIfAborted();
        const { source } = request.filters;
        const shown = cities.filter((city) => source === undefined || source.includes(city.source));
        await load(shown.map((city) => [city, firstOf(request.filters, city)]));
        signal.throwIfAborted();
        return worker.count(
          shown.map((city) => city.source),
          request,
        );
      }),
  };
}
