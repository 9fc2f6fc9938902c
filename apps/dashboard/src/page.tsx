import { computed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { FilterBar } from './filters/filter-bar.js';
import { NothingMatches } from './frame/nothing-matches.js';
import { Notices, PageHeader } from './frame/page-header.js';
import { SectionLinks } from './frame/section-links.js';
import { followSnapshot, loadProblem } from './load.js';
import { isSlow } from './slow-answer.js';
import { catalogue } from './store.js';
import { CategoriesView } from './views/categories-view.js';
import { Headlines } from './views/headlines.js';
import { JurisdictionsView } from './views/jurisdictions-view.js';
import { KindsView } from './views/kinds-view.js';
import { MapView } from './views/map-view.js';
import { PersonsView } from './views/persons-view.js';
import { QualityView } from './views/quality-view.js';
import { ScheduleView } from './views/schedule-view.js';
import { SeriesView } from './views/series-view.js';
import { WeaponsView } from './views/weapons-view.js';
import { WeekHoursView } from './views/week-hours-view.js';

const SECTIONS = [
  { id: 'headlines', label: 'Headlines' },
  { id: 'series', label: 'Over time' },
  { id: 'categories', label: 'Categories' },
  { id: 'week-hours', label: 'Hours' },
  { id: 'weapons', label: 'Weapons' },
  { id: 'kinds', label: 'Kinds' },
  { id: 'map', label: 'Map' },
  { id: 'jurisdictions', label: 'Jurisdictions' },
  { id: 'persons', label: 'Persons' },
  { id: 'schedule', label: 'Schedule' },
  { id: 'quality', label: 'Data quality' },
] as const;

/** Goes to the section that the address names, once it is there. */
function useSectionOfAddress(isThere: boolean): void {
  useEffect(() => {
    if (isThere && location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);
}

/** A signal in the attribute: the page is not drawn again because counts are awaited. */
const mainClass = computed(() => (isSlow.value ? 'is-loading' : ''));

export function Page() {
  useSectionOfAddress(catalogue.value !== undefined);
  if (loadProblem.value !== undefined && catalogue.value === undefined)
    return (
      <div class="whole-page" role="alert">
        <h1>The page could not be loaded</h1>
        <p>{loadProblem.value}</p>
        <p class="soft">Is the server still running? It says its address when it starts.</p>
        <button type="button" onClick={followSnapshot}>
          Try again
        </button>
      </div>
    );
  if (catalogue.value === undefined) return <Loading />;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the figures
      </a>
      <PageHeader />
      <StickyBar />
      <Notices />
      <main id="content" tabIndex={-1} class={mainClass}>
        <NothingMatches />
        <Headlines />
        <SeriesView />
        <CategoriesView />
        <WeekHoursView />
        <WeaponsView />
        <KindsView />
        <MapView />
        <JurisdictionsView />
        <PersonsView />
        <ScheduleView />
        <QualityView />
      </main>
      <footer class="page-footer">
        <p>
          Recorded crime is not crime, and concentration is not risk. Cities are shown side by side and never
          added up. Small counts of persons are hidden; sex offences, kidnapping and trafficking are never
          shown below the jurisdiction.
        </p>
      </footer>
    </>
  );
}

/** Links and filters; what is scrolled to comes to rest below them. */
function StickyBar() {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
      document.documentElement.style.setProperty('--bar-height', `${Math.ceil(height)}px`);
    });
    if (bar.current !== null) observer.observe(bar.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="bar" ref={bar}>
      <SectionLinks sections={SECTIONS} />
      <FilterBar />
    </div>
  );
}

function Loading() {
  return (
    <div class="whole-page" role="status" aria-busy="true">
      <p class="brand">
        CrimeTracker <span>360</span>
      </p>
      <p>Loading the figures…</p>
      <div class="skeleton" />
      <div class="skeleton" />
      <div class="skeleton" />
    </div>
  );
}
