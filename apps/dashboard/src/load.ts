import { dateText } from '@crimetracker/analysis-kit/words';
import { batch, signal } from '@preact/signals';
import type { CountSource } from './count-source.js';
import { askServer, SnapshotReplaced, serverCounts } from './count-source.js';
import type { Catalogue, Current } from './documents.js';
import { catalogue, countSource, counts, filters, mapResolution } from './store.js';

/** Why the page cannot be shown at all. */
export const loadProblem = signal<string | undefined>(undefined);
/** Something that happened to the page by itself, to be told politely. */
export const notice = signal<string | undefined>(undefined);
/** Whether the last look for newer data found nobody. */
export const isDisconnected = signal(false);

const LOOK_AGAIN_MS = 30_000;

async function fetchJson<Document>(address: string, init?: RequestInit): Promise<Document> {
  const answer = await askServer(address, init);
  if (!answer.ok) throw new Error(`${address} could not be loaded (${answer.status}).`);
  return (await answer.json()) as Document;
}

const documents = new Map<string, Promise<unknown>>();

/** A document of the shown snapshot, by its name such as `quality.json`; asked for once. */
export function loadDocument<Document>(name: string): Promise<Document> {
  const address = `data/${catalogue.value?.snapshot ?? ''}/${name}`;
  let loading = documents.get(address);
  if (loading === undefined) {
    loading = fetchJson(address);
    loading.catch((error: unknown) => {
      documents.delete(address);
      if (error instanceof SnapshotReplaced) followSnapshot();
    });
    documents.set(address, loading);
  }
  return loading as Promise<Document>;
}

async function countSourceOf({ snapshot, mode }: Current, next: Catalogue): Promise<CountSource> {
  if (mode === 'server') return serverCounts(snapshot);
  const { shardCounts } = await import('./static/shard-counts.js');
  return shardCounts(next);
}

/** Loads what the first view needs; later on, moves to a newer snapshot at once, when its counts are there. */
async function loadCurrent(): Promise<void> {
  const current = await fetchJson<Current>('data/current.json', { cache: 'no-cache' });
  const shown = catalogue.peek();
  if (current.snapshot === shown?.snapshot) return;
  const next = await fetchJson<Catalogue>(`data/${current.snapshot}/catalogue.json`);
  const source = await countSourceOf(current, next);
  if (shown === undefined) {
    batch(() => {
      catalogue.value = next;
      countSource.value = source;
      loadProblem.value = undefined;
    });
    return;
  }
  // Counts of one snapshot under the names of another would be wrong, so both change together.
  const asked = { ...next.defaultRange, ...filters.peek() };
  const cities = await source.count(
    { filters: asked, resolution: mapResolution.peek() },
    new AbortController().signal,
  );
  batch(() => {
    catalogue.value = next;
    countSource.value = source;
    counts.value = { cities, filters: asked, isLoading: false };
    notice.value = `New data: up to ${dateText(
      next.cities
        .map(({ range }) => range.to)
        .sort()
        .at(-1) ?? '',
    )}, snapshot of ${dateText(next.builtAt.slice(0, 10))}.`;
  });
  documents.clear();
}

let looking: Promise<void> | undefined;

/** Looks for a newer snapshot and moves to it. */
export function followSnapshot(): void {
  if (looking !== undefined) return;
  looking = loadCurrent()
    .then(
      () => {
        isDisconnected.value = false;
      },
      (error: unknown) => {
        if (catalogue.peek() === undefined)
          loadProblem.value = error instanceof Error ? error.message : String(error);
        else isDisconnected.value = true;
      },
    )
    .finally(() => {
      looking = undefined;
    });
}

/** Loads the page and looks for newer data as long as it is seen. */
export function startLoading(): void {
  followSnapshot();
  const lookIfSeen = (): void => {
    if (document.visibilityState === 'visible') followSnapshot();
  };
  setInterval(lookIfSeen, LOOK_AGAIN_MS);
  document.addEventListener('visibilitychange', lookIfSeen);
  addEventListener('online', lookIfSeen);
}
