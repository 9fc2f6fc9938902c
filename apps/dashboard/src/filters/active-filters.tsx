import { dateText, number } from '@crimetracker/analysis-kit/words';
import { namesSexOffence } from '@crimetracker/crossfilter';
import { HIDDEN, HIDDEN_SEX_OFFENCE } from '../export/panel-table.js';
import { addressProblem, catalogue, changeFilters, counts, filters, resetFilters } from '../store.js';
import type { ListFilterName } from './filter-words.js';
import { choiceText, FILTER_LABELS, LIST_FILTERS, rangeText } from './filter-words.js';

const LONGEST = 48;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function matchText(): string {
  const { cities, isLoading, problem } = counts.value;
  if (problem !== undefined) return '';
  if (cities.length === 0) return isLoading ? 'Counting…' : 'No city is chosen.';
  const hidden = namesSexOffence(counts.value.filters) ? HIDDEN_SEX_OFFENCE : HIDDEN;
  const texts = cities.map(({ source, total }) => {
    const name = catalogue.value?.cities.find((city) => city.source === source)?.city ?? source;
    return `${name} ${total === null ? hidden : number(total)}`;
  });
  return `${texts.join(' · ')} ${texts.length === 1 ? 'incidents match' : 'incidents match, each city on its own'}`;
}

/** What is chosen, each with a button that clears it, and how many incidents match. */
export function ActiveFilters() {
  const chosen = filters.value;
  const cityOf = (source: string): string =>
    catalogue.value?.cities.find((city) => city.source === source)?.city ?? source;
  const chip = (label: string, text: string, clear: () => void) => (
    <li key={label}>
      <span>
        {`${label}: `}
        <b title={text}>{shortened(text)}</b>
      </span>
      <button type="button" aria-label={`Clear ${label}`} onClick={clear}>
        ✕
      </button>
    </li>
  );
  const dates =
    chosen.from === undefined && chosen.to === undefined
      ? undefined
      : chosen.from !== undefined && chosen.to !== undefined
        ? rangeText({ from: chosen.from, to: chosen.to })
        : chosen.from !== undefined
          ? `from ${dateText(chosen.from)}`
          : `up to ${dateText(chosen.to ?? '')}`;
  const lists = LIST_FILTERS.filter((name) => chosen[name] !== undefined);
  return (
    <div class="active-filters">
      <p class="matches" role="status" aria-live="polite">
        {matchText()}
      </p>
      {(dates !== undefined || lists.length > 0) && (
        <ul class="chips" aria-label="Active filters">
          {dates !== undefined &&
            chip('Dates', dates, () => changeFilters({ from: undefined, to: undefined }))}
          {lists.map((name: ListFilterName) =>
            chip(FILTER_LABELS[name], choiceText(name, chosen, cityOf), () =>
              changeFilters({ [name]: undefined }),
            ),
          )}
        </ul>
      )}
      {addressProblem.value !== undefined && (
        <p class="problem" role="alert">
          {addressProblem.value}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              resetFilters();
              addressProblem.value = undefined;
            }}
          >
            Show without filters
          </button>{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              addressProblem.value = undefined;
            }}
          >
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}
