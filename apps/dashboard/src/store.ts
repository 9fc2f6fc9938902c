import type { CityCounts, DateRange, FilterName, Filters, MapResolution } from '@crimetracker/crossfilter';
import { filtersFromQuery, filtersToQuery } from '@crimetracker/crossfilter';
import { computed, effect, signal } from '@preact/signals';
import type { CountSource } from './count-source.js';
import { SnapshotReplaced } from './count-source.js';
import type { Catalogue, CityEntry } from './documents.js';
import { FILTER_LABELS } from './filters/filter-words.js';
import type { FilterChanges } from './filters/narrow-cities.js';
import { narrowCities } from './filters/narrow-cities.js';

/** What the page knows and what was chosen; views read these signals and change them by the functions below. */
export const catalogue = signal<Catalogue | undefined>(undefined);
export const countSource = signal<CountSource | undefined>(undefined);

/** The filters as they stand in the address; a filter that is not there is not set. */
export const filters = signal<Filters>({});
/** What is wrong with the address, when it cannot be read. */
export const addressProblem = signal<string | undefined>(undefined);

/** Resolution of the cells of the map; the map sets it by its zoom. */
export const mapResolution = signal<MapResolution>(8);

export interface CountsState {
  /** The last answer, of all cities that are shown; it stays while the next one is awaited. */
  readonly cities: readonly CityCounts[];
  /** The filters that it answers. */
  readonly filters: Filters;
  readonly isLoading: boolean;
  readonly problem?: string;
}
export const counts = signal<CountsState>({ cities: [], filters: {}, isLoading: true });

/** Days of all data, of all cities together. */
export const dataRange = computed<DateRange>(() => {
  const ranges = catalogue.value?.cities.map(({ range }) => range) ?? [];
  const froms = ranges.map(({ from }) => from).sort();
  const tos = ranges.map(({ to }) => to).sort();
  return { from: froms[0] ?? '', to: tos.at(-1) ?? '' };
});

/** The days that are shown: chosen ones, or those of the catalogue. */
export const shownRange = computed<DateRange>(() => {
  const usual = catalogue.value?.defaultRange ?? { from: '', to: '' };
  return { from: filters.value.from ?? usual.from, to: filters.value.to ?? usual.to };
});

/** The cities that are shown. */
export const shownCities = computed<readonly CityEntry[]>(() => {
  const chosen = filters.value.source;
  return (catalogue.value?.cities ?? []).filter(
    ({ source }) => chosen === undefined || chosen.includes(source),
  );
});

/** The filters with which is counted: those of the address with the days that are shown. */
export const countedFilters = computed<Filters>(() => ({ ...filters.value, ...shownRange.value }));

/** Sets or (undefined) clears some filters at once. */
export function changeFilters(changes: FilterChanges): void {
  const next: Record<string, unknown> = { ...filters.value };
  const all = narrowCities(filters.value, changes, catalogue.value?.cities ?? []);
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) delete next[name];
    else next[name] = value;
  }
  showFilters(next as Filters);
}

/** Adds a value to a filter of several values, or takes it out. */
export function toggleValue<Name extends Exclude<FilterName, 'from' | 'to'>>(
  name: Name,
  value: NonNullable<Filters[Name]>[number],
): void {
  const chosen: readonly unknown[] = filters.value[name] ?? [];
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  changeFilters({ [name]: next });
}

export function resetFilters(): void {
  showFilters({});
}

/** Puts filters into the address, as a new place in the history unless they stand there already. */
function showFilters(next: Filters): void {
  const read = filtersFromQuery(filtersToQuery(next));
  if (!read.success) {
    addressProblem.value = read.error.issues[0]?.message ?? 'These filters exclude each other.';
    return;
  }
  addressProblem.value = undefined;
  const query = filtersToQuery(read.data).toString();
  const address = `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`;
  if (address !== `${location.pathname}${location.search}${location.hash}`)
    history.pushState(null, '', address);
  filters.value = read.data;
}

function unreadableText(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  const [name] = issue?.path ?? [];
  const label = FILTER_LABELS[name as FilterName] as string | undefined;
  return `The filters of this address cannot be read${label === undefined ? '' : ` (${label.toLowerCase()})`}. ${issue?.message ?? ''}`;
}

/** Takes the filters from the address, now and whenever the user goes back or forth. */
export function followAddress(): void {
  const read = (): void => {
    const parsed = filtersFromQuery(new URLSearchParams(location.search));
    filters.value = parsed.success ? parsed.data : {};
    addressProblem.value = parsed.success ? undefined : unreadableText(parsed.error.issues[0]);
  };
  addEventListener('popstate', read);
  read();
}

const tries = signal(0);

/** Counts once more, after a problem. */
export function countAgain(): void {
  tries.value += 1;
}

/**
 * Counts anew whenever filters, resolution or the source of counts change; an answer that comes late is dropped.
 * @param onReplaced called when the snapshot that is shown is no longer served
 */
export function followFilters(onReplaced: () => void): void {
  let running: AbortController | undefined;
  effect(() => {
    tries.value;
    const source = countSource.value;
    const asked = countedFilters.value;
    const resolution = mapResolution.value;
    if (source === undefined) return;
    running?.abort();
    const own = new AbortController();
    running = own;
    const { problem: _, ...last } = counts.peek();
    counts.value = { ...last, isLoading: true };
    source.count({ filters: asked, resolution }, own.signal).then(
      (cities) => {
        if (!own.signal.aborted) counts.value = { cities, filters: asked, isLoading: false };
      },
      (error: unknown) => {
        if (own.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        counts.value = { ...counts.peek(), isLoading: false, problem };
        if (error instanceof SnapshotReplaced) onReplaced();
      },
    );
  });
}
