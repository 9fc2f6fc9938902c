import { signal } from '@preact/signals';
import { serverCounts } from './count-source.js';
import type { Catalogue, Current } from './documents.js';
import { catalogue, countSource } from './store.js';

/** Why the page cannot be shown at all. */
export const loadProblem = signal<string | undefined>(undefined);

async function fetchJson<Document>(address: string, init?: RequestInit): Promise<Document> {
  const answer = await fetch(address, init);
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
    loading.catch(() => documents.delete(address));
    documents.set(address, loading);
  }
  return loading as Promise<Document>;
}

/** Loads what the first view needs. */
export async function loadCurrent(): Promise<void> {
  const { snapshot } = await fetchJson<Current>('data/current.json', { cache: 'no-cache' });
  if (snapshot === catalogue.peek()?.snapshot) return;
  catalogue.value = await fetchJson<Catalogue>(`data/${snapshot}/catalogue.json`);
  countSource.value = serverCounts(snapshot);
  loadProblem.value = undefined;
}
