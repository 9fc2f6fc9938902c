import { Near } from '../charts/near.js';
import { WeekHoursGrid } from '../charts/week-hours-grid.js';
import { incidentsText } from '../charts/words.js';
import { Panel } from '../panel.js';

export function WeekHoursView() {
  return (
    <Panel
      id="week-hours"
      title="Hours of the week"
      note="Incidents by the recorded time at which they began. Draw a rectangle to see only those hours everywhere."
    >
      <Near height={480}>
        {({ cities, chosen, hidden }) => (
          <>
            {cities.map(({ entry, counts, colour }) => (
              <div key={entry.source}>
                <h3 class="chart-title">
                  <span class="city-dot" style={{ background: colour }} />
                  <span>{entry.city}</span>{' '}
                  <span>
                    {counts.noTime === 0
                      ? 'all incidents have a time'
                      : `${incidentsText(counts.noTime, hidden)} without a time ${counts.noTime === 1 ? 'is' : 'are'} in no hour`}
                  </span>
                </h3>
                <WeekHoursGrid
                  source={entry.source}
                  city={entry.city}
                  counts={counts.weekHours}
                  weekday={chosen.weekday}
                  hour={chosen.hour}
                  hidden={hidden}
                />
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
