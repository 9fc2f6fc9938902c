import { number } from '@crimetracker/analysis-kit/words';
import type { Count } from '@crimetracker/crossfilter';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';

interface ValueRow<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
  /** Of each city of the list; undefined where the value is not of the city. */
  readonly counts: readonly (Count | undefined)[];
}

export interface ValueGroup<Value extends string | number> {
  readonly label?: string;
  readonly rows: readonly ValueRow<Value>[];
}

export interface ValueListProps<Value extends string | number> {
  readonly label: string;
  /** Names of the cities, above the counts. */
  readonly cities: readonly string[];
  readonly groups: readonly ValueGroup<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** What stands where a count is hidden. */
  readonly hidden: string;
  readonly isDisabled?: boolean;
}

const SEARCHED_FROM = 13;

function countText(count: Count | undefined, hidden: string): string {
  if (count === undefined) return '';
  return count === null ? hidden : number(count);
}

/** Values to choose from with their counts, the cities side by side; long lists can be searched. */
export function ValueList<Value extends string | number>(props: ValueListProps<Value>) {
  const { label, cities, groups, chosen, onChange, hidden, isDisabled = false } = props;
  const searched = useSignal('');
  const id = useId();
  const size = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const words = searched.value.trim().toLowerCase();
  const shown = groups
    .map(({ rows, ...group }) => ({
      ...group,
      rows: rows.filter((row) => row.label.toLowerCase().includes(words)),
    }))
    .filter(({ rows }) => rows.length > 0);
  const toggle = (value: Value): void =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset class="value-list" disabled={isDisabled}>
      <legend>{label}</legend>
      {(size >= SEARCHED_FROM || chosen.length > 0) && (
        <div class="value-list-head">
          {size >= SEARCHED_FROM && (
            <input
              type="search"
              placeholder="Search…"
              aria-label={`Search: ${label}`}
              value={searched.value}
              onInput={({ currentTarget }) => {
                searched.value = currentTarget.value;
              }}
            />
          )}
          {chosen.length > 0 && (
            <button type="button" class="quiet" onClick={() => onChange([])}>
              Clear
            </button>
          )}
        </div>
      )}
      {shown.length === 0 && <p class="soft">Nothing is called so.</p>}
      {shown.length > 0 && (
        <table>
          <thead>
            <tr>
              <td />
              {cities.map((city) => (
                <th key={city} scope="col" class="n">
                  {city}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          {shown.map((group, place) => (
            <tbody key={group.label ?? place}>
              {group.label !== undefined && (
                <tr class="group">
                  <th colSpan={cities.length + 2} scope="rowgroup">
                    {group.label}
                  </th>
                </tr>
              )}
              {group.rows.map((row) => (
                <tr key={row.value} class={row.counts.every((count) => count === 0) ? 'none' : ''}>
                  <th scope="row">
                    <label for={`${id}-${row.value}`}>
                      <input
                        type="checkbox"
                        id={`${id}-${row.value}`}
                        checked={chosen.includes(row.value)}
                        onChange={() => toggle(row.value)}
                      />
                      {row.label}
                    </label>
                  </th>
                  {row.counts.map((count, city) => (
                    <td key={cities[city]} class={`n ${count === null ? 'hidden' : ''}`}>
                      {countText(count, hidden)}
                    </td>
                  ))}
                  <td>
                    <button
                      type="button"
                      class="only"
                      aria-label={`Only ${row.label}`}
                      onClick={() => onChange([row.value])}
                    >
                      only
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </fieldset>
  );
}
