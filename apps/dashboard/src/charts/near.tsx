import type { CityCounts, DateRange, Filters } from '@crimetracker/crossfilter';
import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CityEntry } from '../documents.js';
import { catalogue, counts, dataRange, filters, shownRange } from '../store.js';
import { hiddenText } from './words.js';

/** The counts of a city with its name and colour. */
export interface ShownCity {
  readonly counts: CityCounts;
  readonly entry: CityEntry;
  readonly colour: string;
}

/** What a view shows: the last answer, the filters it answers, and those that are chosen by now. */
export interface Shown {
  readonly cities: readonly ShownCity[];
  readonly answered: Filters;
  readonly chosen: Filters;
  /** Days that are chosen, and those of all data. */
  readonly range: DateRange;
  readonly data: DateRange;
  /** What stands where a count is hidden. */
  readonly hidden: string;
}

const CITY_COLOURS = 3;

/** Computed, so that a view is not drawn again because a next answer is awaited. */
const answeredCities = computed(() => counts.value.cities);
const answeredFilters = computed(() => counts.value.filters);
const isAnswered = computed(() => !counts.value.isLoading);

function citiesShown(): readonly ShownCity[] {
  const entries = catalogue.value?.cities ?? [];
  return answeredCities.value.flatMap((city) => {
    const place = entries.findIndex(({ source }) => source === city.source);
    const entry = entries[place];
    return entry === undefined
      ? []
      : [{ counts: city, entry, colour: `var(--city-${(place % CITY_COLOURS) + 1})` }];
  });
}

/** How far outside of the window a view is drawn already. */
const MARGIN = '400px 0px';

/**
 * Draws a view while it is in the window or near it. Elsewhere it stays as it was last drawn and hears of no change;
 * before a print everything is drawn.
 */
export function Near({
  height,
  children,
}: {
  /** Room that is kept before it is drawn for the first time, in pixels. */
  readonly height: number;
  readonly children: (shown: Shown) => ComponentChildren;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const last = useRef<Shown | undefined>(undefined);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let isSeen = false;
    const observer = new IntersectionObserver(
      (entries) => {
        isSeen = entries.at(-1)?.isIntersecting ?? false;
        setNear(isSeen);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    const before = (): void => setNear(true);
    const after = (): void => setNear(isSeen);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  if (isNear && (isAnswered.value || answeredCities.value.length > 0))
    last.current = {
      cities: citiesShown(),
      answered: answeredFilters.value,
      chosen: filters.value,
      range: shownRange.value,
      data: dataRange.value,
      hidden: hiddenText(answeredFilters.value),
    };
  const shown = last.current;
  return (
    <div ref={place} class="near" style={shown === undefined ? { minHeight: `${height}px` } : undefined}>
      {shown !== undefined &&
        (shown.cities.length > 0 ? children(shown) : <p class="empty">No city is chosen.</p>)}
    </div>
  );
}
