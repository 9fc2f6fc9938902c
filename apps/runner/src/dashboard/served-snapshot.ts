import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, CitySchedule } from '@crimetracker/dashboard/documents';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot } from '@crimetracker/lake';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { HOTSPOT_MARTS } from '../marts/hotspot-marts.js';
import { attachTables } from '../marts/table-set.js';
import { TREND_MARTS } from '../marts/trend-marts.js';
import { CountingPool, TooBusy } from './counting-pool.js';
import type { DashboardChoice } from './dashboard-folder.js';
import { CATALOGUE, documentNames, ensureDashboard } from './dashboard-folder.js';
import type { ScheduleChoice } from './schedule-view.js';
import { viewSchedule } from './schedule-view.js';

/** Schedules that are kept, and those that may wait for the one that is being made. */
const KEPT_SCHEDULES = 50;
const WAITING_SCHEDULES = 4;

/** A snapshot as it is served: its documents, its counts, its schedules. */
export class ServedSnapshot {
  readonly id: string;
  readonly pool: CountingPool;
  readonly #context: CommandContext;
  readonly #snapshot: Snapshot;
  readonly #documents: ReadonlyMap<string, Buffer>;
  readonly #schedules = new Map<string, Promise<CitySchedule>>();
  #lastSchedule: Promise<unknown> = Promise.resolve();
  #waitingSchedules = 0;

  private constructor(
    context: CommandContext,
    snapshot: Snapshot,
    pool: CountingPool,
    documents: ReadonlyMap<string, Buffer>,
  ) {
    this.id = snapshot.manifest.id;
    this.pool = pool;
    this.#context = context;
    this.#snapshot = snapshot;
    this.#documents = documents;
  }

  /** Makes what is missing and reads it; the snapshot may go afterwards. */
  static async open(
    context: CommandContext,
    snapshot: Snapshot,
    choice: DashboardChoice,
    tiles: Catalogue['tiles'],
  ): Promise<ServedSnapshot> {
    const dashboard = await ensureDashboard(context, snapshot, choice);
    const pool = await CountingPool.start(dashboard);
    const names = (await documentNames(dashboard)).filter((name) => !name.endsWith('.gz'));
    const documents = new Map<string, Buffer>();
    for (const name of names) documents.set(name, await readFile(join(dashboard.path, name)));
    documents.set(CATALOGUE, Buffer.from(JSON.stringify({ ...dashboard.catalogue, tiles })));
    return new ServedSnapshot(context, snapshot, pool, documents);
  }

  document(name: string): Buffer | undefined {
    return this.#documents.get(name);
  }

  hasCity(source: string): boolean {
    return this.#snapshot.manifest.sources.some(({ id }) => id === source);
  }

  /** Makes a schedule, one at a time; rejects with TooBusy when several wait. */
  schedule(choice: ScheduleChoice): Promise<CitySchedule> {
    const key = `${choice.source} ${choice.units} ${choice.shift}`;
    const known = this.#schedules.get(key);
    if (known !== undefined) return known;
    if (this.#waitingSchedules >= WAITING_SCHEDULES) return Promise.reject(new TooBusy());
    this.#waitingSchedules += 1;
    const made = this.#lastSchedule.then(() => this.#makeSchedule(choice));
    this.#lastSchedule = made.then(
      () => {
        this.#waitingSchedules -= 1;
      },
      () => {
        this.#waitingSchedules -= 1;
        this.#schedules.delete(key);
      },
    );
    this.#schedules.set(key, made);
    const [oldest] = this.#schedules.keys();
    if (this.#schedules.size > KEPT_SCHEDULES && oldest !== undefined) this.#schedules.delete(oldest);
    return made;
  }

  async #makeSchedule(choice: ScheduleChoice): Promise<CitySchedule> {
    const engine = await openEngine(this.#context);
    try {
      await attachSnapshot(engine, this.#snapshot);
      await attachTables(engine, this.#snapshot, TREND_MARTS);
      await attachTables(engine, this.#snapshot, HOTSPOT_MARTS);
      return await viewSchedule(engine, this.#snapshot, choice, this.#context.signal);
    } finally {
      await engine.close();
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
