import type { ValueDimension } from '@crimetracker/crossfilter';
import { Near } from '../charts/near.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';

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
      note="Each chart leaves its own filter out, so that its other values stay in view. Laws and forms differ between cities."
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
