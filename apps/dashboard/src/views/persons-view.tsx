import type { ValueDimension } from '@crimetracker/crossfilter';
import { countSql, valueSql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { valuesTable } from '../charts/tables.js';
import { barsOf, ValueBars } from '../charts/value-bars.js';
import { Panel } from '../panel.js';
import { counts, filters, shownRange } from '../store.js';

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
      size="full"
      note="These are descriptions as police recorded them, of the one victim and suspect of an incident, and not facts about groups of people. They never place patrols. Small counts are hidden."
      terms={['person groups', 'small counts']}
      explain={{
        sql: () =>
          PERSONS.map(
            ([name]) => `${countSql([valueSql(name)], filters.value, shownRange.value, [name])};`,
          ).join('\n\n'),
        caveats: [
          'Descriptions come from those who reported and from police; many are missing. Counts below 5 are hidden, below 10 for sex offences.',
          'Groups of persons are never used for hot spots or patrols.',
        ],
      }}
      table={() => valuesTable(counts.value, PERSONS)}
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
