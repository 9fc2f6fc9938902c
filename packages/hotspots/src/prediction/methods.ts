import type { CellGrid } from '../cells/cell-grid.js';
import { expectedTotal } from './expected-total.js';
import type { PlaceMixture } from './place-mixture.js';
import { placeMixture } from './place-mixture.js';
import type { PlacePast } from './place-past.js';
import { HALF_LIVES } from './place-past.js';
import { proMap } from './pro-map.js';
import type { WeeklyEvents } from './weekly-events.js';

/** Weeks ahead. */
export const HORIZONS = [1, 4, 13] as const;
export type Horizon = (typeof HORIZONS)[number];

export const METHODS = ['retrospective', 'decay', 'pro-map', 'mixture'] as const;
export type Method = (typeof METHODS)[number];

/** One value for each method. */
export function byMethod<Value>(make: (method: Method) => Value): Readonly<Record<Method, Value>> {
  return {
    retrospective: make('retrospective'),
    decay: make('decay'),
    'pro-map': make('pro-map'),
    mixture: make('mixture'),
  };
}

/** δ in rings and τ in weeks among which the tuning year chooses. */
export const PRO_MAP_RINGS = [0.25, 1, 4] as const;
export const PRO_MAP_TIMES = [1, 4, 13, 52] as const;

/** What the tuning year chose for a horizon. */
export interface MethodSettings {
  /** Half-life of the decayed count, by its place. */
  readonly decay: number;
  /** δ and τ by their places. */
  readonly proMapRings: number;
  readonly proMapTime: number;
  readonly weights: readonly Float64Array[];
}

export interface Forecaster {
  /** Incidents a method expects in each cell from the past's week on; overwritten by the next forecast. */
  forecast(method: Method, horizon: Horizon, settings: MethodSettings): Float64Array;
  /** The components of the mixture at the past's week. */
  mixtureAt(horizon: Horizon): PlaceMixture;
}

/** Gives values the sum `total`; all of them 0 become even over the area. */
function scaleTo(total: number, areasKm2: Float64Array, values: Float64Array): void {
  let sum = 0;
  for (let cell = 0; cell < values.length; cell += 1) sum += values[cell] as number;
  if (sum === 0) {
    values.set(areasKm2);
    sum = areasKm2.reduce((left, area) => left + area, 0);
  }
  const scale = total / sum;
  for (let cell = 0; cell < values.length; cell += 1) values[cell] = (values[cell] as number) * scale;
}

/** Forecasts by every method from what a past holds. */
export function placeForecaster(grid: CellGrid, events: WeeklyEvents, past: PlacePast): Forecaster {
  const cells = grid.cells.length;
  const values = new Float64Array(cells);
  const mixture = placeMixture(grid, events);
  const riskAt = proMap(grid, events);
  let risk:
    | { readonly week: number; readonly time: number; readonly surfaces: readonly Float64Array[] }
    | undefined;

  function proMapAt(time: number): readonly Float64Array[] {
    if (risk?.week !== past.week || risk.time !== time) {
      risk = {
        week: past.week,
        time,
        surfaces: riskAt(past.week, PRO_MAP_TIMES[time] as number, PRO_MAP_RINGS),
      };
    }
    return risk.surfaces;
  }

  function mixtureAt(horizon: Horizon): PlaceMixture {
    mixture.moveTo(past, horizon);
    return mixture;
  }

  const write: Record<Method, (horizon: Horizon, settings: MethodSettings) => void> = {
    retrospective: () => values.set(past.lastYear),
    decay: (_, { decay }) => {
      for (let cell = 0; cell < cells; cell += 1) {
        values[cell] = past.decayed[cell * HALF_LIVES.length + decay] as number;
      }
    },
    'pro-map': (_, { proMapRings, proMapTime }) => {
      values.set(proMapAt(proMapTime)[proMapRings] as Float64Array);
    },
    mixture: (horizon, { weights }) => mixtureAt(horizon).mix(weights, values),
  };

  return {
    forecast(method, horizon, settings) {
      write[method](horizon, settings);
      scaleTo(expectedTotal(past.weekTotals, past.week, horizon), grid.areasKm2, values);
      return values;
    },
    mixtureAt,
  };
}
