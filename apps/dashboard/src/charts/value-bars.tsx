import { gradeOf } from '@crimetracker/analysis-kit';
import { listed } from '@crimetracker/analysis-kit/words';
import type { Count, ValueDimension } from '@crimetracker/crossfilter';
import { VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import { toggleValue } from '../store.js';
import { unlessSame } from './is-same.js';
import type { Shown } from './near.js';
import type { ValueRow } from './value-shares.js';
import { isNotRecorded, largestShare, valueRows } from './value-shares.js';
import { countText, percent } from './words.js';

interface ValueBarsProps {
  readonly name: ValueDimension;
  /** What the values are: the head of the first column. */
  readonly title: string;
  readonly order: 'size' | 'vocabulary';
  readonly cities: readonly {
    readonly city: string;
    readonly colour: string;
    readonly counts: readonly Count[];
  }[];
  readonly chosen: readonly string[];
  readonly hidden: string;
  readonly hasGrades: boolean;
}

/** Props of the bars of a dimension. */
export function barsOf(
  { cities, chosen, hidden }: Shown,
  name: ValueDimension,
): Pick<ValueBarsProps, 'name' | 'cities' | 'chosen' | 'hidden'> {
  return {
    name,
    hidden,
    chosen: chosen[name] ?? [],
    cities: cities.map(({ entry, counts, colour }) => ({
      city: entry.city,
      colour,
      counts: counts.values[name],
    })),
  };
}

/** Counts of the values of a column as bars, the cities side by side; choosing a value filters by it. */
export const ValueBars = unlessSame(
  ({ name, title, order, cities, chosen, hidden, hasGrades }: ValueBarsProps) => {
    const { values } = VALUE_DIMENSIONS[name];
    const withColumn = cities.filter(({ counts }) => !isNotRecorded(values, counts));
    const without = cities.filter(({ counts }) => isNotRecorded(values, counts)).map(({ city }) => city);
    const rows = valueRows(
      values,
      withColumn.map(({ counts }) => counts),
      order,
    ).filter(({ value, counts }) => counts.some((count) => count !== 0) || chosen.includes(value));
    const longest = largestShare(rows);
    return (
      <>
        {withColumn.length > 0 && rows.length === 0 && <p class="empty">No incident matches the filters.</p>}
        {rows.length > 0 && (
          <table class="value-bars">
            <thead>
              <tr>
                <th scope="col">{title}</th>
                {withColumn.map(({ city, colour }) => (
                  <th key={city} scope="col" class="city-head">
                    <span class="city-dot" style={{ background: colour }} />
                    {city}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr
                  key={row.value}
                  class={chosen.length === 0 ? '' : chosen.includes(row.value) ? 'is-chosen' : 'is-dim'}
                >
                  <th scope="row">
                    <button
                      type="button"
                      aria-pressed={chosen.includes(row.value)}
                      onClick={() => toggleValue(name, row.value)}
                    >
                      {row.value}
                    </button>
                    {hasGrades && <small class="grade">{gradeOf(row.value)}</small>}
                  </th>
                  {withColumn.map(({ city, colour }, place) => (
                    <BarCell
                      key={city}
                      row={row}
                      place={place}
                      colour={colour}
                      longest={longest}
                      hidden={hidden}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {without.length > 0 && (
          <p class="aside">
            {listed(without)}: the file{without.length > 1 ? 's do' : ' does'} not record this.
          </p>
        )}
      </>
    );
  },
);

function BarCell({
  row,
  place,
  colour,
  longest,
  hidden,
}: {
  readonly row: ValueRow;
  readonly place: number;
  readonly colour: string;
  readonly longest: number;
  readonly hidden: string;
}) {
  const count = row.counts[place] ?? null;
  const share = row.shares[place] ?? null;
  return (
    <td class={count === null ? 'is-hidden' : ''}>
      <span
        class="bar"
        style={{
          background: colour,
          transform: `scaleX(${share === null || longest === 0 ? 0 : (share / longest).toFixed(4)})`,
        }}
      />
      <span class="count">{countText(count, hidden)}</span>
      {share !== null && <span class="share">{percent(share)}</span>}
    </td>
  );
}
