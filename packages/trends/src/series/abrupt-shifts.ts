import type { NotEnoughData } from '@crimetracker/analysis-kit';
import {
  createLeastSquares,
  estimateCountNoise,
  median,
  normalQuantile,
  rateRatioInterval,
} from '@crimetracker/analysis-kit';
import type { LevelShifts } from './level-shifts.js';
import { findLevelShifts } from './level-shifts.js';

/** The level goes from `before` to `after` at once: the two ends of slopes that meet at `at`. */
export interface AbruptShift {
  /** The first period of the new level. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
  /** Undefined, as `upper`, where nothing was counted before. */
  readonly ratio: number | undefined;
  readonly lower: number;
  readonly upper: number | undefined;
}

export interface AbruptShifts {
  readonly kind: 'ok';
  readonly shifts: readonly AbruptShift[];
  /** Variance over mean of sums over many periods, around levels without slopes. */
  readonly dispersion: number;
}

/** A smaller change of level is not named, however sure it is. */
const LEAST_CHANGE = 0.1;
/** A change that takes this many months is gradual. */
const GRADUAL = 12;
/** Months between two shifts, and from a shift to both ends, at least. */
const SEGMENT = 8;
/** Months on each side of a shift that tell of the slopes there. */
const REACH = 30;
/** How far from a cut of constant levels the step is looked for: slopes pull cuts away from it. */
const MOVE = 6;
/** By how much a step must fit better than a gradual change, as deviance: strong evidence for Kass and Raftery (1995), who call 6 to 10 so. */
const MARGIN = 8;
/** Half width of the median that single odd months are held against, and how many standard deviations they may be off. */
const ODD_REACH = 2;
const ODD = 3.5;
const LEVEL = 0.95;

/**
 * Finds months from which on the level of a series is another one at once, slopes apart.
 *
 * Candidates are the cuts of `findLevelShifts`. A cut is a shift when, in the 30 months on each side, a step fits better
 * (1) than no step, by a deviance of 3 ln(months), and (2) than a change in equal parts over a year, by 8, each with the
 * slopes before and after that pay for themselves by BIC; and when the level changes by a tenth at least. Single odd
 * months take no part. Deviances are over the dispersion of the series, correlation included, which differences of
 * neighbouring months tell without slopes, around the levels of those cuts that stand out from all noise. Missing counts are null; reasons as `findLevelShifts`.
 *
 * Sources: PELT as `findLevelShifts`; steps against slopes by BIC as Beaulieu and Killick (2018), "Distinguishing trends
 * and shifts from memory in climate data"; segmented regression of Wagner et al. (2002), here on √counts; odd months by
 * the identifier of Hampel (Davies and Gather 1993).
 * @param counts by month
 * @param expected of each month but for the level, above 0
 */
export function findAbruptShifts(
  counts: readonly (number | null)[],
  expected: readonly number[],
): AbruptShifts | NotEnoughData {
  const raw = knownOf(counts, expected);
  const kept = withoutOddMonths(counts, expected, estimateCountNoise(raw.counts, raw.expected).dispersion);
  const sure = findLevelShifts(kept, { expected, minimumSegment: SEGMENT });
  if (sure.kind !== 'ok') return sure;
  const known = knownOf(kept, expected);
  // A step that dwarfs the noise would pass for noise, and for correlated one at that.
  const { dispersion, correlation, longRun } = estimateCountNoise(
    known.counts,
    known.expected.map((usual, i) => usual * levelAt(sure.segments, known.places[i] ?? 0)),
  );
  const ofSums = (dispersion * (1 + correlation)) / (1 - correlation);
  const cuts = findLevelShifts(kept, { expected, dispersion, minimumSegment: SEGMENT });
  if (cuts.kind !== 'ok') return cuts;
  const steps = cuts.shifts
    .flatMap(({ at }) => testStep(known, known.places.indexOf(at), ofSums) ?? [])
    .sort((a, b) => b.gain - a.gain);
  const shifts: Step[] = [];
  for (const step of steps)
    if (shifts.every(({ place }) => Math.abs(place - step.place) >= SEGMENT)) shifts.push(step);
  return {
    kind: 'ok',
    shifts: shifts.sort((a, b) => a.place - b.place).map(({ shift }) => shift),
    dispersion: longRun,
  };
}

/** The level of a month; 1 where nothing was ever counted, which any noise fits. */
function levelAt(segments: LevelShifts['segments'], month: number): number {
  const level = segments.find(({ start, end }) => month >= start && month < end)?.level ?? 0;
  return level > 0 ? level : 1;
}

interface Known {
  readonly places: readonly number[];
  readonly counts: readonly number[];
  readonly expected: readonly number[];
}

interface Step {
  readonly place: number;
  readonly gain: number;
  readonly shift: AbruptShift;
}

function knownOf(counts: readonly (number | null)[], expected: readonly number[]): Known {
  const places = [...counts.keys()].filter((i) => counts[i] !== null);
  return {
    places,
    counts: places.map((i) => counts[i] ?? 0),
    expected: places.map((i) => expected[i] ?? 1),
  };
}

function withoutOddMonths(
  counts: readonly (number | null)[],
  expected: readonly number[],
  dispersion: number,
): (number | null)[] {
  return counts.map((count, i) => {
    if (count === null) return null;
    const around: number[] = [];
    for (let near = i - ODD_REACH; near <= i + ODD_REACH; near += 1) {
      const other = counts[near] ?? null;
      if (other !== null) around.push(other / (expected[near] ?? 1));
    }
    const usual = (median(around) ?? 0) * (expected[i] ?? 1);
    const distance = 2 * Math.abs(Math.sqrt(count) - Math.sqrt(usual));
    return distance > ODD * Math.sqrt(dispersion) ? null : count;
  });
}

interface Fit {
  readonly deviance: number;
  /** √level by row. */
  readonly fitted: Float64Array;
  readonly coefficients: Float64Array;
  readonly inverse: readonly Float64Array[];
}

/** Weighted least squares on √(count + ¼)/√expected, whose variance is the dispersion over 4 × expected. */
function fitAround(
  { places, counts, expected }: Known,
  from: number,
  to: number,
  terms: readonly ((month: number) => number)[],
): Fit | undefined {
  const rows = to - from;
  const columns = terms.map((term) =>
    Float64Array.from({ length: rows }, (_, i) => term(places[from + i] ?? 0)),
  );
  const weights = Float64Array.from({ length: rows }, (_, i) => 4 * (expected[from + i] ?? 1));
  const target = Float64Array.from({ length: rows }, (_, i) =>
    Math.sqrt(((counts[from + i] ?? 0) + 0.25) / (expected[from + i] ?? 1)),
  );
  const leastSquares = createLeastSquares(columns, rows);
  if (leastSquares.solve(weights, target) >= 0) return undefined;
  const fitted = new Float64Array(rows);
  let deviance = 0;
  for (let i = 0; i < rows; i += 1) {
    for (const [j, column] of columns.entries())
      fitted[i] = (fitted[i] as number) + (column[i] as number) * (leastSquares.coefficients[j] as number);
    deviance += (weights[i] as number) * ((target[i] as number) - (fitted[i] as number)) ** 2;
  }
  return { deviance, fitted, coefficients: leastSquares.coefficients, inverse: leastSquares.readInverse() };
}

type Term = (month: number) => number;

/** No slope, one slope, or another one from `bend` on. */
function slopesAround(at: number, bend: number): readonly (readonly Term[])[] {
  const slope: Term = (month) => month - at;
  return [[], [slope], [slope, (month) => Math.max(0, month - bend)]];
}

/** A level with as many slopes as pay for themselves by BIC, and the given term. */
function fitBest(
  known: Known,
  [from, to]: Window,
  slopes: readonly (readonly Term[])[],
  term: Term | undefined,
  dispersion: number,
): (Fit & { readonly criterion: number }) | undefined {
  let best: (Fit & { readonly criterion: number }) | undefined;
  for (const own of slopes) {
    const fit = fitAround(known, from, to, [() => 1, ...(term === undefined ? [] : [term]), ...own]);
    if (fit === undefined) continue;
    const criterion = fit.deviance / dispersion + own.length * Math.log(to - from);
    if (best === undefined || criterion < best.criterion) best = { ...fit, criterion };
  }
  return best;
}

type Window = readonly [from: number, to: number];

function windowOf({ places }: Known, place: number): Window {
  return [Math.max(0, place - REACH), Math.min(places.length, place + REACH)];
}

function stepAt(at: number): Term {
  return (month) => (month >= at ? 1 : 0);
}

/** The place near a cut where a step between two slopes fits best. */
function locateStep(known: Known, cut: number): number | undefined {
  const { places } = known;
  let best: { readonly place: number; readonly gain: number } | undefined;
  const last = Math.min(places.length - SEGMENT, cut + MOVE);
  for (let place = Math.max(SEGMENT, cut - MOVE); place <= last; place += 1) {
    const at = places[place] ?? 0;
    const [from, to] = windowOf(known, place);
    const [, , slopes = []] = slopesAround(at, at);
    const without = fitAround(known, from, to, [() => 1, ...slopes]);
    const step = fitAround(known, from, to, [() => 1, stepAt(at), ...slopes]);
    if (without === undefined || step === undefined) continue;
    const gain = without.deviance - step.deviance;
    if (best === undefined || gain > best.gain) best = { place, gain };
  }
  return best?.place;
}

/** The step near a cut, if it is one. */
function testStep(known: Known, cut: number, dispersion: number): Step | undefined {
  const { places, counts } = known;
  const place = locateStep(known, cut);
  if (place === undefined) return undefined;
  const at = places[place] ?? 0;
  const window = windowOf(known, place);
  const without = fitBest(known, window, slopesAround(at, at), undefined, dispersion);
  const step = fitBest(known, window, slopesAround(at, at), stepAt(at), dispersion);
  if (without === undefined || step === undefined) return undefined;
  const gain = without.criterion - step.criterion;
  if (gain <= 3 * Math.log(places.length)) return undefined;
  for (let begin = at - GRADUAL; begin <= at; begin += 1) {
    const gradual: Term = (month) => Math.min(1, Math.max(0, (month - begin + 0.5) / GRADUAL));
    const fit = fitBest(known, window, slopesAround(at, begin + GRADUAL / 2), gradual, dispersion);
    if (fit !== undefined && fit.criterion - step.criterion <= MARGIN) return undefined;
  }
  // Size and interval come with both slopes, whether they pay for themselves or not: left out, they would bias it.
  const [, , slopes = []] = slopesAround(at, at);
  const full = fitAround(known, ...window, [() => 1, stepAt(at), ...slopes]);
  const shift = readShift(full ?? step, at, dispersion);
  if (counts.slice(window[0], place).every((count) => count === 0))
    return { place, gain, shift: { at, ...compareSums(known, window, place, dispersion) } };
  const change = shift.after / shift.before;
  if (Math.max(change, 1 / change) < 1 + LEAST_CHANGE) return undefined;
  // Next to a level of nothing, slopes leave the logarithm of the ratio open.
  const isOpen = shift.lower <= 1 && (shift.upper ?? 1) >= 1;
  return {
    place,
    gain,
    shift: isOpen ? { at, ...compareSums(known, window, place, dispersion) } : shift,
  };
}

function readShift({ coefficients, inverse }: Fit, at: number, dispersion: number): AbruptShift {
  const [root = 0, jump = 0] = coefficients;
  const [left, right] = [root, root + jump].map((value) => Math.max(1e-6, value)) as [number, number];
  // ln ratio = 2 ln(right/left), by the delta method.
  const [byRoot, byJump] = [2 / right - 2 / left, 2 / right];
  const covariance = (a: number, b: number): number => inverse[a]?.[b] ?? 0;
  const variance =
    byRoot ** 2 * covariance(0, 0) + 2 * byRoot * byJump * covariance(0, 1) + byJump ** 2 * covariance(1, 1);
  const width = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(variance * dispersion);
  const ratio = (right / left) ** 2;
  return {
    at,
    before: left ** 2,
    after: right ** 2,
    ratio,
    lower: ratio * Math.exp(-width),
    upper: ratio * Math.exp(width),
  };
}

/** What was counted on both sides of a place, slopes or not, and the ratio with its interval. */
function compareSums(
  { counts, expected }: Known,
  [from, to]: Window,
  place: number,
  dispersion: number,
): Omit<AbruptShift, 'at'> {
  const sumOf = (start: number, end: number): { readonly count: number; readonly exposure: number } => ({
    count: counts.slice(start, end).reduce((total, count) => total + count, 0),
    exposure: expected.slice(start, end).reduce((total, usual) => total + usual, 0),
  });
  const [before, after] = [sumOf(from, place), sumOf(place, to)];
  const { ratio, lower, upper } = rateRatioInterval(after, before, { level: LEVEL, dispersion });
  return {
    before: before.count / before.exposure,
    after: after.count / after.exposure,
    ratio,
    lower,
    upper,
  };
}
