import { computed, effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEPT_AS = 'crimetracker-theme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal<Theme>(darkSystem.matches ? 'dark' : 'light');
const chosenTheme = signal<Theme | undefined>(undefined);

/** What is shown: what was chosen, or what the system prefers. */
export const theme = computed<Theme>(() => chosenTheme.value ?? systemTheme.value);

export function toggleTheme(): void {
  chosenTheme.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEPT_AS, chosenTheme.value);
  } catch {
    // Without storage the choice holds for this page only.
  }
}

/** Takes up the choice of the last visit and follows the system. */
export function followTheme(): void {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    if (kept === 'light' || kept === 'dark') chosenTheme.value = kept;
  } catch {
    // As above.
  }
  darkSystem.addEventListener('change', ({ matches }) => {
    systemTheme.value = matches ? 'dark' : 'light';
  });
  effect(() => {
    if (chosenTheme.value === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosenTheme.value;
  });
}
