import { monthText } from '@crimetracker/analysis-kit/words';
import { countSql, jurisdictionSql } from '../charts/filters-sql.js';
import { comparedYears, jurisdictionRows } from '../charts/jurisdiction-rows.js';
import { JurisdictionTable } from '../charts/jurisdiction-table.js';
import { Near } from '../charts/near.js';
import { hiddenText } from '../charts/words.js';
import type { PanelTable } from '../export/panel-table.js';
import { Panel } from '../panel.js';
import { catalogue, counts, filters, shownRange } from '../store.js';

export function JurisdictionsView() {
  return (
    <Panel
      id="jurisdictions"
      title="Jurisdictions"
      size="full"
      note="Precincts of New York and divisions of Los Angeles. Many incidents are no verdict on a place: jurisdictions differ in size, people and visitors."
      terms={['jurisdiction']}
      explain={{
        sql: () => countSql([jurisdictionSql], filters.value, shownRange.value, ['jurisdiction']),
        method:
          'The share is that of the city’s incidents under the filters. The change holds the last twelve completely reported months of the shown days against the twelve before.',
        caveats: [
          'Boundaries moved: in New York precincts 121 and 116 were created, and others realigned; see the known events of the series.',
        ],
      }}
      table={jurisdictionsTable}
    >
      <Near height={560}>
        {({ cities, chosen, hidden }) => {
          const years = cities.map(({ entry, counts: ofCity }) =>
            comparedYears(ofCity.jurisdictionSeries, ofCity.range, entry.completeness),
          );
          return (
            <>
              <JurisdictionTable
                rows={cities.flatMap(({ entry, counts: ofCity }, place) =>
                  jurisdictionRows(entry, ofCity.jurisdiction, ofCity.jurisdictionSeries, years[place]),
                )}
                colours={Object.fromEntries(cities.map(({ entry, colour }) => [entry.source, colour]))}
                chosen={chosen.jurisdiction}
                chosenSources={chosen.source}
                hidden={hidden}
                hasCities={cities.length > 1}
                hasChange={years.some((one) => one !== undefined)}
              />
              <p class="chart-note">
                {years.every((one) => one === undefined)
                  ? 'Show two completely reported years or more to see how jurisdictions changed.'
                  : cities
                      .flatMap(({ entry }, place) => {
                        const one = years[place];
                        return one === undefined
                          ? []
                          : [
                              `${entry.city}: the change is of the year from ${monthText(one.from)} against the year before.`,
                            ];
                      })
                      .concat('In grey: no more than chance alone gives in 19 of 20 cases.')
                      .join(' ')}
              </p>
            </>
          );
        }}
      </Near>
    </Panel>
  );
}

function jurisdictionsTable(): PanelTable {
  const { cities, filters: answered } = counts.value;
  const hidden = hiddenText(answered);
  return {
    columns: ['City', 'Jurisdiction', 'Incidents'],
    rows: cities.flatMap(({ source, jurisdiction }) => {
      const entry = catalogue.value?.cities.find((city) => city.source === source);
      return (entry?.jurisdictions ?? []).map((name, place) => [
        entry?.city ?? source,
        name,
        jurisdiction[place] ?? hidden,
      ]);
    }),
  };
}
