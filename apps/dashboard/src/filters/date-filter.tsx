import type { DateRange } from '@crimetracker/crossfilter';
import { useSignal } from '@preact/signals';
import { changeFilters, dataRange, filters, shownRange } from '../store.js';
import { lastYears, wholeYears } from './date-presets.js';

/** First and last day, with ranges that are often asked for. */
export function DateFilter() {
  const problem = useSignal<string | undefined>(undefined);
  const data = dataRange.value;
  const shown = shownRange.value;
  const show = ({ from, to }: DateRange): void => {
    if (from > to) {
      problem.value = 'The first day is after the last.';
      return;
    }
    problem.value = undefined;
    changeFilters({ from, to });
  };
  const isShown = ({ from, to }: DateRange): boolean => from === shown.from && to === shown.to;
  const preset = (label: string, range: DateRange | undefined) => (
    <button
      type="button"
      class="preset"
      aria-pressed={
        range === undefined
          ? filters.value.from === undefined && filters.value.to === undefined
          : isShown(range)
      }
      onClick={() => (range === undefined ? changeFilters({ from: undefined, to: undefined }) : show(range))}
    >
      {label}
    </button>
  );
  const input = (label: string, end: 'from' | 'to') => (
    <label>
      {label}
      <input
        type="date"
        min={data.from}
        max={data.to}
        value={shown[end]}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== '') show({ ...shown, [end]: currentTarget.value });
        }}
      />
    </label>
  );
  const years = wholeYears(data);
  const year = years.find((one) => isShown({ from: `${one}-01-01`, to: `${one}-12-31` }));
  return (
    <div class="date-filter">
      <div class="pair">
        {input('First day', 'from')}
        {input('Last day', 'to')}
      </div>
      {problem.value !== undefined && <p role="alert">{problem.value}</p>}
      <div class="presets">
        {preset('Last whole year', undefined)}
        {preset('Last 12 months', lastYears(data, 1))}
        {preset('Last 3 years', lastYears(data, 3))}
        {preset('All', data)}
      </div>
      <label>
        A year
        <select
          value={year ?? ''}
          onChange={({ currentTarget }) => {
            if (currentTarget.value !== '')
              show({ from: `${currentTarget.value}-01-01`, to: `${currentTarget.value}-12-31` });
          }}
        >
          <option value="">–</option>
          {years.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <p class="soft">{`Days of occurrence. The data reach from ${data.from} to ${data.to}.`}</p>
    </div>
  );
}
