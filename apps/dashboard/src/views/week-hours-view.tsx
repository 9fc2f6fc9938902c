import { countSql, hourSql, weekdaySql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { weekTable } from '../charts/tables.js';
import { WeekHoursGrid } from '../charts/week-hours-grid.js';
import { incidentsText } from '../charts/words.js';
import { Panel } from '../panel.js';
import { counts, filters, shownRange } from '../store.js';

export function WeekHoursView() {
  return (
    <Panel
      id="week-hours"
      title="Hours of the week"
      note="Incidents by the recorded time at which they began. Draw a rectangle to see only those hours everywhere."
      terms={['busiest hour', 'no time', 'aoristic']}
      explain={{
        sql: () => countSql([weekdaySql, hourSql], filters.value, shownRange.value, ['weekday', 'hour']),
        method: 'Weekday 0 is Monday. Each city has its own six steps of colour, of equal length.',
        caveats: ['Times are often rounded or guessed: noon and midnight hold more than happened then.'],
      }}
      table={() => weekTable(counts.value)}
    >
      <Near height={480}>
        {({ cities, hidden }) => (
          <>
            {cities.map(({ entry, counts: ofCity, colour }) => (
              <div key={entry.source}>
                <h3 class="spoken">{entry.city}</h3>
                <WeekHoursGrid
                  source={entry.source}
                  city={entry.city}
                  colour={colour}
                  counts={ofCity.weekHours}
                  hidden={hidden}
                />
                {ofCity.noTime !== 0 && (
                  <p class="chart-note">
                    {incidentsText(ofCity.noTime, hidden)} without a time of day{' '}
                    {ofCity.noTime === 1 ? 'is' : 'are'} in no hour.
                  </p>
                )}
              </div>
            ))}
            <p class="chart-note">
              Each city has its own colours. An incident counts in the hour of its recorded start and is not
              spread over the time in which it may have happened, as the report does; noon and midnight are
              often entered when the hour is not known.
            </p>
          </>
        )}
      </Near>
    </Panel>
  );
}
