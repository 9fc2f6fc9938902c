import type { Filters } from '@crimetracker/crossfilter';
import { useState } from 'preact/hooks';
import { changeFilters, filters } from '../store.js';
import { unlessSame } from './is-same.js';
import type { JurisdictionRow, SortColumn, SortOrder } from './jurisdiction-rows.js';
import { COLUMNS, shownRows, sparkline } from './jurisdiction-rows.js';
import { change, countText, percent } from './words.js';

interface JurisdictionTableProps {
  readonly rows: readonly JurisdictionRow[];
  readonly colours: Readonly<Record<string, string>>;
  readonly chosen: Filters['jurisdiction'];
  readonly chosenSources: Filters['source'];
  readonly hidden: string;
  readonly hasCities: boolean;
  readonly hasChange: boolean;
}

const SPARK_WIDTH = 88;
const SPARK_HEIGHT = 18;
const HEADS: Readonly<Record<SortColumn, string>> = {
  name: 'Jurisdiction',
  city: 'City',
  count: 'Incidents',
  share: 'Share',
  change: 'Change',
};

/** Jurisdictions in a table that sorts and can be searched; choosing one filters by it and its city. */
export const JurisdictionTable = unlessSame(
  ({ rows, colours, chosen = [], chosenSources, hidden, hasCities, hasChange }: JurisdictionTableProps) => {
    const [order, setOrder] = useState<SortOrder>({ column: 'count', isDescending: true });
    const [words, setWords] = useState('');
    const shown = shownRows(rows, order, words);
    const columns = COLUMNS.filter(
      (column) => (column !== 'city' || hasCities) && (column !== 'change' || hasChange),
    );
    const isChosen = ({ source, name }: JurisdictionRow): boolean =>
      chosen.includes(name) && (chosenSources?.includes(source) ?? true);
    return (
      <>
        <label class="search">
          Search{' '}
          <input
            type="search"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            placeholder="name"
          />
        </label>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <section class="jurisdictions-scroll" tabIndex={0} aria-label="Jurisdictions, scrolls">
          <table class="jurisdictions">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    class={column}
                    aria-sort={
                      order.column === column ? (order.isDescending ? 'descending' : 'ascending') : 'none'
                    }
                  >
                    <button
                      type="button"
                      onClick={() =>
                        setOrder({
                          column,
                          isDescending:
                            order.column === column
                              ? !order.isDescending
                              : column !== 'name' && column !== 'city',
                        })
                      }
                    >
                      {HEADS[column]}
                      <span aria-hidden="true">
                        {order.column === column ? (order.isDescending ? ' ▾' : ' ▴') : ''}
                      </span>
                    </button>
                  </th>
                ))}
                <th scope="col" class="spark">
                  Over time
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row
                  key={`${row.source}/${row.name}`}
                  row={row}
                  colour={colours[row.source] ?? 'var(--accent)'}
                  state={chosen.length === 0 ? '' : isChosen(row) ? 'is-chosen' : 'is-dim'}
                  hidden={hidden}
                  hasCities={hasCities}
                  hasChange={hasChange}
                />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p class="empty">No jurisdiction has these words in its name.</p>}
        </section>
      </>
    );
  },
);

/** Chooses a jurisdiction, or takes it out; names are unique within a city only, so the city is chosen with it. */
function toggle({ source, name }: JurisdictionRow): void {
  const chosen = filters.peek().jurisdiction ?? [];
  const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
  changeFilters({ source: [source], jurisdiction: next });
}

const Row = unlessSame(
  ({
    row,
    colour,
    state,
    hidden,
    hasCities,
    hasChange,
  }: {
    readonly row: JurisdictionRow;
    readonly colour: string;
    readonly state: string;
    readonly hidden: string;
    readonly hasCities: boolean;
    readonly hasChange: boolean;
  }) => (
    <tr class={state}>
      <th scope="row">
        <button type="button" aria-pressed={state === 'is-chosen'} onClick={() => toggle(row)}>
          {row.name}
        </button>
      </th>
      {hasCities && <td>{row.city}</td>}
      <td class={row.count === null ? 'count is-hidden' : 'count'}>{countText(row.count, hidden)}</td>
      <td class="share">{row.share === null ? '–' : percent(row.share)}</td>
      {hasChange && (
        <td class={row.isClear ? 'change' : 'change is-unclear'}>
          {row.change === null ? '–' : change(row.change)}
        </td>
      )}
      <td class="spark">
        <svg width={SPARK_WIDTH} height={SPARK_HEIGHT + 2} aria-hidden="true" data-no-export>
          <path
            d={sparkline(row.series, SPARK_WIDTH, SPARK_HEIGHT)}
            transform="translate(0 1)"
            fill="none"
            stroke={colour}
            stroke-width="1.3"
          />
        </svg>
      </td>
    </tr>
  ),
);
