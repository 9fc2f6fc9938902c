import type { Filters } from '@crimetracker/crossfilter';
import { effect, signal } from '@preact/signals';
import { counts, filters } from '../store.js';

/** An answer that comes sooner is drawn together with what was chosen, in one frame; else what was chosen comes first. */
const PATIENCE_MS = 60;

/** The filters as the views show them chosen: with their answer, or after a short while without it. */
export const chosenFilters = signal<Filters>({});

/** Keeps `chosenFilters` up to date. */
export function followChosen(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const next = filters.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      chosenFilters.value = next;
    }, PATIENCE_MS);
  });
  effect(() => {
    if (counts.value.isLoading) return;
    clearTimeout(timer);
    chosenFilters.value = filters.peek();
  });
}
