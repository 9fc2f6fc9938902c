import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, CitySchedule } from '@crimetracker/dashboard/documents';
import type { Snapshot } from '@crimetracker/lake';
import type { CommandContext } from '../context.js';
import { inBackground } from './background.js';
import { Closed, CountingPool, TooBusy } from './counting-pool.js';
import { CATALOGUE } from './dashboard-files.js';
import type { DashboardChoice } from './dashboard-folder.js';
import { documentNames, ensureDashboard, findDashboard } from './dashboard-folder.js';
import { Packable } from './packable.js';
import type { ScheduleChoice } from './schedule-view.js';

/** Schedules that are kept, and those that may wait for the one that is being made. */
const KEPT_SCHEDULES = 50;
const WAITING_SCHEDULES = 4;
const PACKED_BEST = 9;

/** A snapshot as it is served: its documents, its counts, its schedules. */
export class ServedSnapshot {
  readonly id: string;
  readonly pool: CountingPool;
  readonly #context: CommandContext;
  readonly #sources: readonly string[];
  readonly #documents: ReadonlyMap<string, Packable>;
  readonly #schedules = new Map<string, Promise<CitySchedule>>();
  readonly #closing = new AbortController();
  #lastSchedule: Promise<unknown> = Promise.resolve();
  #waitingSchedules = 0;

  private constructor(
    context: CommandContext,
    catalogue: Catalogue,
    pool: CountingPool,
    documents: ReadonlyMap<string, Packable>,
  ) {
    this.id = catalogue.snapshot;
    this.pool = pool;
    this.#context = context;
    this.#sources = catalogue.cities.map(({ source }) => source);
    this.#documents = documents;
  }

  /** Makes what is missing, in the background, and reads it; documents and counts do without the snapshot afterwards. */
  static async open(
    context: CommandContext,
    snapshot: Snapshot,
    choice: DashboardChoice,
    tiles: Catalogue['tiles'],
  ): Promise<ServedSnapshot> {
    if ((await findDashboard(snapshot, choice)) === undefined) {
      const { settings } = context;
      await inBackground({ kind: 'dashboard', settings, snapshot: snapshot.manifest.id, choice }, context);
    }
    const dashboard = await ensureDashboard(context, snapshot, choice);
    const pool = await CountingPool.start(dashboard, (problem) => context.console.err.write(`${problem}\n`));
    // Shards are for pages without a server.
    const names = (await documentNames(dashboard)).filter((name) => !name.startsWith('shard-'));
    const documents = new Map<string, Packable>();
    for (const name of names) {
      documents.set(name, new Packable(await readFile(join(dashboard.path, name)), PACKED_BEST));
    }
    const catalogue = { ...dashboard.catalogue, tiles };
    documents.set(CATALOGUE, new Packable(Buffer.from(JSON.stringify(catalogue)), PACKED_BEST));
    return new ServedSnapshot(context, catalogue, pool, documents);
  }

  document(name: string): Packable | undefined {
    return this.#documents.get(name);
  }

  hasCity(source: string): boolean {
    return this.#sources.includes(source);
  }

  /** Makes a schedule, one at a time; rejects with TooBusy when several wait. */
  schedule(choice: ScheduleChoice): Promise<CitySchedule> {
    const key = `${choice.source} ${choice.units} ${choice.shift}`;
    const known = this.#schedules.get(key);
    if (known !== undefined) return known;
    if (this.#waitingSchedules >= WAITING_SCHEDULES) return Promise.reject(new TooBusy());
    this.#waitingSchedules += 1;
    const made = this.#lastSchedule.then(() => this.#makeSchedule(choice));
    this.#lastSchedule = made
      .catch(() => this.#schedules.delete(key))
      .finally(() => {
        this.#waitingSchedules -= 1;
      });
    this.#schedules.set(key, made);
    const [oldest] = this.#schedules.keys();
    if (this.#schedules.size > KEPT_SCHEDULES && oldest !== undefined) this.#schedules.delete(oldest);
    return made;
  }

  #makeSchedule(choice: ScheduleChoice): Promise<CitySchedule> {
    const { settings } = this.#context;
    const task = { kind: 'schedule', settings, snapshot: this.id, choice } as const;
    const { signal } = this.#closing;
    return inBackground(task, { signal }).catch((error: unknown) => {
      throw signal.aborted ? new Closed() : error;
    }) as Promise<CitySchedule>;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.pool.close();
  }
}
