import type { Quality } from '../documents.js';

export interface Balance {
  readonly source: string;
  readonly records: number;
  readonly curated: number;
  readonly quarantined: number;
  readonly duplicates: number;
  /** Records in less those that are told where they went; 0 in every published snapshot. */
  readonly missing: number;
}

type Ledger = Quality['ledger'];

/** Where the records of each source went. */
export function balances(ledger: Ledger): readonly Balance[] {
  const sources = [...new Set(ledger.map(({ source }) => source))].sort();
  return sources.map((source) => {
    const sum = (kind: string): number =>
      ledger
        .filter((entry) => entry.source === source && entry.kind === kind)
        .reduce((total, { records }) => total + records, 0);
    const [records, curated, quarantined, duplicates] = [
      sum('records'),
      sum('curated'),
      sum('quarantined'),
      sum('duplicate'),
    ];
    return {
      source,
      records,
      curated,
      quarantined,
      duplicates,
      missing: records - curated - quarantined - duplicates,
    };
  });
}

export interface RuleCount {
  readonly kind: string;
  readonly rule: string;
  readonly meaning: string | null;
  /** Records by source. */
  readonly records: Readonly<Record<string, number>>;
}

/** Rules of a kind with their records of each source, the most frequent first. */
export function rulesOf(ledger: Ledger, kind: string): readonly RuleCount[] {
  const rules = new Map<string, { meaning: string | null; records: Record<string, number> }>();
  for (const entry of ledger) {
    if (entry.kind !== kind) continue;
    const rule = rules.get(entry.rule) ?? { meaning: entry.meaning, records: {} };
    rule.records[entry.source] = (rule.records[entry.source] ?? 0) + entry.records;
    rule.meaning ??= entry.meaning;
    rules.set(entry.rule, rule);
  }
  const all = (records: Readonly<Record<string, number>>): number =>
    Object.values(records).reduce((total, one) => total + one, 0);
  return [...rules]
    .map(([rule, { meaning, records }]) => ({ kind, rule, meaning, records }))
    .sort((a, b) => all(b.records) - all(a.records) || (a.rule < b.rule ? -1 : 1));
}
