import { effect, signal } from '@preact/signals';
import { counts } from './store.js';

/** To fade all views for the time of a fast answer costs more than to draw the answer. */
const SLOW_MS = 400;

/** Whether an answer has been awaited for so long that the views should say so. */
export const isSlow = signal(false);

/** Keeps `isSlow` up to date. */
export function followSlowness(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const { isLoading } = counts.value;
    clearTimeout(timer);
    if (!isLoading) isSlow.value = false;
    else
      timer = setTimeout(() => {
        isSlow.value = true;
      }, SLOW_MS);
  });
}
