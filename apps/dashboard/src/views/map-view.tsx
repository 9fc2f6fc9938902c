import { hasPersonFilter } from '@crimetracker/crossfilter';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { countSql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { CityMap } from '../map/city-map.js';
import { mapPicture, mapTable } from '../map/map-export.js';
import type { MapMode } from '../map/map-mode.js';
import { MAP_MODES } from '../map/map-mode.js';
import { Panel } from '../panel.js';
import { counts, filters, mapResolution, shownRange } from '../store.js';
import '../styles/map.css';

export function MapView() {
  const mode = useSignal<MapMode>('count');
  const canvases = useRef(new Map<string, HTMLCanvasElement>());
  return (
    <Panel
      id="map"
      title="Where"
      size="full"
      note="Recorded incidents by cell. Many incidents are a matter of how many people come by, too: concentration is not risk. Choose cells to see only them everywhere."
      terms={['H3 cell', 'Gi*', 'emerging hot spot', 'jurisdiction']}
      controls={
        <fieldset class="segments">
          <legend class="spoken">What the map shows</legend>
          {MAP_MODES.map(({ id, label }) => (
            <label key={id}>
              <input
                type="radio"
                name="map-mode"
                checked={mode.value === id}
                onChange={() => {
                  mode.value = id;
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      }
      explain={{
        sql: () =>
          countSql(
            [hasPersonFilter(filters.value) ? 'jurisdiction' : `h3_r${mapResolution.value}`],
            filters.value,
            shownRange.value,
            ['cell'],
          ),
        method:
          'Incidents with good coordinates, each counted in the cell of its own point. Gi* compares a cell and its neighbours with the mean of all cells in which an incident was ever recorded; hot and cold are those with an exact permutation p-value that survives a false discovery rate of 5 % over all cells of the map. How hot spots emerged is told by the Gi* of every month of the last three years, for one category or all, whatever else is filtered.',
        caveats: [
          'Places are published at mid-block, an intersection, or the hundred-block.',
          'Sex offences, kidnapping and trafficking are never shown by cell.',
        ],
      }}
      table={() => mapTable(counts.value)}
      picture={() => mapPicture([...canvases.current.values()])}
    >
      <Near height={560}>
        {(shown) => (
          <div class="city-maps">
            {shown.cities.map((city) => (
              <CityMap
                key={city.entry.source}
                city={city}
                shown={shown}
                mode={mode.value}
                onCanvas={(source, canvas) => {
                  if (canvas === null) canvases.current.delete(source);
                  else canvases.current.set(source, canvas);
                }}
              />
            ))}
          </div>
        )}
      </Near>
    </Panel>
  );
}
