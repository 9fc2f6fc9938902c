/** How a kind of crime spreads over the week and the year, and how late it is reported. */
export interface Behaviour {
  /** Relative frequency of each hour of the day. */
  readonly hours: readonly number[];
  /** Relative frequency of each weekday, Monday first. */
  readonly weekdays: readonly number[];
  /** How much more happens from 22:00 to 04:00 around Friday and Saturday night. */
  readonly weekendNights: number;
  /** Swing of the year around its mean; the peak is in late July, or in December when negative. */
  readonly season: number;
  /** Share of times that are a placeholder (12:00, 00:01, 08:00, 00:00) instead of a time. */
  readonly placeholders: number;
  /** Reported the same day, in 3 days, in 30 days, in a year, later: weights. */
  readonly lag: readonly [number, number, number, number, number];
  /** No end known, ended in the same minute, in the hour, in the day, in a week, in half a year: weights. */
  readonly duration: readonly [number, number, number, number, number, number];
}

const EVENING = [
  40, 30, 24, 20, 16, 11, 11, 18, 27, 29, 31, 34, 38, 40, 46, 56, 54, 53, 55, 55, 54, 51, 50, 45,
];
const NIGHT = [
  66, 60, 54, 48, 42, 24, 15, 14, 15, 16, 18, 22, 26, 28, 34, 42, 42, 43, 46, 50, 55, 58, 63, 66,
];
const SHOPS = [8, 4, 3, 2, 2, 3, 5, 10, 22, 36, 48, 58, 66, 72, 80, 88, 92, 96, 92, 78, 58, 38, 22, 13];
const DAYTIME = [32, 14, 10, 8, 7, 8, 14, 28, 48, 62, 62, 60, 64, 56, 54, 54, 50, 48, 44, 38, 32, 27, 24, 22];
const OVERNIGHT = [
  46, 32, 28, 24, 20, 18, 20, 25, 30, 29, 30, 32, 36, 34, 36, 40, 44, 54, 62, 62, 64, 66, 66, 58,
];

export const BEHAVIOURS = {
  person: {
    hours: EVENING,
    weekdays: [99, 98, 99, 98, 100, 103, 103],
    weekendNights: 1.45,
    season: 0.12,
    placeholders: 0.03,
    lag: [78, 14, 5, 2.6, 0.4],
    duration: [17, 8, 56, 13, 3, 3],
  },
  robbery: {
    hours: NIGHT,
    weekdays: [97, 97, 99, 98, 102, 104, 103],
    weekendNights: 1.3,
    season: 0.06,
    placeholders: 0.01,
    lag: [88, 9, 2.5, 0.5, 0],
    duration: [18, 10, 66, 5, 1, 0],
  },
  sex: {
    hours: EVENING,
    weekdays: [98, 98, 98, 99, 101, 104, 102],
    weekendNights: 1.5,
    season: 0.1,
    placeholders: 0.12,
    lag: [45, 18, 15, 15, 7],
    duration: [14, 10, 40, 16, 6, 14],
  },
  shops: {
    hours: SHOPS,
    weekdays: [102, 101, 102, 102, 105, 102, 86],
    weekendNights: 1,
    season: -0.05,
    placeholders: 0.02,
    lag: [88, 8, 3, 1, 0],
    duration: [12, 10, 68, 8, 1, 1],
  },
  theft: {
    hours: DAYTIME,
    weekdays: [100, 101, 102, 102, 106, 101, 88],
    weekendNights: 1.1,
    season: 0.08,
    placeholders: 0.05,
    lag: [58, 24, 13, 4.5, 0.5],
    duration: [8, 6, 34, 34, 12, 6],
  },
  vehicle: {
    hours: OVERNIGHT,
    weekdays: [101, 98, 99, 98, 102, 102, 100],
    weekendNights: 1.05,
    season: 0.09,
    placeholders: 0.03,
    lag: [56, 32, 10, 1.9, 0.1],
    duration: [9, 2, 12, 52, 22, 3],
  },
  burglary: {
    hours: OVERNIGHT,
    weekdays: [103, 101, 101, 101, 106, 97, 91],
    weekendNights: 1,
    season: 0.04,
    placeholders: 0.04,
    lag: [66, 24, 8, 1.9, 0.1],
    duration: [8, 3, 21, 44, 20, 4],
  },
  fraud: {
    hours: DAYTIME,
    weekdays: [104, 104, 104, 103, 104, 93, 88],
    weekendNights: 1,
    season: -0.02,
    placeholders: 0.18,
    lag: [24, 22, 27, 23, 4],
    duration: [18, 10, 20, 14, 12, 26],
  },
  vandalism: {
    hours: OVERNIGHT,
    weekdays: [98, 96, 97, 97, 100, 106, 106],
    weekendNights: 1.25,
    season: 0.07,
    placeholders: 0.03,
    lag: [74, 19, 6, 1, 0],
    duration: [14, 8, 34, 36, 7, 1],
  },
  police: {
    hours: EVENING,
    weekdays: [92, 104, 106, 105, 104, 98, 91],
    weekendNights: 1.25,
    season: 0.03,
    placeholders: 0.005,
    lag: [97, 2, 0.8, 0.2, 0],
    duration: [28, 14, 55, 2, 1, 0],
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourId = keyof typeof BEHAVIOURS;

/** Behaviour of each canonical category; a category not named here behaves like `person`. */
const BEHAVIOUR_OF: Readonly<Record<string, BehaviourId>> = {
  Robbery: 'robbery',
  Rape: 'sex',
  'Other sex offense': 'sex',
  Shoplifting: 'shops',
  'Other theft': 'theft',
  'Theft from vehicle': 'vehicle',
  'Motor vehicle theft': 'vehicle',
  Burglary: 'burglary',
  'Fraud and forgery': 'fraud',
  Vandalism: 'vandalism',
  Arson: 'vandalism',
  Drugs: 'police',
  'Weapon law': 'police',
  'DUI and traffic': 'police',
  'Public order': 'police',
  'Prostitution and obscenity': 'police',
  Trespass: 'police',
  'Stolen property': 'police',
};

export const behaviourOf = (category: string): BehaviourId => BEHAVIOUR_OF[category] ?? 'person';

/** Relative level of a category in these years; between them the level moves in a straight line. */
const TREND_YEARS = [2010, 2014, 2019, 2020, 2023] as const;
type Trend = readonly [number, number, number, number, number];

const FLAT: Trend = [1, 1, 1, 1, 1];
/** Rounded from the published yearly totals (2019 = 1) where there are any, plausible elsewhere. */
const TRENDS: Readonly<Record<'nypd' | 'lapd', Readonly<Record<string, Trend>>>> = {
  nypd: {
    Homicide: [1.68, 1.04, 1, 1.47, 1.21],
    Rape: [0.78, 0.77, 1, 0.81, 0.83],
    Robbery: [1.46, 1.24, 1, 0.98, 1.26],
    'Aggravated assault': [0.82, 0.98, 1, 0.99, 1.35],
    Burglary: [1.72, 1.55, 1, 1.44, 1.28],
    'Motor vehicle theft': [1.9, 1.41, 1, 1.66, 2.9],
    'Other theft': [0.9, 1.02, 1, 0.82, 1.16],
    Shoplifting: [0.6, 0.75, 1, 1.02, 1.7],
    'Fraud and forgery': [0.62, 0.8, 1, 0.95, 1.3],
    'Simple assault': [1.08, 1.06, 1, 0.82, 1.12],
    Vandalism: [1.2, 1.08, 1, 0.98, 1.04],
    Drugs: [3.4, 2.6, 1, 0.55, 0.42],
    Trespass: [2.4, 1.7, 1, 0.7, 0.6],
    'DUI and traffic': [1.2, 1.1, 1, 0.66, 0.74],
  },
  lapd: {
    Homicide: [1.14, 1.01, 1, 1.36, 1.27],
    Robbery: [1.13, 0.82, 1, 0.83, 0.9],
    'Aggravated assault': [0.54, 0.57, 1, 1.08, 1.17],
    Burglary: [1.25, 1.1, 1, 1, 1.11],
    'Motor vehicle theft': [1, 0.86, 1, 1.35, 1.64],
    'Theft from vehicle': [0.86, 0.84, 1, 0.84, 1.02],
    'Other theft': [0.97, 0.95, 1, 0.77, 1.01],
    Shoplifting: [0.85, 0.9, 1, 0.75, 1.4],
    'Fraud and forgery': [0.9, 0.88, 1, 1.02, 1.25],
  },
};

/** Level of a category at a moment of a year; before the first and after the last year it stays. */
export function trendLevel(city: 'nypd' | 'lapd', category: string, year: number): number {
  const trend = TRENDS[city][category] ?? FLAT;
  for (let index = 1; index < TREND_YEARS.length; index += 1) {
    const from = TREND_YEARS[index - 1] ?? 0;
    const to = TREND_YEARS[index] ?? 0;
    const low = trend[index - 1] ?? 1;
    const high = trend[index] ?? 1;
    if (year < to) return year <= from ? low : low + ((high - low) * (year - from)) / (to - from);
  }
  return trend[4];
}
