import { DISCOVERED_BY_POLICE, gradeOf, WEEKDAYS } from '@crimetracker/analysis-kit';
import type { ValueDimension } from '@crimetracker/crossfilter';
import { hasPersonFilter, namesSexOffence, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Disclosure } from '../disclosure.js';
import { catalogue, changeFilters, counts, filters, resetFilters, shownRange } from '../store.js';
import { ActiveFilters } from './active-filters.js';
import { DateFilter } from './date-filter.js';
import { timeCounts } from './filter-counts.js';
import type { ListFilterName } from './filter-words.js';
import { FILTER_LABELS, LIST_FILTERS, shortRangeText } from './filter-words.js';
import type { ValueGroup } from './value-list.js';
import { ValueList } from './value-list.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const REPORTED = VALUE_DIMENSIONS.crime_category.values.filter(
  (name) => !DISCOVERED_BY_POLICE.includes(name),
);

const hiddenText = (): string => (namesSexOffence(counts.value.filters) ? '< 10' : '< 5');
const shownCityNames = (): readonly string[] =>
  counts.value.cities.map(
    ({ source }) => catalogue.value?.cities.find((city) => city.source === source)?.city ?? source,
  );

/** One filter of the bar: a button that says whether something is chosen, and the choice below it. */
function FilterButton({
  label,
  chosen,
  children,
}: {
  readonly label: string;
  readonly chosen: number;
  readonly children: ComponentChildren;
}) {
  return (
    <Disclosure
      class={`filter ${chosen > 0 ? 'is-set' : ''}`}
      label={
        <>
          {label}
          {chosen > 0 && (
            <span class="badge">
              {chosen}
              <span class="spoken"> chosen</span>
            </span>
          )}
        </>
      }
    >
      {() => children}
    </Disclosure>
  );
}

const sizeOf = (...names: readonly ListFilterName[]): number =>
  names.reduce((sum, name) => sum + (filters.value[name]?.length ?? 0), 0);

/** The values of a column. */
function DimensionList({
  name,
  isDisabled = false,
}: {
  readonly name: ValueDimension;
  readonly isDisabled?: boolean;
}) {
  const values: readonly string[] = VALUE_DIMENSIONS[name].values;
  const groupOf = (wanted: readonly string[], label?: string): ValueGroup<string> => ({
    ...(label === undefined ? {} : { label }),
    rows: wanted.map((value) => ({
      value,
      label: value,
      counts: counts.value.cities.map((city) => city.values[name][values.indexOf(value)]),
    })),
  });
  const groups =
    name === 'crime_category'
      ? [
          groupOf(REPORTED, 'Mostly reported by people'),
          groupOf(DISCOVERED_BY_POLICE, 'Mostly found by police work'),
        ]
      : [groupOf(values)];
  return (
    <ValueList
      label={FILTER_LABELS[name]}
      cities={shownCityNames()}
      groups={groups}
      chosen={filters.value[name] ?? []}
      onChange={(chosen) => changeFilters({ [name]: chosen })}
      hidden={hiddenText()}
      isDisabled={isDisabled}
    />
  );
}

function CategoryFilter() {
  const all: readonly string[] = VALUE_DIMENSIONS.crime_category.values;
  const choose = (wanted: (name: string) => boolean): void =>
    changeFilters({ crime_category: all.filter(wanted) });
  return (
    <>
      <div class="presets">
        <button type="button" class="preset" onClick={() => choose((name) => gradeOf(name) === 'comparable')}>
          Comparable between cities
        </button>
        <button
          type="button"
          class="preset"
          onClick={() => choose((name) => REPORTED.some((one) => one === name))}
        >
          Without those found by police
        </button>
      </div>
      <DimensionList name="crime_category" />
    </>
  );
}

function CityFilter() {
  const cities = catalogue.value?.cities ?? [];
  const row = ({ source, city }: { readonly source: string; readonly city: string }) => ({
    value: source,
    label: city,
    counts: [counts.value.cities.find((one) => one.source === source)?.total],
  });
  return (
    <>
      <ValueList
        label={FILTER_LABELS.source}
        cities={['Incidents']}
        groups={[{ rows: cities.map(row) }]}
        chosen={filters.value.source ?? []}
        onChange={(source) => changeFilters({ source })}
        hidden={hiddenText()}
      />
      <p class="soft">Cities are shown side by side and never added up.</p>
    </>
  );
}

function JurisdictionFilter() {
  const shown = counts.value.cities;
  const groups = (catalogue.value?.cities ?? []).map(({ source, city, jurisdictions }) => {
    const counted = shown.find((one) => one.source === source)?.jurisdiction;
    return {
      label: city,
      rows: jurisdictions.map((name, place) => ({ value: name, label: name, counts: [counted?.[place]] })),
    };
  });
  return (
    <ValueList
      label={FILTER_LABELS.jurisdiction}
      cities={['Incidents']}
      groups={groups}
      chosen={filters.value.jurisdiction ?? []}
      onChange={(jurisdiction) => changeFilters({ jurisdiction })}
      hidden={hiddenText()}
    />
  );
}

function TimeFilter() {
  const list = (name: 'weekday' | 'hour', values: readonly number[], labelOf: (value: number) => string) => {
    const ofCities = counts.value.cities.map((city) => timeCounts(city, name, counts.value.filters));
    return (
      <ValueList
        label={FILTER_LABELS[name]}
        cities={shownCityNames()}
        groups={[
          {
            rows: values.map((value) => ({
              value,
              label: labelOf(value),
              counts: ofCities.map((city) => city[value]),
            })),
          },
        ]}
        chosen={filters.value[name] ?? []}
        onChange={(chosen) => changeFilters({ [name]: chosen })}
        hidden={hiddenText()}
      />
    );
  };
  const preset = (
    label: string,
    changes: { readonly weekday?: readonly number[]; readonly hour?: readonly number[] },
  ) => (
    <button type="button" class="preset" onClick={() => changeFilters(changes)}>
      {label}
    </button>
  );
  return (
    <>
      <div class="presets">
        {preset('Monday to Friday', { weekday: DAYS.slice(0, 5) })}
        {preset('Weekend', { weekday: DAYS.slice(5) })}
        {preset('By night, 22–06', { hour: HOURS.filter((hour) => hour >= 22 || hour < 6) })}
      </div>
      <div class="side-by-side">
        {list('weekday', DAYS, (day) => WEEKDAYS[day] ?? '')}
        {list('hour', HOURS, (hour) => `${String(hour).padStart(2, '0')}:00`)}
      </div>
      <p class="soft">By the recorded time. An incident without one is in no hour.</p>
    </>
  );
}

const PERSONS = {
  Victim: ['victim_age', 'victim_sex', 'victim_race_group'],
  Suspect: ['suspect_age', 'suspect_sex', 'suspect_race_group'],
} as const;

function PersonFilter() {
  const hasCells = filters.value.cell !== undefined;
  return (
    <>
      <p class="soft">
        While a group of persons is chosen the map shows no cells: few people of a group in a small place
        could be told apart. Small counts are hidden. Groups are as police recorded them, and often missing.
      </p>
      {hasCells && (
        <p role="note">
          Map cells are chosen, so persons cannot be.{' '}
          <button type="button" class="quiet" onClick={() => changeFilters({ cell: undefined })}>
            Clear the map cells
          </button>
        </p>
      )}
      <div class="side-by-side">
        {Object.entries(PERSONS).map(([person, names]) => (
          <div key={person}>
            {names.map((name) => (
              <DimensionList key={name} name={name} isDisabled={hasCells} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

/** All filters of the page, what is chosen by them, and how many incidents match. */
export function FilterBar() {
  const isOpen = useSignal(false);
  const all = sizeOf(...LIST_FILTERS);
  const hasDates = filters.value.from !== undefined || filters.value.to !== undefined;
  const value = (
    label: string,
    name: ValueDimension,
    children: ComponentChildren = <DimensionList name={name} />,
  ) => (
    <FilterButton label={label} chosen={sizeOf(name)}>
      {children}
    </FilterButton>
  );
  return (
    <section class="filter-bar" aria-label="Filters">
      <button
        type="button"
        class="filters-toggle"
        aria-expanded={isOpen.value}
        aria-controls="filter-buttons"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        Filters
        {all > 0 && (
          <span class="badge">
            {all}
            <span class="spoken"> chosen</span>
          </span>
        )}
      </button>
      <div id="filter-buttons" class={`filter-buttons ${isOpen.value ? 'is-open' : ''}`}>
        <FilterButton label="City" chosen={sizeOf('source')}>
          <CityFilter />
        </FilterButton>
        <FilterButton label={shortRangeText(shownRange.value)} chosen={hasDates ? 1 : 0}>
          <DateFilter />
        </FilterButton>
        {value('Category', 'crime_category', <CategoryFilter />)}
        {value('Law class', 'law_class')}
        {value('Weapon', 'weapon_category')}
        {value('Location', 'location_category')}
        <FilterButton label="Jurisdiction" chosen={sizeOf('jurisdiction')}>
          <JurisdictionFilter />
        </FilterButton>
        <FilterButton label="Weekday and hour" chosen={sizeOf('weekday', 'hour')}>
          <TimeFilter />
        </FilterButton>
        <FilterButton
          label="Persons"
          chosen={hasPersonFilter(filters.value) ? sizeOf(...PERSONS.Victim, ...PERSONS.Suspect) : 0}
        >
          <PersonFilter />
        </FilterButton>
        {value('Arrest', 'arrest_made')}
        {(all > 0 || hasDates) && (
          <button type="button" class="quiet reset" onClick={resetFilters}>
            Reset
          </button>
        )}
      </div>
      <ActiveFilters />
    </section>
  );
}
