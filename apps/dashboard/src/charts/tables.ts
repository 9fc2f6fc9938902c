import { WEEKDAYS } from '@crimetracker/analysis-kit';
import type { CityCounts, Count, ManySeries, ValueDimension } from '@crimetracker/crossfilter';
import { VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import type { PanelTable } from '../export/panel-table.js';
import type { CountsState } from '../store.js';
import { catalogue } from '../store.js';
import { hiddenText } from './words.js';

const cityOf = (source: string): string =>
  catalogue.value?.cities.find((city) => city.source === source)?.city ?? source;

/** A cell of a table: a hidden count says so. */
const cell = (count: Count | undefined, hidden: string) => (count === undefined ? null : (count ?? hidden));

/** Counts of the values of some columns of the incident, by city. */
export function valuesTable(
  { cities, filters }: CountsState,
  names: readonly (readonly [ValueDimension, string])[],
): PanelTable {
  const hidden = hiddenText(filters);
  return {
    columns: ['Kind', 'Value', ...cities.map(({ source }) => `Incidents, ${cityOf(source)}`)],
    rows: names.flatMap(([name, title]) =>
      VALUE_DIMENSIONS[name].values.map((value, place) => [
        title,
        value,
        ...cities.map(({ values }) => cell(values[name][place], hidden)),
      ]),
    ),
  };
}

/** Counts of periods, by city. */
export function seriesTable({ cities, filters }: CountsState): PanelTable {
  const hidden = hiddenText(filters);
  return {
    columns: ['City', 'Period', 'First day', 'Incidents'],
    rows: cities.flatMap(({ source, series: { grain, starts, counts } }) =>
      starts.map((start, place) => [cityOf(source), grain, start, cell(counts[place], hidden)]),
    ),
  };
}

/** Counts of several values by period and city. */
export function manyTable(
  { cities, filters }: CountsState,
  pick: (city: CityCounts) => { readonly series: ManySeries; readonly names: readonly string[] },
  what: string,
): PanelTable {
  const hidden = hiddenText(filters);
  return {
    columns: ['City', what, 'Period', 'First day', 'Incidents'],
    rows: cities.flatMap((city) => {
      const { series, names } = pick(city);
      return names.flatMap((name, value) =>
        series.starts.map((start, place) => [
          cityOf(city.source),
          name,
          series.grain,
          start,
          cell(series.counts[value]?.[place], hidden),
        ]),
      );
    }),
  };
}

/** Counts of the 168 hours of the week, by city; and those without an hour. */
export function weekTable({ cities, filters }: CountsState): PanelTable {
  const hidden = hiddenText(filters);
  return {
    columns: ['City', 'Weekday', 'Hour', 'Incidents'],
    rows: cities.flatMap(({ source, weekHours, noTime }) => [
      ...weekHours.map((count, place) => [
        cityOf(source),
        WEEKDAYS[Math.floor(place / 24)] ?? '',
        String(place % 24),
        cell(count, hidden),
      ]),
      [cityOf(source), 'any', 'no time', cell(noTime, hidden)],
    ]),
  };
}
