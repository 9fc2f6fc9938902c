import type { Engine } from '@crimetracker/engine';

/** A city of the snapshot. */
export interface AnalysedSource {
  readonly id: string;
  readonly city: string;
  readonly timeZone: string;
}

/** Days from the first to the last. */
export interface Period {
  /** First and last civil date, both included. */
  readonly from: string;
  readonly to: string;
}

/** First and last day with an incident, by source; the engine has the relation `incidents`. */
export async function observedPeriods(
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Period>> {
  const { dialect } = engine;
  const rows = await engine.query(
    `SELECT source, ${dialect.isoDate('MIN(occurred_date)')} AS first_day, ${dialect.isoDate('MAX(occurred_date)')} AS last_day
     FROM incidents GROUP BY source ORDER BY source`,
    signal,
  );
  return new Map(
    rows.map((row) => [String(row.source), { from: String(row.first_day), to: String(row.last_day) }]),
  );
}
