import type { Random } from '@crimetracker/analysis-kit';
import type { Behaviour } from './behaviours.js';
import { BEHAVIOURS, behaviourOf, trendLevel } from './behaviours.js';
import type { Calendar } from './calendar.js';
import type { City, Effects } from './effects.js';
import { WeightedChoice } from './weighted-choice.js';
import type { Neighbourhood } from './world.js';

export interface Category {
  readonly label: string;
  readonly weight: number;
}

/** A hotspot resolved to points, days and a category number. */
export interface PlantedHotspot {
  readonly category: number;
  readonly from: number;
  readonly to: number;
  /** Extra intensity as a share of the category's ordinary city-wide intensity. */
  readonly extra: number;
  readonly place: Neighbourhood;
}

/** Placeholder times the sources use when the time is unknown, as minutes of the day. */
const PLACEHOLDERS = [
  [45, 12 * 60],
  [38, 1],
  [12, 8 * 60],
  [5, 0],
] as const;

/**
 * When what happens: exactly `rows` incidents in order of their day, drawn from an intensity per day and category
 * (trend, season, weekday, planted effects, a little weather), one at a time.
 */
export class Timeline {
  day = 0;
  category = 0;
  minute = 0;
  /** The hotspot the incident was added for, if any. */
  hotspot: PlantedHotspot | undefined;

  readonly #calendar: Calendar;
  readonly #random: Random;
  readonly #behaviours: readonly Behaviour[];
  readonly #hours: readonly (readonly WeightedChoice[])[];
  readonly #intensity: Float64Array;
  readonly #cumulative: Float64Array;
  readonly #hotspots: readonly (readonly PlantedHotspot[])[];
  readonly #placeholders = new WeightedChoice(PLACEHOLDERS.map(([weight]) => weight));
  #left: number;
  /** Logarithm of the share of the timeline still ahead. */
  #ahead = 0;

  constructor(options: {
    readonly city: City;
    readonly calendar: Calendar;
    readonly categories: readonly Category[];
    readonly effects: Effects;
    readonly hotspots: readonly PlantedHotspot[];
    readonly rows: number;
    readonly random: Random;
  }) {
    const { calendar, categories, random } = options;
    this.#calendar = calendar;
    this.#random = random;
    this.#left = options.rows;
    this.#behaviours = categories.map(({ label }) => BEHAVIOURS[behaviourOf(label)]);
    const rhythms = categories.map(({ label }, index) =>
      rhythm(label, this.#behaviours[index] as Behaviour, options.effects),
    );
    this.#hours = rhythms.map((week) => week.map((hours) => new WeightedChoice(hours)));
    this.#hotspots = categories.map((_, index) =>
      options.hotspots.filter(({ category }) => category === index),
    );
    const { intensity, cumulative } = intensities(options, rhythms, this.#hotspots);
    this.#intensity = intensity;
    this.#cumulative = cumulative;
  }

  /** Moves to the next incident; false when all are given. */
  next(): boolean {
    if (this.#left === 0) return false;
    const random = this.#random;
    // Order statistics of uniform numbers, one by one: the multinomial counts stay exact and nothing is sorted.
    this.#ahead += Math.log(random.unit()) / this.#left;
    this.#left -= 1;
    const days = this.#calendar.days;
    const position = (1 - Math.exp(this.#ahead)) * (this.#cumulative[days] ?? 0);
    while (this.day < days - 1 && (this.#cumulative[this.day + 1] ?? 0) <= position) this.day += 1;
    this.category = this.#pickCategory();
    this.hotspot = this.#pickHotspot();
    this.minute = this.#pickMinute();
    return true;
  }

  #pickCategory(): number {
    const count = this.#behaviours.length;
    const offset = this.day * count;
    const total = (this.#cumulative[this.day + 1] ?? 0) - (this.#cumulative[this.day] ?? 0);
    let left = this.#random.unit() * total;
    for (let category = 0; category < count - 1; category += 1) {
      left -= this.#intensity[offset + category] ?? 0;
      if (left < 0) return category;
    }
    return count - 1;
  }

  #pickHotspot(): PlantedHotspot | undefined {
    const hotspots = this.#hotspots[this.category] ?? [];
    if (hotspots.length === 0) return undefined;
    const extra = extraOn(hotspots, this.day);
    if (extra === 0) return undefined;
    let left = this.#random.unit() * (1 + extra) - 1;
    for (const hotspot of hotspots) {
      if (left < 0) return undefined;
      if (!activeOn(hotspot, this.day)) continue;
      left -= hotspot.extra;
      if (left < 0) return hotspot;
    }
    return undefined;
  }

  #pickMinute(): number {
    const random = this.#random;
    const behaviour = this.#behaviours[this.category] as Behaviour;
    if (random.chance(behaviour.placeholders)) return PLACEHOLDERS[this.#placeholders.pick(random)]?.[1] ?? 0;
    const hour = this.#hours[this.category]?.[this.#calendar.weekday(this.day)]?.pick(random) ?? 0;
    const rounding = random.unit();
    // Half of all published times are whole or half hours, a third more are multiples of five minutes.
    if (rounding < 0.38) return hour * 60;
    if (rounding < 0.53) return hour * 60 + 30;
    if (rounding < 0.62) return hour * 60 + 15 + 30 * random.below(2);
    if (rounding < 0.86) return hour * 60 + 5 * random.below(12);
    return hour * 60 + random.below(60);
  }
}

const activeOn = (hotspot: PlantedHotspot, day: number): boolean => day >= hotspot.from && day <= hotspot.to;
const extraOn = (hotspots: readonly PlantedHotspot[], day: number): number =>
  hotspots.reduce((sum, hotspot) => (activeOn(hotspot, day) ? sum + hotspot.extra : sum), 0);

/** Weights of the 24 hours of each weekday, Monday first. */
function rhythm(label: string, behaviour: Behaviour, effects: Effects): number[][] {
  const hoursTotal = behaviour.hours.reduce((sum, weight) => sum + weight, 0);
  return behaviour.weekdays.map((weekdayWeight, weekday) =>
    behaviour.hours.map((weight, hour) => {
      const weekendNight = (hour >= 22 && (weekday === 4 || weekday === 5)) || (hour < 4 && weekday >= 5);
      const planted = effects.peaks
        .filter((peak) => peak.category === label && peak.weekday === weekday + 1 && peak.hour === hour)
        .reduce((product, peak) => product * peak.factor, 1);
      return (
        (weight / hoursTotal) * (weekdayWeight / 100) * (weekendNight ? behaviour.weekendNights : 1) * planted
      );
    }),
  );
}

function intensities(
  options: {
    readonly city: City;
    readonly calendar: Calendar;
    readonly categories: readonly Category[];
    readonly effects: Effects;
    readonly random: Random;
  },
  rhythms: readonly (readonly (readonly number[])[])[],
  hotspots: readonly (readonly PlantedHotspot[])[],
): { readonly intensity: Float64Array; readonly cumulative: Float64Array } {
  const { city, calendar, categories, effects, random } = options;
  const count = categories.length;
  const intensity = new Float64Array(calendar.days * count);
  const cumulative = new Float64Array(calendar.days + 1);
  const weekdayLevel = rhythms.map((week) =>
    week.map((hours) => hours.reduce((sum, weight) => sum + weight, 0)),
  );
  const planted = categories.map(({ label }) => plantedLevels(label, calendar, effects));
  for (let day = 0; day < calendar.days; day += 1) {
    const { year, month, day: dayOfMonth } = calendar.date(day);
    const yearShare = (month - 1 + (dayOfMonth - 1) / 31) / 12;
    const weather = Math.exp(0.03 * random.normal());
    let total = 0;
    for (let category = 0; category < count; category += 1) {
      const { label, weight } = categories[category] as Category;
      const { season } = BEHAVIOURS[behaviourOf(label)];
      const level =
        weight *
        trendLevel(city, label, year + yearShare) *
        (1 + season * Math.cos(2 * Math.PI * (yearShare - 0.57))) *
        (weekdayLevel[category]?.[calendar.weekday(day)] ?? 1) *
        (planted[category]?.[day] ?? 1) *
        (1 + extraOn(hotspots[category] ?? [], day)) *
        weather;
      intensity[day * count + category] = level;
      total += level;
    }
    cumulative[day + 1] = (cumulative[day] ?? 0) + total;
  }
  return { intensity, cumulative };
}

/** Product of the anomalies and level shifts of a category on each day. */
function plantedLevels(label: string, calendar: Calendar, effects: Effects): Float64Array {
  const levels = new Float64Array(calendar.days).fill(1);
  const multiply = (from: number, to: number, factor: number): void => {
    for (let day = Math.max(0, from); day <= Math.min(to, calendar.days - 1); day += 1) {
      levels[day] = (levels[day] ?? 1) * factor;
    }
  };
  for (const { category, weekStart, factor } of effects.anomalies) {
    if (category === label) multiply(calendar.dayOf(weekStart), calendar.dayOf(weekStart) + 6, factor);
  }
  for (const { category, month, factor } of effects.levelShifts) {
    if (category === label) multiply(calendar.dayOf(`${month}-01`), calendar.days - 1, factor);
  }
  return levels;
}
