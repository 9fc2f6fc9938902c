import { Random } from '@crimetracker/analysis-kit';
import { Calendar } from './calendar.js';
import type { City, Effects } from './effects.js';
import { defaultEffects, nearestPoint } from './effects.js';
import { GenerationError } from './errors.js';
import { AREAS } from './lapd-areas.js';
import { LAPD_OFFENCES } from './lapd-offences.js';
import { NYPD_OFFENCES } from './nypd-offences.js';
import { PRECINCTS } from './nypd-precincts.js';
import type { Category, PlantedHotspot } from './timeline.js';
import { Timeline } from './timeline.js';
import type { District, World } from './world.js';
import { buildWorld, neighbourhood } from './world.js';

/** Reports can come this many days after the last day of the window. */
export const SPARE_DAYS = 400;

/** One city as one seed makes it: its places, its days, its planted effects and the stream of what happens when. */
export interface CitySetup {
  readonly city: City;
  readonly seed: number;
  readonly calendar: Calendar;
  readonly world: World;
  readonly categories: readonly Category[];
  readonly effects: Effects;
  readonly hotspots: readonly PlantedHotspot[];
  /** A fresh timeline of `rows` incidents; each call gives the same one. */
  timeline(rows: number): Timeline;
}

const GRIDS = {
  nypd: { blockKm: [0.06, 0.16], decimals: 6 },
  lapd: { blockKm: [0.1, 0.2], decimals: 4 },
} as const;

export function setUpCity(options: {
  readonly city: City;
  readonly seed: number;
  readonly years: readonly [number, number];
  /** Replaces the default effects of the city, kind by kind. */
  readonly effects?: Partial<Effects>;
}): CitySetup {
  const { city, seed, years } = options;
  const calendar = new Calendar(years, SPARE_DAYS);
  const districts: readonly District[] = city === 'nypd' ? PRECINCTS : AREAS;
  const world = buildWorld(districts, GRIDS[city], new Random(seed, `${city}/world`));
  const categories = categoriesOf(city);
  const defaults = defaultEffects(city, calendar, world, new Random(seed, `${city}/effects`));
  const given = Object.fromEntries(
    Object.entries(options.effects ?? {}).map(([kind, list]) => [
      kind,
      list.filter((effect) => effect.city === city),
    ]),
  ) as Partial<Effects>;
  const effects: Effects = { ...defaults, ...given };
  checkEffects(city, categories, effects);
  const hotspots = effects.hotspots.map((hotspot): PlantedHotspot => {
    const { district, point } = nearestPoint(world, hotspot.latitude, hotspot.longitude);
    const place = neighbourhood(world, district, point, hotspot.radiusM);
    return {
      category: categories.findIndex(({ label }) => label === hotspot.category),
      from: calendar.dayOf(hotspot.from),
      to: calendar.dayOf(hotspot.to),
      extra: (hotspot.factor - 1) * place.share,
      place,
    };
  });
  return {
    city,
    seed,
    calendar,
    world,
    categories,
    effects,
    hotspots,
    timeline: (rows) =>
      new Timeline({
        city,
        calendar,
        categories,
        effects,
        hotspots,
        rows,
        random: new Random(seed, `${city}/timeline`),
      }),
  };
}

/** NYPD publishes these at the station house, so no hotspot of them can show. */
const STATION_HOUSE_CATEGORIES: readonly string[] = ['Rape', 'Other sex offense'];

function checkEffects(city: City, categories: readonly Category[], effects: Effects): void {
  const labels = categories.map(({ label }) => label);
  const { hotspots, peaks, anomalies, levelShifts, weaponTrends } = effects;
  const named = [
    ...[...hotspots, ...peaks, ...anomalies, ...levelShifts].map(({ category }) => category),
    ...weaponTrends.flatMap((trend) => trend.categories),
  ];
  const problems = [
    ...named
      .filter((label) => !labels.includes(label))
      .map((label) => `${city} files have no category ${label}`),
    ...(city === 'nypd' ? hotspots : [])
      .filter(({ category }) => STATION_HOUSE_CATEGORIES.includes(category))
      .map(({ category }) => `NYPD publishes ${category} at the station house`),
    ...weaponTrends
      .filter(({ weaponCategory }) => weaponCategory !== 'Firearm')
      .map(() => 'only Firearm can have a trend'),
    ...(city === 'nypd' && weaponTrends.length > 0 ? ['NYPD files have no weapons'] : []),
  ];
  if (problems.length === 0) return;
  throw new GenerationError(
    'synthetic-effects',
    `These effects cannot be planted: ${problems.join('; ')}.`,
    `Categories of ${city} are ${labels.join(', ')}.`,
  );
}

function categoriesOf(city: City): readonly Category[] {
  const tables: Readonly<Record<string, readonly (readonly [number, ...unknown[]])[]>> =
    city === 'nypd' ? NYPD_OFFENCES : LAPD_OFFENCES;
  return Object.entries(tables).map(([label, rows]) => ({
    label,
    weight: rows.reduce((sum, [weight]) => sum + weight, 0),
  }));
}
