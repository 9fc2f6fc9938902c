import type { NotEnoughData, Random } from '@crimetracker/analysis-kit';
import { benjaminiHochberg, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { ClosePairs, DistanceKind } from './close-pairs.js';
import { bandOf, findClosePairs } from './close-pairs.js';

/** Events with their places on a plane in metres (see `toLocalPlane`) and whole days from any origin. */
export interface DatedPlaces {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly day: ArrayLike<number>;
}

export interface KnoxOptions {
  /** Metres, ascending; each band holds its lower and not its upper end. 0, .001, 100, 200, 300, 400 by default. */
  readonly distanceBreaks?: readonly number[];
  /** Days, ascending, likewise. 0, 7, 14, 21, 28 by default. */
  readonly dayBreaks?: readonly number[];
  /** Manhattan by default. */
  readonly distance?: DistanceKind;
  /** 999 by default. */
  readonly permutations?: number;
  /** 20,000 by default; of more the latest are taken. */
  readonly maxEvents?: number;
  /** 2,000,000 by default, some ten seconds; when there are more close pairs, fewer of the latest events are taken. */
  readonly maxPairs?: number;
}

/** Lower end included, upper end not. */
export interface KnoxBand {
  readonly from: number;
  readonly to: number;
}

export interface KnoxRow {
  /** Metres. */
  readonly distance: KnoxBand;
  readonly days: KnoxBand;
  /** Pairs of events that are so far apart in space and time. */
  readonly observed: number;
  /** Their mean when the days are dealt out anew among the places. */
  readonly expected: number;
  /** Observed over expected; undefined when none is expected. */
  readonly ratio: number | undefined;
  /** How often chance alone gives as many or more, the observed deal included. */
  readonly pValue: number;
  /** Benjamini–Hochberg over the rows. */
  readonly qValue: number;
}

export interface KnoxTest {
  readonly kind: 'knox';
  /** By distance, then days. */
  readonly rows: readonly KnoxRow[];
  readonly distance: DistanceKind;
  /** Events used: all, or the latest as far as events and pairs are limited. */
  readonly events: number;
  /** Earlier events left out for those limits. */
  readonly leftOut: number;
  /** Pairs of events within the last break of distance, however far apart in time. */
  readonly pairs: number;
  readonly permutations: number;
}

/** Distances below a millimetre are one place. */
export const SAME_PLACE_METRES = 0.001;

const LEAST_EVENTS = 30;

/**
 * The Knox test: whether events that are close in space are also close in time, more often than by chance.
 *
 * Chance is a random deal of the days among the places, which keeps where and when crime is frequent. Where addresses
 * are published as the middle or the hundred of a block, events of different houses share a place: the band of the same
 * place then counts repeats of a block, not of an address. Says why there is no answer: fewer than 30 events, all on one
 * day, or no two close to each other.
 * Source: Knox (1964); bands, ratio and p-value as in R's NearRepeat (Steenbeek) with its defaults.
 */
export function knoxTest(
  events: DatedPlaces,
  random: Random,
  options: KnoxOptions = {},
): KnoxTest | NotEnoughData {
  const {
    distanceBreaks = [0, SAME_PLACE_METRES, 100, 200, 300, 400],
    dayBreaks = [0, 7, 14, 21, 28],
    distance = 'manhattan',
    permutations = 999,
    maxEvents = 20_000,
    maxPairs = 2_000_000,
  } = options;
  requireBreaks(distanceBreaks, 'distances');
  requireBreaks(dayBreaks, 'days');
  requireArgument(
    Number.isInteger(permutations) && permutations >= 1,
    'knoxTest',
    'at least one permutation',
  );
  requireEvents(events);

  const latest = takeLatest(events, maxEvents);
  const pairs = findClosePairs({ ...latest, distance, breaks: distanceBreaks, maxPairs });
  if (pairs.events < LEAST_EVENTS) {
    return notEnoughData(`There are ${pairs.events} events, ${LEAST_EVENTS} are needed.`);
  }
  const days = latest.day.subarray(0, pairs.events);
  if (days.every((day) => day === days[0])) return notEnoughData('All events are of one day.');
  if (pairs.others.length === 0) {
    return notEnoughData(`No two events are within ${distanceBreaks[distanceBreaks.length - 1]} m.`);
  }

  const count = createCounter(pairs, distanceBreaks.length - 1, dayBreaks);
  const observed = count(days).slice();
  const sums = new Float64Array(observed.length);
  const asMany = new Float64Array(observed.length);
  const dealt = days.slice();
  for (let round = 0; round < permutations; round += 1) {
    for (const [place, chance] of count(random.shuffle(dealt)).entries()) {
      sums[place] = (sums[place] as number) + chance;
      if (chance >= (observed[place] as number)) asMany[place] = (asMany[place] as number) + 1;
    }
  }

  const pValues = Array.from(asMany, (times) => (times + 1) / (permutations + 1));
  const qValues = benjaminiHochberg(pValues);
  const [distances, spans] = [bandsOf(distanceBreaks), bandsOf(dayBreaks)];
  const rows = distances.flatMap((metres, row) =>
    spans.map((span, column): KnoxRow => {
      const place = row * spans.length + column;
      const expected = (sums[place] ?? 0) / permutations;
      return {
        distance: metres,
        days: span,
        observed: observed[place] ?? 0,
        expected,
        ratio: expected === 0 ? undefined : (observed[place] ?? 0) / expected,
        pValue: pValues[place] ?? 1,
        qValue: qValues[place] ?? 1,
      };
    }),
  );
  return {
    kind: 'knox',
    rows,
    distance,
    events: pairs.events,
    leftOut: events.day.length - pairs.events,
    pairs: pairs.others.length,
    permutations,
  };
}

/** The latest events, latest first; of one day those that stand last. */
function takeLatest({ x, y, day }: DatedPlaces, most: number) {
  const order = Uint32Array.from({ length: day.length }, (_, i) => i)
    .sort((i, j) => (day[j] as number) - (day[i] as number) || j - i)
    .subarray(0, most);
  return {
    x: Float64Array.from(order, (i) => x[i] as number),
    y: Float64Array.from(order, (i) => y[i] as number),
    day: Int32Array.from(order, (i) => day[i] as number),
  };
}

/** Counts the pairs by band of distance and of days, as the days are dealt; the returned table is used again. */
function createCounter(
  { events, starts, others, bands }: ClosePairs,
  rows: number,
  breaks: readonly number[],
) {
  const columns = breaks.length - 1;
  // One column more, for days before the first break.
  const width = columns + 1;
  const furthest = Math.ceil(breaks[columns] ?? 0);
  const columnOf = Uint8Array.from({ length: furthest }, (_, days) => {
    const band = bandOf(breaks, days);
    return band < 0 ? columns : band;
  });
  const counts = new Int32Array(rows * width);
  const table = new Int32Array(rows * columns);
  return (days: Int32Array): Int32Array => {
    counts.fill(0);
    for (let i = 0; i < events; i += 1) {
      const day = days[i] as number;
      const end = starts[i + 1] as number;
      for (let pair = starts[i] as number; pair < end; pair += 1) {
        const apart = Math.abs((days[others[pair] as number] as number) - day);
        if (apart >= furthest) continue;
        const place = (bands[pair] as number) * width + (columnOf[apart] as number);
        counts[place] = (counts[place] as number) + 1;
      }
    }
    for (let place = 0; place < table.length; place += 1) {
      table[place] = counts[Math.floor(place / columns) * width + (place % columns)] as number;
    }
    return table;
  };
}

function bandsOf(breaks: readonly number[]): readonly KnoxBand[] {
  return breaks.slice(1).map((to, band) => ({ from: breaks[band] ?? 0, to }));
}

function requireBreaks(breaks: readonly number[], what: string): void {
  requireArgument(
    breaks.length >= 2 &&
      breaks.length <= 255 &&
      breaks.every(
        (value, i) => Number.isFinite(value) && value >= 0 && (i === 0 || value > (breaks[i - 1] ?? 0)),
      ),
    'knoxTest',
    `breaks of ${what} ascend from 0 or more, got ${breaks.join(', ')}`,
  );
}

function requireEvents({ x, y, day }: DatedPlaces): void {
  requireArgument(x.length === day.length && y.length === day.length, 'knoxTest', 'one x and y for each day');
  for (let i = 0; i < day.length; i += 1) {
    const isGood = Number.isFinite(x[i]) && Number.isFinite(y[i]) && Number.isInteger(day[i]);
    requireArgument(isGood, 'knoxTest', `event ${i} has a place and a whole day`);
  }
}
