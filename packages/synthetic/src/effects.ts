import type { Random } from '@crimetracker/analysis-kit';
import { z } from 'zod';
import type { Calendar } from './calendar.js';
import { isoDate } from './calendar.js';
import type { World } from './world.js';
import { distanceM } from './world.js';

export const CITIES = ['nypd', 'lapd'] as const;
export type City = (typeof CITIES)[number];

const city = z.enum(CITIES);
const day = z.iso.date();
const factor = z.number().positive();

/** More incidents of a category around one point during a period, both days included. */
const hotspotSchema = z.strictObject({
  city,
  category: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  radiusM: z.number().positive(),
  from: day,
  to: day,
  factor,
});
/** More incidents of a category in one hour of the week, all the time. Weekday 1 is Monday. */
const peakSchema = z.strictObject({
  city,
  category: z.string(),
  weekday: z.int().min(1).max(7),
  hour: z.int().min(0).max(23),
  factor,
});
/** The share of a weapon category among these crimes moves in a straight line from the first to the last day. */
const weaponTrendSchema = z.strictObject({
  city,
  categories: z.array(z.string()),
  weaponCategory: z.string(),
  from: day,
  to: day,
  shareFrom: z.number().min(0).max(1),
  shareTo: z.number().min(0).max(1),
});
/** One week, Monday to Sunday, with more or fewer incidents of a category. */
const anomalySchema = z.strictObject({ city, category: z.string(), weekStart: day, factor });
/** From the first of a month on, more or fewer incidents of a category. */
const levelShiftSchema = z.strictObject({
  city,
  category: z.string(),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  factor,
});

export const effectsSchema = z.strictObject({
  hotspots: z.array(hotspotSchema),
  peaks: z.array(peakSchema),
  weaponTrends: z.array(weaponTrendSchema),
  anomalies: z.array(anomalySchema),
  levelShifts: z.array(levelShiftSchema),
});
/** What is planted beside the ordinary rhythm of the cities. */
export type Effects = z.infer<typeof effectsSchema>;
export type Hotspot = z.infer<typeof hotspotSchema>;
export type WeaponTrend = z.infer<typeof weaponTrendSchema>;

/** A day at a share of the window, for example 0.5 for its middle. */
const dayAt = (calendar: Calendar, share: number): number =>
  Math.min(calendar.days - 1, Math.floor(calendar.days * share));

function mondayAt(calendar: Calendar, share: number): string {
  const start = dayAt(calendar, share);
  return calendar.iso(start - calendar.weekday(start));
}

const monthAt = (calendar: Calendar, share: number): string =>
  isoDate({ ...calendar.date(dayAt(calendar, share)), day: 1 }).slice(0, 7);

interface HotspotPlan {
  readonly category: string;
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

const HOTSPOT_PLANS: Readonly<Record<City, readonly HotspotPlan[]>> = {
  nypd: [
    { category: 'Robbery', from: 0, to: 1, factor: 60 },
    { category: 'Other theft', from: 0, to: 0.5, factor: 40 },
    { category: 'Aggravated assault', from: 0.6, to: 1, factor: 80 },
  ],
  lapd: [
    { category: 'Theft from vehicle', from: 0, to: 1, factor: 40 },
    { category: 'Robbery', from: 0.4, to: 1, factor: 80 },
    { category: 'Motor vehicle theft', from: 0.5, to: 1, factor: 50 },
  ],
};

/** The effects planted unless the caller gives others; places depend on the seed, dates on the window. */
export function defaultEffects(which: City, calendar: Calendar, world: World, random: Random): Effects {
  const hotspots = HOTSPOT_PLANS[which].map((plan): Hotspot => {
    const district = random.below(world.districts.length);
    const centre = centralPoint(world, district, random);
    return {
      city: which,
      category: plan.category,
      latitude: world.latitudes[centre] ?? 0,
      longitude: world.longitudes[centre] ?? 0,
      radiusM: 200,
      from: calendar.iso(dayAt(calendar, plan.from)),
      to: calendar.iso(dayAt(calendar, plan.to)),
      factor: plan.factor,
    };
  });
  if (which === 'nypd') {
    return {
      hotspots,
      peaks: [{ city: which, category: 'Simple assault', weekday: 6, hour: 23, factor: 4 }],
      weaponTrends: [],
      anomalies: [
        { city: which, category: 'Burglary', weekStart: mondayAt(calendar, 0.6), factor: 4 },
        { city: which, category: 'Other theft', weekStart: mondayAt(calendar, 0.35), factor: 0.3 },
      ],
      levelShifts: [{ city: which, category: 'Vandalism', month: monthAt(calendar, 0.7), factor: 1.6 }],
    };
  }
  return {
    hotspots,
    peaks: [{ city: which, category: 'Theft from vehicle', weekday: 5, hour: 19, factor: 4 }],
    weaponTrends: [
      {
        city: which,
        categories: ['Robbery', 'Aggravated assault'],
        weaponCategory: 'Firearm',
        from: calendar.iso(0),
        to: calendar.iso(calendar.days - 1),
        shareFrom: 0.15,
        shareTo: 0.45,
      },
    ],
    anomalies: [
      { city: which, category: 'Motor vehicle theft', weekStart: mondayAt(calendar, 0.45), factor: 3 },
      { city: which, category: 'Robbery', weekStart: mondayAt(calendar, 0.75), factor: 4 },
    ],
    levelShifts: [{ city: which, category: 'Burglary', month: monthAt(calendar, 0.55), factor: 1.5 }],
  };
}

/** A random point in the inner half of a district, so that the circle around it stays inside. */
function centralPoint(world: World, district: number, random: Random): number {
  const { latitude, longitude, radiusKm } = world.districts[district] ?? {
    latitude: 0,
    longitude: 0,
    radiusKm: 0,
  };
  const first = world.starts[district] ?? 0;
  const count = (world.starts[district + 1] ?? 0) - first;
  for (;;) {
    const point = first + random.below(count);
    const metres = distanceM(latitude, longitude, world.latitudes[point] ?? 0, world.longitudes[point] ?? 0);
    if (metres <= radiusKm * 500) return point;
  }
}

/** The point of the pool nearest to a place, and its district. */
export function nearestPoint(
  world: World,
  latitude: number,
  longitude: number,
): { district: number; point: number } {
  let best = { district: 0, point: 0 };
  let bestM = Number.POSITIVE_INFINITY;
  for (const [district, { latitude: north, longitude: east, radiusKm }] of world.districts.entries()) {
    if (distanceM(latitude, longitude, north, east) > bestM + radiusKm * 1000) continue;
    for (let point = world.starts[district] ?? 0; point < (world.starts[district + 1] ?? 0); point += 1) {
      const metres = distanceM(
        latitude,
        longitude,
        world.latitudes[point] ?? 0,
        world.longitudes[point] ?? 0,
      );
      if (metres < bestM) {
        bestM = metres;
        best = { district, point };
      }
    }
  }
  return best;
}
