import { dateText, listed } from '@crimetracker/analysis-kit/words';
import { computed, effect } from '@preact/signals';
import { CopyButton } from '../copy-button.js';
import { filterSentence, rangeText } from '../filters/filter-words.js';
import { isDisconnected, notice } from '../load.js';
import { sizeText } from '../static/needed-years.js';
import { furtherYears, loadingYears } from '../static/shard-progress.js';
import {
  catalogue,
  countAgain,
  countedFilters,
  counts,
  dataRange,
  shownCities,
  shownRange,
} from '../store.js';
import { theme, toggleTheme } from '../theme.js';
import { incompleteMonths } from './incomplete-months.js';

/** What the page shows, in words. */
const pageTitle = computed(() => {
  const cities = shownCities.value.map(({ city }) => city);
  return `Recorded crime in ${cities.length === 0 ? 'no city' : listed(cities)}, ${rangeText(shownRange.value)}`;
});

/** Names the page in the history and in bookmarks by what it shows. */
export function followTitle(): void {
  effect(() => {
    if (catalogue.value !== undefined) document.title = `${pageTitle.value} · CrimeTracker 360`;
  });
}

/** What the page shows, how old it is, and what to keep in mind about it. */
export function PageHeader() {
  const known = catalogue.value;
  if (known === undefined) return null;
  const warnings = incompleteMonths(shownCities.value, shownRange.value);
  const isDark = theme.value === 'dark';
  return (
    <header class="page-header">
      <div class="brand-row">
        <p class="brand">
          CrimeTracker <span>360</span>
        </p>
        <div class="page-tools">
          <CopyButton text={() => location.href} label="Copy link" />
          <button type="button" class="quiet" onClick={() => print()}>
            Print
          </button>
          <button type="button" class="quiet" aria-pressed={isDark} onClick={toggleTheme}>
            Dark
          </button>
        </div>
      </div>
      <h1>{pageTitle.value}</h1>
      <p class="data-age">
        {`Data up to ${dateText(dataRange.value.to)} · snapshot of ${dateText(known.builtAt.slice(0, 10))} `}
        <code>{known.snapshot}</code>
      </p>
      <FurtherYears />
      {warnings.length > 0 && (
        <ul class="warnings" aria-label="Months that are not complete">
          {warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <p class="print-only">{filterSentence(countedFilters.value, shownRange.value, known.cities)}</p>
    </header>
  );
}

/** In the static page: which years are there, and how much more there is to load. */
function FurtherYears() {
  const further = furtherYears.value;
  if (further === undefined || loadingYears.value !== undefined) return null;
  return (
    <p class="data-age further-years">
      {`Counted in this page from ${further.from} on. `}
      <button type="button" class="quiet" onClick={further.load}>
        {`Load ${further.years} too (${sizeText(further.bytes)} more)`}
      </button>
    </p>
  );
}

/** What happened to the page by itself: newer data, no connection, counts that did not come. */
export function Notices() {
  const { problem } = counts.value;
  return (
    <div class="notices">
      <div role="status" aria-live="polite">
        {notice.value !== undefined && (
          <p class="notice">
            {notice.value}
            <button
              type="button"
              class="quiet"
              onClick={() => {
                notice.value = undefined;
              }}
            >
              Dismiss
            </button>
          </p>
        )}
        {loadingYears.value !== undefined && (
          <p class="notice">
            {`Loading ${loadingYears.value.years} (${sizeText(loadingYears.value.bytes)})…`}
            <progress aria-label="Loaded" max={loadingYears.value.bytes} value={loadingYears.value.loaded} />
          </p>
        )}
        {isDisconnected.value && problem === undefined && (
          <p class="notice">The server does not answer. What is shown is the last answer.</p>
        )}
      </div>
      {problem !== undefined && (
        <p class="notice problem" role="alert">
          {`The numbers could not be counted. ${problem}`}
          <button type="button" class="quiet" onClick={countAgain}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
