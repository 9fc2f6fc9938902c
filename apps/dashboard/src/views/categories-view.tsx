import { countSql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { valuesTable } from '../charts/tables.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';
import { counts, filters, shownRange } from '../store.js';

export function CategoriesView() {
  return (
    <Panel
      id="categories"
      title="Most common crimes"
      size="tall"
      note="Recorded incidents by category, under all filters but the one by category. Choose categories to see only those everywhere."
      terms={['recorded crime', 'crime category', 'comparability grade']}
      explain={{
        sql: () => countSql(['crime_category'], filters.value, shownRange.value, ['crime_category']),
        caveats: [
          'Whether counts of cities may be held against each other depends on the category: see its grade.',
        ],
      }}
      table={() => valuesTable(counts.value, [['crime_category', 'Category']])}
    >
      <Near height={760}>
        {(shown) => (
          <>
            <ValueBars
              {...barsOf(shown, 'crime_category')}
              title="Category"
              order="size"
              hasGrades={shown.cities.length > 1}
            />
            {shown.cities.length > 1 && (
              <p class="chart-note">
                In the order of the shares, on average over the cities; cities are never added up. Below each
                category: whether its counts may be held against each other between cities.
              </p>
            )}
          </>
        )}
      </Near>
    </Panel>
  );
}
