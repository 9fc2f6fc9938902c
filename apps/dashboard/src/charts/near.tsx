import type { CityCounts, DateRange, Filters } from '@crimetracker/crossfilter';
import { computed, effect, untracked } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CityEntry } from '../documents.js';
import { catalogue, counts, dataRange } from '../store.js';
import { chosenFilters } from './chosen-filters.js';
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
  /** Days of all data. */
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
/** The rest is drawn when the browser is idle, after so long at the latest. */
const LATEST_MS = 2000;
const LATER_MS = 200;

/** Asks for idle time, and returns how to take that back. Safari knows no idle time. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, LATER_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: LATEST_MS });
  return () => cancelIdleCallback(handle);
}

function readShown(): Shown | undefined {
  if (!isAnswered.value && answeredCities.value.length === 0) return undefined;
  return {
    cities: citiesShown(),
    answered: answeredFilters.value,
    chosen: chosenFilters.value,
    data: dataRange.value,
    hidden: hiddenText(answeredFilters.value),
  };
}

/**
 * Draws a view at once while it is in the window or near it. Elsewhere it waits for idle time after an answer, so that
 * what can be seen never waits for what cannot; before a print everything is drawn.
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
  const [idleTurn, setIdleTurn] = useState(0);
  const last = useRef<{ readonly shown: Shown | undefined; readonly turn: number }>({
    shown: undefined,
    turn: 0,
  });
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
    let takeBack = (): void => undefined;
    const stop = effect(() => {
      // Read on every run: an answer may come without a wait between.
      const isNews = isAnswered.value && answeredCities.value.length >= 0;
      takeBack();
      if (isNews && !isSeen) takeBack = whenIdle(() => setIdleTurn((turn) => turn + 1));
    });
    return () => {
      stop();
      takeBack();
      observer.disconnect();
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  if (isNear) last.current = { shown: readShown() ?? last.current.shown, turn: idleTurn };
  else if (idleTurn !== last.current.turn)
    last.current = { shown: untracked(readShown) ?? last.current.shown, turn: idleTurn };
  const { shown } = last.current;
  return (
    <div ref={place} class="near" style={shown === undefined ? { minHeight: `${height}px` } : undefined}>
      {shown !== undefined &&
        (shown.cities.length > 0 ? children(shown) : <p class="empty">No city is chosen.</p>)}
    </div>
  );
}
