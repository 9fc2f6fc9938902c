import type { CODE_GROUPS } from './codes.js';
import { KIND, NO_PLACE, NO_TIME, SUSPECT, VICTIM } from './codes.js';
import type { CityIndex, CountRequest } from './counts.js';
import type { ValueDimension } from './dimensions.js';
import { NO_JURISDICTION, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import type { Filters } from './filters.js';
import type { Places, Shard } from './shard.js';
import { completeShard } from './shard.js';

/** An incident of the tests, with the values that filters and counts name. */
export interface TestIncident {
  readonly date: string;
  readonly hour: number | undefined;
  readonly jurisdiction: string;
  readonly values: Readonly<Record<ValueDimension, string>>;
  /** Its place in PLACES; undefined when it is not on the map. */
  readonly place: number | undefined;
}

const CELLS = {
  7: ['872a100d2ffffff', '872a100d6ffffff'],
  8: ['882a100d21fffff', '882a100d23fffff', '882a100d61fffff'],
  9: ['892a100d203ffff', '892a100d207ffff', '892a100d20bffff', '892a100d603ffff'],
} as const;

/** Four places; the cells of the second are not those that the H3 tree would give. */
export const PLACES: Places = {
  cells: CELLS,
  cellOf: {
    7: Uint32Array.of(0, 1, 0, 1),
    8: Uint32Array.of(0, 0, 1, 2),
    9: Uint32Array.of(0, 1, 2, 3),
  },
};

export const INDEX: CityIndex = {
  source: 'test',
  city: 'Testville',
  range: { from: '2019-03-05', to: '2021-08-20' },
  incidents: 0,
  jurisdictions: ['Centre', 'Harbour', NO_JURISDICTION],
  cells: CELLS,
};

/** Shards of incidents, one a year. */
export function shardsOf(incidents: readonly TestIncident[]): readonly Shard[] {
  const years = [...new Set(incidents.map(({ date }) => Number(date.slice(0, 4))))].sort((a, b) => a - b);
  return years.map((year) =>
    shardOf(
      year,
      incidents.filter(({ date }) => date.startsWith(`${year}-`)),
    ),
  );
}

function shardOf(year: number, incidents: readonly TestIncident[]): Shard {
  const dayOf = (date: string): number => (Date.parse(date) - Date.UTC(year, 0, 1)) / 86_400_000;
  const placeOf = (name: ValueDimension, value: string): number =>
    (VALUE_DIMENSIONS[name].values as readonly string[]).indexOf(value);
  const segmentOf = (incident: TestIncident): readonly [number, number] => [
    INDEX.jurisdictions.indexOf(incident.jurisdiction),
    placeOf('crime_category', incident.values.crime_category),
  ];
  const rows = [...incidents].sort((a, b) => {
    const [aj, ac] = segmentOf(a);
    const [bj, bc] = segmentOf(b);
    return aj - bj || ac - bc || dayOf(a.date) - dayOf(b.date);
  });
  const starts = rows.flatMap((row, at) => {
    const before = rows[at - 1];
    return before === undefined || segmentOf(before).join() !== segmentOf(row).join() ? [at] : [];
  });
  const codes = (group: (typeof CODE_GROUPS)[number]): Uint16Array =>
    Uint16Array.from(rows, ({ values }) =>
      group.dimensions.reduce(
        (sum, name, at) => sum + placeOf(name, values[name]) * (group.strides[at] ?? 0),
        0,
      ),
    );
  const segments = starts.map((at) => segmentOf(rows[at] as TestIncident));
  return completeShard(
    {
      source: INDEX.source,
      year,
      rows: rows.length,
      jurisdictions: Uint16Array.from(segments, ([jurisdiction]) => jurisdiction),
      categories: Uint8Array.from(segments, ([, category]) => category),
      starts: Uint32Array.from([...starts, rows.length]),
      days: Uint16Array.from(rows, ({ date }) => dayOf(date)),
      kinds: codes(KIND),
      victims: codes(VICTIM),
      suspects: codes(SUSPECT),
      places: Uint32Array.from(rows, ({ place }) => place ?? NO_PLACE),
    },
    Uint8Array.from(rows, ({ hour }) => hour ?? NO_TIME),
  );
}

type Restriction = ValueDimension | 'dates' | 'jurisdiction' | 'week' | 'hour' | 'cell';

/** Whether an incident passes the filters but one, row by row: the plain reading that counts are held against. */
function passes(incident: TestIncident, filters: Filters, leftOut?: Restriction): boolean {
  const weekday = (new Date(incident.date).getUTCDay() + 6) % 7;
  const cells = ([7, 8, 9] as const).map(
    (resolution) => PLACES.cells[resolution][PLACES.cellOf[resolution][incident.place ?? -1] ?? -1],
  );
  const own: readonly (readonly [Restriction, boolean])[] = [
    ['dates', incident.date >= (filters.from ?? '') && incident.date <= (filters.to ?? '9999')],
    ...VALUE_DIMENSION_NAMES.map(
      (name) => [name, filters[name]?.includes(incident.values[name]) ?? true] as const,
    ),
    ['jurisdiction', filters.jurisdiction?.includes(incident.jurisdiction) ?? true],
    ['week', filters.weekday?.includes(weekday) ?? true],
    [
      'hour',
      filters.hour === undefined || (incident.hour !== undefined && filters.hour.includes(incident.hour)),
    ],
    [
      'cell',
      filters.cell === undefined || cells.some((cell) => cell !== undefined && filters.cell?.includes(cell)),
    ],
  ];
  return own.every(
    ([name, isPassed]) => isPassed || name === leftOut || (leftOut === 'week' && name === 'hour'),
  );
}

/** How many incidents pass and have a key, by key. */
export function countBy(
  incidents: readonly TestIncident[],
  { filters }: CountRequest,
  keyOf: (incident: TestIncident) => string | undefined,
  leftOut?: Restriction,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const incident of incidents) {
    const key = keyOf(incident);
    if (key !== undefined && passes(incident, filters, leftOut)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
