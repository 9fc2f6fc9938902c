import type { TestingRandom } from '@crimetracker/analysis-kit/testing';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import type { CountSeries, Frequency } from './count-series.js';
import { FREQUENCY_PLANS, periodDate } from './count-series.js';

/** What a simulated series is made of. */
interface SeriesKind {
  readonly name: string;
  /** Whether its past says more about its future than its mean does. */
  readonly hasStructure: boolean;
  /** Range of the mean per week; drawn evenly on the log scale. */
  readonly level: readonly [number, number];
  /** Variance ÷ mean of a count around its expectation; 1 is Poisson. */
  readonly dispersion?: number;
  /** Standard deviation of the yearly step of the log level. */
  readonly walk?: number;
  /** Largest distance of the season from 1. */
  readonly season?: number;
  /** Growth of the log level per year. */
  readonly trend?: number;
  /** Weeks of 4 July and Christmas differ. */
  readonly holidays?: boolean;
}

export const SERIES_KINDS = [
  { name: 'constant, Poisson', hasStructure: false, level: [3, 300] },
  { name: 'constant, overdispersed', hasStructure: false, level: [3, 300], dispersion: 3 },
  { name: 'constant, rare', hasStructure: false, level: [0.05, 1] },
  { name: 'level walks', hasStructure: true, level: [10, 300], walk: 0.15 },
  { name: 'season', hasStructure: true, level: [10, 300], season: 0.25 },
  { name: 'season, trend', hasStructure: true, level: [10, 300], season: 0.25, trend: 0.06 },
  {
    name: 'season, trend, holidays',
    hasStructure: true,
    level: [10, 300],
    season: 0.25,
    trend: 0.06,
    holidays: true,
  },
  { name: 'season, trend, rare', hasStructure: true, level: [0.2, 1], season: 0.4, trend: 0.06 },
] as const satisfies readonly SeriesKind[];

export type SeriesKindName = (typeof SERIES_KINDS)[number]['name'];

const HOLIDAY_DAYS = [
  ['07-04', 1.2],
  ['12-25', 0.75],
] as const;

const DAY_MS = 86_400_000;

/** Factor of the holidays that fall into a period of so many days. */
function holidayFactor(start: string, days: number): number {
  const first = Date.parse(start);
  let factor = 1;
  for (const year of [Number(start.slice(0, 4)), Number(start.slice(0, 4)) + 1]) {
    for (const [day, ofWeek] of HOLIDAY_DAYS) {
      const passed = (Date.parse(`${year}-${day}`) - first) / DAY_MS;
      if (passed >= 0 && passed < days) factor += ((ofWeek - 1) * 7) / days;
    }
  }
  return factor;
}

/** A gamma number of mean `shape`. Source: Marsaglia & Tsang 2000; below 1 by the power of a uniform number. */
function gamma(shape: number, random: TestingRandom): number {
  const { uniform, normal } = random;
  if (shape < 1) return gamma(shape + 1, random) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * `length` counts of a kind, from the first week or month of 2010 on. Level, direction of the trend and phase of the
 * season are the seed's.
 */
export function simulateKind(
  name: SeriesKindName,
  frequency: Frequency,
  length: number,
  seed: number,
): CountSeries {
  const kind: SeriesKind = SERIES_KINDS.find((one) => one.name === name) ?? SERIES_KINDS[0];
  const random = testingRandom(seed * 7919 + 17);
  const [low, high] = kind.level;
  const days = frequency === 'week' ? 7 : 365.25 / 12;
  const level = (low * (high / low) ** random.uniform() * days) / 7;
  const phase = random.uniform();
  const direction = random.uniform() < 0.5 ? -1 : 1;
  const firstPeriod = frequency === 'week' ? '2010-01-04' : '2010-01-01';
  const periodsPerYear = 365.25 / days;
  let walked = 0;
  const counts = Array.from({ length }, (_, index) => {
    walked += ((kind.walk ?? 0) / Math.sqrt(periodsPerYear)) * random.normal();
    const years = (index + 0.5) / periodsPerYear;
    const season = 1 + (kind.season ?? 0) * Math.sin(2 * Math.PI * (years + phase));
    const start = periodDate(frequency, firstPeriod, index);
    const mean =
      level *
      Math.exp(walked + direction * (kind.trend ?? 0) * years) *
      season *
      (kind.holidays === true ? holidayFactor(start, days) : 1);
    const excess = (kind.dispersion ?? 1) - 1;
    return random.poisson(excess === 0 ? mean : gamma(mean / excess, random) * excess);
  });
  return { frequency, firstPeriod, counts };
}

/** Periods of `years` years and of the longest horizon after them. */
export const periodsOfYears = (frequency: Frequency, years: number): number =>
  Math.round(years * FREQUENCY_PLANS[frequency].period) + FREQUENCY_PLANS[frequency].horizons[2];
