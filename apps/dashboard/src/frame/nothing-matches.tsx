import { number } from '@crimetracker/analysis-kit/words';
import { waysOut } from '../filters/filter-counts.js';
import { FILTER_LABELS } from '../filters/filter-words.js';
import { catalogue, changeFilters, counts, resetFilters } from '../store.js';

const LABELS = { ...FILTER_LABELS, dates: 'Dates', time: 'Weekday and hour' };

/** What to do when no incident matches: which filter keeps them out. */
export function NothingMatches() {
  const { cities, filters } = counts.value;
  if (cities.length === 0 || cities.some(({ total }) => total !== 0)) return null;
  const nameOf = (source: string): string =>
    catalogue.value?.cities.find((city) => city.source === source)?.city ?? source;
  const ways = waysOut(filters, cities, LABELS);
  return (
    <section class="nothing" aria-labelledby="nothing-title">
      <h2 id="nothing-title">No incident matches all filters</h2>
      {ways.length > 0 ? (
        <>
          <p>Without one of them there would be:</p>
          <ul>
            {ways.map(({ label, changes, counts: found }) => (
              <li key={label}>
                <button type="button" onClick={() => changeFilters(changes)}>
                  {`Clear ${label}`}
                </button>{' '}
                {found
                  .map(
                    (count, i) =>
                      `${nameOf(cities[i]?.source ?? '')} ${count === null ? 'some' : number(count)}`,
                  )
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>No single filter does it: two or more of them exclude each other.</p>
      )}
      <button type="button" class="quiet" onClick={resetFilters}>
        Clear all filters
      </button>
    </section>
  );
}
