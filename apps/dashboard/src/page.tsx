import { loadProblem } from './load.js';
import { catalogue, counts } from './store.js';
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

export function Page() {
  if (loadProblem.value !== undefined) return <p role="alert">{loadProblem.value}</p>;
  if (catalogue.value === undefined) return <p aria-busy="true">Loading…</p>;
  return (
    <main aria-busy={counts.value.isLoading}>
      <Headlines />
      <SeriesView />
      <CategoriesView />
      <WeekHoursView />
      <KindsView />
      <WeaponsView />
      <MapView />
      <JurisdictionsView />
      <PersonsView />
      <ScheduleView />
      <QualityView />
    </main>
  );
}
