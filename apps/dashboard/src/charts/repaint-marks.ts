import { effect } from '@preact/signals';
import { countedFilters, counts } from '../store.js';

/**
 * Leaves marks in the browser's performance timeline: `filters-changed`, `repainted` once the answer to them stands on
 * the screen, and the measure `filter-to-repaint` between them.
 */
export function measureRepaints(): void {
  let awaited: unknown;
  effect(() => {
    awaited = countedFilters.value;
    performance.mark('filters-changed');
  });
  effect(() => {
    const { filters, isLoading } = counts.value;
    if (isLoading || filters !== awaited) return;
    awaited = undefined;
    // The first frame draws what has changed; when the second begins, it has been painted.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        performance.mark('repainted');
        performance.measure('filter-to-repaint', 'filters-changed', 'repainted');
      }),
    );
  });
}
