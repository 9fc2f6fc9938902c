import { Near } from '../charts/near.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';

export function CategoriesView() {
  return (
    <Panel
      id="categories"
      title="Most common crimes"
      note="Recorded incidents by category, under all filters but the one by category. Choose categories to see only those everywhere."
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
