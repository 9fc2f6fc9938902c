import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CityCounts, CityTally, CountRequest } from '@crimetracker/crossfilter';
import { addAll, filtersToQuery, tellCounts } from '@crimetracker/crossfilter';
import type { CountingResult, CountingTask, CountingWork } from './counting-worker.js';
import type { DashboardFolder } from './dashboard-folder.js';

const MOST_THREADS = 4;
/** Requests that wait at most; more are turned away, so that those that wait are answered in time. */
const MOST_WAITING = 1_000;
/** Requests that threads have at a time: one to work on, one to go on with. */
const AT_ONCE = 2;
/** Characters of answers that are kept. */
const KEPT_CHARACTERS = 48 * 2 ** 20;

/** Says that too many requests wait. */
export class TooBusy extends Error {}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

function defer<Value>(): Deferred<Value> {
  let settle: Pick<Deferred<Value>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) };
}

interface Waiting {
  readonly key: string;
  readonly request: CountRequest;
  readonly answer: Deferred<string>;
  readonly tallies: Map<string, CityTally>;
  /** Threads that have not answered yet. */
  left: number;
  /** Who still wants the answer. */
  readers: number;
}

/** Counts in threads, each of which holds its own part of the years of every city; equal requests are counted once. */
export class CountingPool {
  readonly #dashboard: DashboardFolder;
  readonly #threads: readonly Worker[];
  readonly #queue: Waiting[] = [];
  readonly #running = new Map<number, Waiting>();
  readonly #open = new Map<string, Waiting>();
  readonly #kept = new Map<string, string>();
  #keptCharacters = 0;
  #nextId = 1;

  private constructor(dashboard: DashboardFolder, threads: readonly Worker[]) {
    this.#dashboard = dashboard;
    this.#threads = threads;
    for (const thread of threads) {
      thread.on('message', (result: CountingResult) => this.#receive(result));
      thread.on('error', (error) => this.#fail(error));
    }
  }

  /** Starts the threads and waits until they have read their shards. */
  static async start(dashboard: DashboardFolder): Promise<CountingPool> {
    const shards = dashboard.catalogue.cities
      .flatMap(({ source, years }) => years.map(({ year, incidents }) => ({ source, year, incidents })))
      .sort((a, b) => b.incidents - a.incidents);
    const count = Math.max(1, Math.min(MOST_THREADS, availableParallelism(), shards.length));
    const parts: { load: number; readonly shards: { source: string; year: number }[] }[] = Array.from(
      { length: count },
      () => ({ load: 0, shards: [] }),
    );
    // The largest first, each to the thread with least.
    for (const { source, year, incidents } of shards) {
      const least = parts.reduce((a, b) => (b.load < a.load ? b : a));
      least.load += incidents;
      least.shards.push({ source, year });
    }
    const threads = parts.map(
      (part) =>
        new Worker(new URL('./counting-worker.js', import.meta.url), {
          workerData: { folder: dashboard.path, shards: part.shards } satisfies CountingWork,
        }),
    );
    await Promise.all(
      threads.map(
        (thread) =>
          new Promise<void>((done, fail) => {
            thread.once('message', () => done());
            thread.once('error', fail);
          }),
      ),
    );
    return new CountingPool(dashboard, threads);
  }

  /** The counts of a request as JSON text `{"counts": […]}`. Rejects with TooBusy, or when `signal` is aborted. */
  async count(request: CountRequest, signal: AbortSignal): Promise<string> {
    const key = `${request.resolution ?? ''} ${filtersToQuery(request.filters)}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    let waiting = this.#open.get(key);
    if (waiting === undefined) {
      if (this.#queue.length >= MOST_WAITING) throw new TooBusy();
      waiting = {
        key,
        request,
        answer: defer(),
        tallies: new Map(),
        left: this.#threads.length,
        readers: 0,
      };
      this.#open.set(key, waiting);
      this.#queue.push(waiting);
    }
    waiting.readers += 1;
    this.#dispatch();
    const own = waiting;
    const left = defer<never>();
    const leave = (): void => {
      own.readers -= 1;
      if (own.readers === 0) this.#drop(own);
      left.reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([own.answer.promise, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #dispatch(): void {
    while (this.#running.size < AT_ONCE) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const id = this.#nextId;
      this.#nextId += 1;
      this.#running.set(id, next);
      for (const thread of this.#threads) {
        thread.postMessage({ id, request: next.request } satisfies CountingTask);
      }
    }
  }

  #receive({ id, tallies, problem }: CountingResult): void {
    const waiting = this.#running.get(id);
    if (waiting === undefined) return;
    for (const [source, tally] of tallies ?? []) {
      const sum = waiting.tallies.get(source);
      if (sum === undefined) waiting.tallies.set(source, tally);
      else addAll(sum, tally);
    }
    waiting.left -= 1;
    if (problem !== undefined) waiting.answer.reject(new Error(problem));
    if (waiting.left > 0) return;
    this.#running.delete(id);
    this.#open.delete(waiting.key);
    this.#dispatch();
    const counts = this.#tell(waiting);
    const text = JSON.stringify({ counts });
    this.#keep(waiting.key, text);
    waiting.answer.resolve(text);
  }

  #tell({ request, tallies }: Waiting): readonly CityCounts[] {
    return this.#dashboard.cities.flatMap(({ index }) => {
      const tally = tallies.get(index.source);
      return tally === undefined ? [] : [tellCounts(index, request, tally)];
    });
  }

  #keep(key: string, text: string): void {
    this.#kept.set(key, text);
    this.#keptCharacters += text.length;
    for (const [oldest, old] of this.#kept) {
      if (this.#keptCharacters <= KEPT_CHARACTERS) return;
      this.#kept.delete(oldest);
      this.#keptCharacters -= old.length;
    }
  }

  /** Takes out of the queue what nobody waits for any more. */
  #drop(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place < 0) return;
    this.#queue.splice(place, 1);
    this.#open.delete(waiting.key);
  }

  #fail(error: unknown): void {
    for (const waiting of this.#open.values()) waiting.answer.reject(error);
  }
}
