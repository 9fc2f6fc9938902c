import type { ValueDimension } from '@crimetracker/crossfilter';
import { Near } from '../charts/near.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';

const PERSONS = [
  ['victim_age', 'Victim: age'],
  ['victim_sex', 'Victim: sex'],
  ['victim_race_group', 'Victim: race group'],
  ['suspect_age', 'Suspect: age'],
  ['suspect_sex', 'Suspect: sex'],
  ['suspect_race_group', 'Suspect: race group'],
] as const satisfies readonly (readonly [ValueDimension, string])[];

export function PersonsView() {
  return (
    <Panel
      id="persons"
      title="Victims and suspects"
      note="These are descriptions as police recorded them, of the one victim and suspect of an incident, and not facts about groups of people. They never place patrols. Small counts are hidden."
    >
      <Near height={760}>
        {(shown) => (
          <div class="small-charts">
            {PERSONS.map(([name, title]) => (
              <div key={name} id={`persons-${name}`}>
                <h3>{title}</h3>
                <ValueBars {...barsOf(shown, name)} title={title} order="vocabulary" hasGrades={false} />
              </div>
            ))}
          </div>
        )}
      </Near>
    </Panel>
  );
}
