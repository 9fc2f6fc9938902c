import type { ValueDimension } from '@crimetracker/crossfilter';
import { countSql, valueSql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { valuesTable } from '../charts/tables.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';
import { counts, filters, shownRange } from '../store.js';

const KINDS = [
  ['law_class', 'Class in law', 'vocabulary'],
  ['location_category', 'Location', 'size'],
  ['weapon_category', 'Weapon', 'size'],
  ['arrest_made', 'Arrest made', 'vocabulary'],
] as const satisfies readonly (readonly [ValueDimension, string, 'size' | 'vocabulary'])[];

export function KindsView() {
  return (
    <Panel
      id="kinds"
      title="What kind of incident"
      size="full"
      note="Each chart leaves its own filter out, so that its other values stay in view. Laws and forms differ between cities."
      terms={['law class', 'location type', 'weapon category', 'arrest recorded']}
      explain={{
        sql: () =>
          KINDS.map(
            ([name]) => `${countSql([valueSql(name)], filters.value, shownRange.value, [name])};`,
          ).join('\n\n'),
        caveats: ['Class in law follows the law of each state, location and weapon the form of each city.'],
      }}
      table={() =>
        valuesTable(
          counts.value,
          KINDS.map(([name, title]) => [name, title] as const),
        )
      }
    >
      <Near height={700}>
        {(shown) => (
          <div class="small-charts">
            {KINDS.map(([name, title, order]) => (
              <div key={name} id={`kinds-${name}`}>
                <h3>{title}</h3>
                <ValueBars {...barsOf(shown, name)} title={title} order={order} hasGrades={false} />
              </div>
            ))}
          </div>
        )}
      </Near>
    </Panel>
  );
}
