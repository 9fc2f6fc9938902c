import type { AnalysedSource, Period, ResultRow } from '@crimetracker/analysis-kit';
import { dayNumber, known, Random } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import { dayWords, describeNearRepeat, distanceWords } from '../near-repeat/describe-near-repeat.js';
import { knoxTest } from '../near-repeat/knox-test.js';
import { toLocalPlane } from '../near-repeat/local-plane.js';

/** Crimes whose near repeats are known from the literature, and which are not placed where people gather anyway. */
export const NEAR_REPEAT_CATEGORIES = [
  'Robbery',
  'Aggravated assault',
  'Burglary',
  'Theft from vehicle',
  'Motor vehicle theft',
  'Vandalism',
  'Arson',
] as const;

/** Some two seconds a category; of more close pairs, those of the latest incidents are taken. */
const MOST_PAIRS = 500_000;

export interface NearRepeatTables {
  readonly bands: readonly ResultRow[];
  readonly readings: readonly ResultRow[];
}

/** Knox tests of the incidents of a period. They are read one by one, and are not kept. */
export async function nearRepeatTables(
  engine: Engine,
  source: AnalysedSource,
  period: Period,
  seed: number,
  signal?: AbortSignal,
): Promise<NearRepeatTables> {
  const bands: ResultRow[] = [];
  const readings: ResultRow[] = [];
  const { dialect } = engine;
  for (const category of NEAR_REPEAT_CATEGORIES) {
    const shared = {
      source: source.id,
      city: source.city,
      target: category,
      period: `${period.from} to ${period.to}`,
    };
    const events = await engine.queryNumbers(
      `SELECT latitude, longitude, ${dayNumber(dialect, 'occurred_date')} AS day FROM incidents
       WHERE source = ${dialect.literal(source.id)} AND crime_category = ${dialect.literal(category)}
         AND coordinate_quality = 'Located'
         AND occurred_date BETWEEN ${dialect.date(period.from)} AND ${dialect.date(period.to)}
       ORDER BY day, latitude, longitude`,
      signal,
    );
    const { x, y } = toLocalPlane(events.latitude ?? [], events.longitude ?? []);
    const result = knoxTest({ x, y, day: events.day ?? [] }, new Random(seed, `${source.id}/${category}`), {
      maxPairs: MOST_PAIRS,
    });
    if (result.kind === 'not-enough-data') {
      bands.push({ ...shared, reason: result.reason });
      continue;
    }
    for (const { distance, days, observed, expected, ratio, pValue, qValue } of result.rows) {
      bands.push({
        ...shared,
        events: result.events,
        left_out: result.leftOut,
        distance: distanceWords(distance),
        time: dayWords(days),
        observed,
        expected,
        ratio: known(ratio),
        p: pValue,
        q: qValue,
        reason: null,
      });
    }
    for (const sentence of describeNearRepeat(result).sentences) readings.push({ ...shared, sentence });
  }
  return { bands, readings };
}
