import { gradeOf } from '@crimetracker/analysis-kit';
import type { Filters } from '@crimetracker/crossfilter';
import { countSql } from '../charts/filters-sql.js';
import type { Shown, ShownCity } from '../charts/near.js';
import { Near } from '../charts/near.js';
import type { Overlays } from '../charts/overlays.js';
import { overlaysOf } from '../charts/overlays.js';
import { OverviewStrip } from '../charts/overview-strip.js';
import { breakDays, breakName, SeriesChart, SeriesLegend } from '../charts/series-chart.js';
import { openMonths, openMonthsText, seriesPoints } from '../charts/series-points.js';
import { seriesTable } from '../charts/tables.js';
import { useAnswers } from '../charts/use-answers.js';
import { Panel } from '../panel.js';
import { changeFilters, counts as counted, filters, shownRange } from '../store.js';

/** Most anomalies of single categories that are listed at once. */
const MOST_LISTED = 6;
/** So many known events are listed at once; more are folded. */
const FEW_BREAKS = 3;

export function SeriesView() {
  return (
    <Panel
      id="series"
      title="Incidents over time"
      note="Recorded incidents by the day they happened, of each city for itself."
      size="full"
      terms={[
        'recorded crime',
        'occurrence date',
        'anomaly',
        'level shift',
        'known break',
        'forecast',
        'forecast interval',
        'completeness',
      ]}
      explain={{
        sql: () => {
          const grain = counted.value.cities[0]?.series.grain ?? 'month';
          return countSql([`date_trunc('${grain}', occurred_date)`], filters.value, shownRange.value);
        },
        method:
          'Incidents are counted by day up to three months, by week up to two years, else by month; with sex offences by month only. Weeks begin on Monday. Anomalies, level shifts and forecasts are of the tables mart_anomalies, mart_level_shifts, mart_break_register and mart_forecasts.',
      }}
      table={() => seriesTable(counted.value)}
    >
      <Near height={620}>{(shown) => <SeriesOfCities {...shown} />}</Near>
    </Panel>
  );
}

function SeriesOfCities({ cities, answered, hidden, data }: Shown) {
  const answers = useAnswers(cities.map(({ entry }) => entry.source));
  const drawn = cities.map((city) => {
    const { counts, entry } = city;
    const ofCity = answers[entry.source];
    return {
      city,
      points: seriesPoints(counts.series, counts.range, entry.completeness),
      overlays:
        ofCity === undefined || ofCity === null
          ? undefined
          : overlaysOf(ofCity, withoutDays(answered), counts.series.grain, counts.range),
      isMissing: ofCity === null,
    };
  });
  return (
    <>
      <OverviewStrip
        data={data}
        cities={cities.map(({ entry, colour, counts: ofCity }) => ({
          city: entry.city,
          colour,
          months: ofCity.months,
        }))}
      />
      {drawn.map(({ city: { entry, counts, colour }, points, overlays, isMissing }) => (
        <div key={entry.source} class="series-of-city" id={`series-${entry.source}`}>
          <h3 class="spoken">{entry.city}</h3>
          {points.length === 0 ? (
            <p class="empty">{entry.city} has no data in these days.</p>
          ) : (
            <SeriesChart
              source={entry.source}
              city={entry.city}
              colour={colour}
              grain={counts.series.grain}
              range={counts.range}
              points={points}
              overlays={overlays}
              hidden={hidden}
            />
          )}
          <SeriesNotes entry={entry} counts={counts} overlays={overlays} isMissing={isMissing} />
        </div>
      ))}
      <SeriesLegend cities={drawn} />
      {cities.length > 1 && <p class="chart-note">{gradeText(answered)}</p>}
    </>
  );
}

const withoutDays = ({ from: _from, to: _to, ...others }: Filters): Filters => others;

/** Whether the two lines may be held against each other. */
function gradeText({ crime_category }: Filters): string {
  const [only] = crime_category?.length === 1 ? crime_category : [];
  return only === undefined
    ? 'Heights are not to be compared between cities: each has its own axis, laws and forms. Choose one category to see how far it is comparable.'
    : `${only} is ${gradeOf(only)} between cities; each still has its own axis.`;
}

function SeriesNotes({
  entry,
  counts,
  overlays,
  isMissing,
}: Pick<ShownCity, 'entry' | 'counts'> & {
  readonly overlays: Overlays | undefined;
  readonly isMissing: boolean;
}) {
  const open = openMonthsText(openMonths(counts.range, entry.completeness));
  return (
    <ul class="series-notes">
      {open !== undefined && <li class="note-open">{open}</li>}
      {isMissing && <li>Anomalies and forecasts could not be loaded.</li>}
      {overlays?.anomalies.map(({ start, sentence }) => (
        <li key={start} class="note-anomaly">
          {sentence}
        </li>
      ))}
      {overlays?.shifts.map(({ at, sentence }) => (
        <li key={at} class="note-shift">
          {sentence}
        </li>
      ))}
      {overlays !== undefined && overlays.breaks.length > 0 && (
        <li>
          <details open={overlays.breaks.length <= FEW_BREAKS}>
            <summary>
              {overlays.breaks.length === 1
                ? 'A known event that changes what counts mean'
                : `${overlays.breaks.length} known events that change what counts mean`}
            </summary>
            <ul class="break-list">
              {overlays.breaks.map(({ from, to, event, isVerified }, place) => (
                <li key={`${from}${event}`}>
                  <b>{breakName(place)}</b> {event} ({breakDays({ from, to })})
                  {!isVerified && '; not confirmed against a source'}
                </li>
              ))}
            </ul>
          </details>
        </li>
      )}
      {overlays !== undefined && overlays.others.length > 0 && (
        <li>
          Stands out in single categories:
          <ul>
            {overlays.others.slice(-MOST_LISTED).map(({ category, sentence }) => (
              <li key={sentence}>
                {sentence}{' '}
                <button
                  type="button"
                  class="link"
                  onClick={() => changeFilters({ crime_category: [category] })}
                >
                  Show {category.toLowerCase()}
                </button>
              </li>
            ))}
            {overlays.others.length > MOST_LISTED && (
              <li>{overlays.others.length - MOST_LISTED} earlier ones are not listed; choose a category.</li>
            )}
          </ul>
        </li>
      )}
      {overlays?.absent.map((sentence) => (
        <li key={sentence}>
          {sentence}
          {overlays.forecastCategories !== undefined && (
            <>
              {' '}
              <button
                type="button"
                class="link"
                onClick={() => changeFilters({ crime_category: overlays.forecastCategories })}
              >
                Show the categories that are forecast together
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
