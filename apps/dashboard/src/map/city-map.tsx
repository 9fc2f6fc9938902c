import type { MapResolution } from '@crimetracker/crossfilter';
import { hasPersonFilter } from '@crimetracker/crossfilter';
import { latLngToCell } from 'h3-js';
import { useMemo, useRef } from 'preact/hooks';
import type { Shown, ShownCity } from '../charts/near.js';
import type { CityHotspots } from '../documents.js';
import { loadDocument } from '../load.js';
import { catalogue, changeFilters, filters, mapResolution, toggleValue } from '../store.js';
import type { CellShapes } from './city-shapes.js';
import { cellRing, loadCells, loadShapes } from './city-shapes.js';
import { MapCanvas } from './map-canvas.js';
import type { Classed } from './map-classes.js';
import { countClasses, resolutionAt } from './map-classes.js';
import type { MapContent, MapMode } from './map-mode.js';
import { cellCounts, emergingTarget, showCounts, showEmerging, showGiStar } from './map-mode.js';
import { useLoaded } from './use-loaded.js';

/** Cells that can be chosen at most; filters take no more. */
const MOST_CELLS = 200;
const MAP_HEIGHT = 470;

export interface CityMapProps {
  readonly city: ShownCity;
  readonly shown: Shown;
  readonly mode: MapMode;
  readonly onCanvas: (source: string, canvas: HTMLCanvasElement | null) => void;
}

/** The map of one city with its legend and the list of its foremost cells. */
export function CityMap({ city, shown, mode, onCanvas }: CityMapProps) {
  const { entry, counts } = city;
  const { source } = entry;
  const snapshot = catalogue.value?.snapshot ?? '';
  const ofPersons = hasPersonFilter(shown.answered);
  const hotspotResolution = catalogue.value?.hotspotResolution as MapResolution;
  const resolution =
    mode === 'emerging' ? hotspotResolution : (counts.cells?.resolution ?? mapResolution.value);
  const shapes = useLoaded(`${snapshot} ${source}`, () => loadShapes(source));
  const cells = useLoaded(`${snapshot} ${source} ${resolution}`, () => loadCells(source, resolution));
  const hotspots = useLoaded(`${snapshot} ${source} ${mode === 'emerging'}`, () =>
    mode === 'emerging' ? loadDocument<CityHotspots>(`hotspots-${source}.json`) : Promise.resolve(undefined),
  );
  const target = emergingTarget(shown.answered);
  const content = useMemo<MapContent | undefined>(() => {
    if (!cells || ofPersons) return undefined;
    if (mode === 'emerging') {
      if (target === undefined)
        return {
          classed: { classes: [], classOf: new Int8Array() },
          describe: () => '',
          top: [],
          reason: 'Choose one category, or none: patterns are known of one category, or of all together.',
        };
      return hotspots ? showEmerging(cells.cells, hotspots, target) : undefined;
    }
    if (counts.cells?.resolution !== resolution) return undefined;
    const all = cellCounts(counts, cells.cells.length);
    return mode === 'gi' ? showGiStar(`${snapshot} ${source} ${resolution}`, cells, all) : showCounts(all);
  }, [cells, counts, mode, hotspots, target, ofPersons]);
  const byJurisdiction = useMemo(
    () => jurisdictionClasses(entry.jurisdictions, counts.jurisdiction),
    [entry, counts],
  );
  const chosenCells = filters.value.cell ?? [];
  const chosenNames = filters.value.jurisdiction ?? [];
  const chosen = useMemo(
    () => [
      ...chosenCells.map(cellRing),
      ...(shapes ?? [])
        .filter(({ kind, name }) => kind === 'jurisdiction' && chosenNames.includes(name))
        .flatMap(({ rings }) => rings),
    ],
    [chosenCells.join(), chosenNames.join(), shapes],
  );
  const isChoropleth = ofPersons;
  const classed = isChoropleth ? byJurisdiction.classed : content?.classed;
  const canvas = useRef<HTMLCanvasElement | null>(null);

  const pickCell = (cell: string): void => {
    const isChosen = chosenCells.includes(cell);
    if (!isChosen && chosenCells.length >= MOST_CELLS) return;
    toggleValue('cell', cell);
  };
  if (shapes === undefined)
    return (
      <p class="empty" aria-busy="true">
        Loading the map…
      </p>
    );
  if (shapes === null)
    return (
      <p class="empty" role="alert">
        The map of {entry.city} could not be loaded.
      </p>
    );
  const isDerived = shapes.some(({ isOfficial }) => !isOfficial);
  return (
    <div class="city-map">
      <h3>
        <span class="dot" style={{ background: city.colour }} /> {entry.city}
      </h3>
      <MapCanvas
        label={`Map of ${entry.city}`}
        shapes={shapes}
        cells={isChoropleth ? undefined : (cells ?? undefined)}
        classed={classed}
        classOfJurisdiction={isChoropleth ? byJurisdiction.classOf : undefined}
        chosen={chosen}
        tiles={catalogue.value?.tiles ?? null}
        height={MAP_HEIGHT}
        onZoom={(zoom) => {
          mapResolution.value = resolutionAt(zoom);
        }}
        describe={({ latitude, longitude }, jurisdiction) => {
          const place = cells?.placeOf.get(latLngToCell(latitude, longitude, resolution));
          const told = isChoropleth
            ? jurisdiction && `${byJurisdiction.textOf(jurisdiction, shown.hidden)}`
            : place !== undefined && content !== undefined && content.reason === undefined
              ? content.describe(place)
              : undefined;
          return [jurisdiction, told].filter(Boolean).join(': ') || undefined;
        }}
        onPick={({ latitude, longitude }, jurisdiction) => {
          const cell = latLngToCell(latitude, longitude, resolution);
          if (isChoropleth) {
            if (jurisdiction !== undefined) toggleValue('jurisdiction', jurisdiction);
          } else if (cells?.placeOf.has(cell)) pickCell(cell);
        }}
        onCanvas={(element) => {
          canvas.current = element;
          onCanvas(source, element);
        }}
      />
      {content?.reason !== undefined && !isChoropleth && <p class="chart-note">{content.reason}</p>}
      {mode === 'emerging' && target !== undefined && hotspots?.emerging[target] !== undefined && (
        <p class="chart-note">
          {target === 'All' ? 'All categories together' : target}, months {hotspots.emerging[target].period}.
          Other filters do not change these patterns.
        </p>
      )}
      {isChoropleth && (
        <p class="chart-note">Persons are never counted by cell, so jurisdictions are shown instead.</p>
      )}
      <Legend classed={classed} label={isChoropleth || mode === 'count' ? 'Incidents' : undefined} />
      {!isChoropleth && counts.cells !== null && mode !== 'emerging' && (
        <p class="chart-note">
          {counts.cells.elsewhere.toLocaleString('en-US')} incidents are not on the map: without good
          coordinates, or of a kind that is never shown by cell.
        </p>
      )}
      {chosenCells.length >= MOST_CELLS && (
        <p class="chart-note">No more than {MOST_CELLS} cells can be chosen.</p>
      )}
      {isDerived && (
        <p class="chart-note">
          Lines of jurisdictions follow where incidents are recorded; they are not official.
        </p>
      )}
      {!isChoropleth && cells && content !== undefined && content.top.length > 0 && (
        <TopCells cells={cells} content={content} chosen={chosenCells} onPick={pickCell} />
      )}
      {chosenCells.length > 0 && (
        <button type="button" class="quiet" onClick={() => changeFilters({ cell: undefined })}>
          Clear {chosenCells.length} chosen {chosenCells.length === 1 ? 'cell' : 'cells'}
        </button>
      )}
    </div>
  );
}

function Legend({
  classed,
  label,
}: {
  readonly classed: Classed | undefined;
  readonly label: string | undefined;
}) {
  if (classed === undefined || classed.classes.length === 0) return null;
  return (
    <ul class="map-legend" aria-label={label ?? 'Legend'}>
      {classed.classes.map(({ label: text, colour }) => (
        <li key={text}>
          <span style={{ background: `var(${colour})` }} /> {text}
        </li>
      ))}
      {label !== undefined && <li class="soft">incidents</li>}
    </ul>
  );
}

interface TopCellsProps {
  readonly cells: CellShapes;
  readonly content: MapContent;
  readonly chosen: readonly string[];
  readonly onPick: (cell: string) => void;
}

/** The foremost cells as a list, which chooses them without a pointer. */
function TopCells({ cells, content, chosen, onPick }: TopCellsProps) {
  return (
    <details class="top-cells">
      <summary>The first {content.top.length} cells as a list</summary>
      <ol>
        {content.top.map((place) => {
          const cell = cells.cells[place] ?? '';
          return (
            <li key={cell}>
              <label>
                <input type="checkbox" checked={chosen.includes(cell)} onChange={() => onPick(cell)} />
                <code>{cell}</code> {content.describe(place)}
              </label>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

function jurisdictionClasses(names: readonly string[], counts: readonly (number | null)[]) {
  const classed = countClasses(counts.map((count) => count ?? 0));
  return {
    classed,
    classOf: new Map(names.map((name, place) => [name, classed.classOf[place] ?? -1])),
    textOf: (name: string, hidden: string): string => {
      const count = counts[names.indexOf(name)];
      return count === null ? hidden : `${(count ?? 0).toLocaleString('en-US')} incidents`;
    },
  };
}
