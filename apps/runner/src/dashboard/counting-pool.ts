import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CityCounts, CityTally, CountRequest } from '@crimetracker/crossfilter';
import { addAll, filtersToQuery, tellCounts } from '@crimetracker/crossfilter';
import type { CountingResult, CountingTask, CountingWork } from './counting-worker.js';
import type { CityFiles } from './dashboard-files.js';
import { readCityFiles } from './dashboard-files.js';
import type { DashboardFolder } from './dashboard-folder.js';
import { Packable } from './packable.js';

const MOST_THREADS = 4;
/** Requests that wait at most; more are turned away, so that those that wait are answered in time. */
const MOST_WAITING = 1_000;
/** Requests that threads have at a time: one to work on, one to go on with. */
const AT_ONCE = 2;
/** Bytes of answers that are kept, and of tallies of whole years that all threads keep together. */
const KEPT_ANSWER_BYTES = 48 * 2 ** 20;
const KEPT_TALLY_BYTES = 256 * 2 ** 20;
const RESTART_MS = 1_000;

/** Says that too many requests wait. */
export class TooBusy extends Error {}
/** Says that the snapshot is not served any more. */
export class Closed extends Error {}

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
  readonly answer: Deferred<Packable>;
  readonly tallies: Map<string, CityTally>;
  /** Threads that have not answered yet. */
  left: number;
  /** Who still wants the answer. */
  readers: number;
}

/** Counts in threads, each of which holds its own part of the years of every city; equal requests are counted once. */
export class CountingPool {
  readonly #dashboard: DashboardFolder;
  readonly #cities: readonly CityFiles[];
  readonly #onProblem: (problem: string) => void;
  #threads: readonly Worker[] = [];
  readonly #queue: Waiting[] = [];
  readonly #running = new Map<number, Waiting>();
  readonly #open = new Map<string, Waiting>();
  /** Answers, the latest used last. */
  readonly #kept = new Map<string, Packable>();
  #keptBytes = 0;
  #nextId = 1;
  #isClosed = false;

  private constructor(
    dashboard: DashboardFolder,
    cities: readonly CityFiles[],
    onProblem: (problem: string) => void,
  ) {
    this.#dashboard = dashboard;
    this.#cities = cities;
    this.#onProblem = onProblem;
  }

  /** Starts the threads and waits until they have read their shards. A thread that fails later is told, and all start anew. */
  static async start(
    dashboard: DashboardFolder,
    onProblem: (problem: string) => void,
  ): Promise<CountingPool> {
    const { path, catalogue } = dashboard;
    const cities = await Promise.all(catalogue.cities.map((entry) => readCityFiles(path, entry)));
    const pool = new CountingPool(dashboard, cities, onProblem);
    await pool.#startThreads();
    return pool;
  }

  async #startThreads(): Promise<void> {
    const threads = startThreads(this.#dashboard);
    try {
      await Promise.all(threads.map(whenReady));
    } catch (error) {
      await Promise.all(threads.map((thread) => thread.terminate()));
      throw error;
    }
    for (const thread of threads) {
      thread.on('message', (result: CountingResult) => this.#receive(result));
      thread.on('error', (error) => void this.#restart(error));
    }
    this.#threads = threads;
    if (this.#isClosed) await this.close();
    else this.#dispatch();
  }

  /** The counts of a request as JSON `{"counts": […]}`. Rejects with TooBusy, Closed, or when `signal` is aborted. */
  async count(request: CountRequest, signal: AbortSignal): Promise<Packable> {
    if (this.#isClosed) throw new Closed();
    const key = `${request.resolution ?? ''} ${filtersToQuery(request.filters)}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    let waiting = this.#open.get(key);
    if (waiting === undefined) {
      if (this.#queue.length >= MOST_WAITING) throw new TooBusy();
      waiting = { key, request, answer: defer(), tallies: new Map(), left: 0, readers: 0 };
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

  /** Ends the threads; who waits is told that the snapshot is not served any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectAll(new Closed());
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #dispatch(): void {
    while (this.#threads.length > 0 && this.#running.size < AT_ONCE) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const id = this.#nextId;
      this.#nextId += 1;
      next.left = this.#threads.length;
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
    if (waiting.readers === 0) return;
    const answer = new Packable(Buffer.from(JSON.stringify({ counts: this.#tell(waiting) })));
    this.#keep(waiting.key, answer);
    waiting.answer.resolve(answer);
  }

  #tell({ request, tallies }: Waiting): readonly CityCounts[] {
    return this.#cities.flatMap(({ index }) => {
      const tally = tallies.get(index.source);
      return tally === undefined ? [] : [tellCounts(index, request, tally)];
    });
  }

  #keep(key: string, answer: Packable): void {
    this.#keptBytes += answer.bytes - (this.#kept.get(key)?.bytes ?? 0);
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    for (const [oldest, old] of this.#kept) {
      if (this.#keptBytes <= KEPT_ANSWER_BYTES) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= old.bytes;
    }
  }

  /** Takes out of the queue what nobody waits for any more. */
  #drop(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place < 0) return;
    this.#queue.splice(place, 1);
    this.#open.delete(waiting.key);
  }

  #rejectAll(error: unknown): void {
    for (const waiting of this.#open.values()) waiting.answer.reject(error);
    this.#open.clear();
    this.#running.clear();
    this.#queue.length = 0;
  }

  /** After the failure of a thread: what was asked is lost, what is asked from now on waits for new threads. */
  async #restart(cause: unknown): Promise<void> {
    const threads = this.#threads;
    if (this.#isClosed || threads.length === 0) return;
    this.#threads = [];
    this.#onProblem(`Counting failed and starts anew: ${String(cause)}`);
    this.#rejectAll(new TooBusy());
    await Promise.all(threads.map((thread) => thread.terminate()));
    while (this.#threads.length === 0 && !this.#isClosed) {
      await sleep(RESTART_MS);
      await this.#startThreads().catch((error: unknown) =>
        this.#onProblem(`Counting cannot start: ${String(error)}`),
      );
    }
  }
}

/** One thread a core, each with about as many incidents as the others. */
function startThreads({ path, catalogue }: DashboardFolder): readonly Worker[] {
  const shards = catalogue.cities
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
  const keptBytes = Math.floor(KEPT_TALLY_BYTES / (count * Math.max(1, catalogue.cities.length)));
  return parts.map(
    (part) =>
      new Worker(new URL('./counting-worker.js', import.meta.url), {
        workerData: { folder: path, shards: part.shards, keptBytes } satisfies CountingWork,
      }),
  );
}

function whenReady(thread: Worker): Promise<void> {
  return new Promise<void>((done, fail) => {
    thread.once('message', () => {
      thread.off('error', fail);
      done();
    });
    thread.once('error', fail);
  });
}
