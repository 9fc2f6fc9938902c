import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, SqlValue } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { BuildResult } from '@crimetracker/lake';
import { attachSnapshot, buildSnapshot } from '@crimetracker/lake';
import { COLUMN_NAMES } from '@crimetracker/schema';
import type { DirtRow, Truth } from '@crimetracker/synthetic';
import { generateRawFiles, readTruth } from '@crimetracker/synthetic';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSources } from '../sources.js';
import { compareRowPath } from './row-path-parity.js';

const ROWS = 210_000;
/** Half of the rows carry a planted defect: more than 100,000 do. */
const DIRT_RATE = 0.5;

describe('210,000 generated rows, half of them dirty', () => {
  let work: string;
  let engine: Engine;
  let result: BuildResult;
  let truth: Truth;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'crimetracker-truth-'));
    engine = await openDuckDb({});
    const raw = join(work, 'raw');
    await generateRawFiles({ out: raw, rows: ROWS, seed: 20_231, dirtRate: DIRT_RATE });
    truth = await readTruth(raw);
    result = await buildSnapshot({
      lake: join(work, 'lake'),
      engine,
      sources: await loadSources(),
      inputs: truth.summary.files.map(({ file }) => ({ path: join(raw, file) })),
      window: { from: '2010-01-01', to: '2023-12-31' },
      keep: 1,
      now: () => new Date('2024-01-01T00:00:00Z'),
    });
    await attachSnapshot(engine, result);
  }, 180_000);

  afterAll(async () => {
    await engine.close();
    await rm(work, { recursive: true, force: true });
  });

  it('reach per file the counts that the truth states', () => {
    const { ledger } = result.manifest;
    for (const { file, records, expected } of truth.summary.files) {
      const entries = (kind: string) =>
        Object.fromEntries(
          ledger
            .filter((entry) => entry.file === file && entry.kind === kind)
            .map((entry) => [entry.rule, entry.records]),
        );
      expect(entries('records'), file).toEqual({ '': records });
      expect(entries('curated'), file).toEqual({ '': expected.curated });
      expect(entries('quarantined'), file).toEqual(expected.quarantined);
      expect(entries('duplicate'), file).toEqual(expected.duplicates);
    }
  });

  it('have every dirty cell repaired, flagged or set aside as its truth row says', async () => {
    const outcomes = await outcomesOf(engine, result);
    const fileOf = new Map(result.manifest.files.map((file) => [file.name, file.sha256]));
    const wrong: string[] = [];
    const perKind = new Map<string, { cells: number; wrong: number }>();
    for (const dirt of truth.dirt) {
      const mistake = mistakeOf(dirt, outcomes.get(`${fileOf.get(dirt.file)}:${dirt.record}`));
      const kind = perKind.get(dirt.kind) ?? { cells: 0, wrong: 0 };
      perKind.set(dirt.kind, { cells: kind.cells + 1, wrong: kind.wrong + (mistake ? 1 : 0) });
      if (mistake)
        wrong.push(
          `${dirt.file}:${dirt.record} ${dirt.kind} ${dirt.column}=${JSON.stringify(dirt.raw_value)}: ${mistake}`,
        );
    }
    process.stdout.write(
      `Planted dirt: ${truth.dirt.length} cells of ${perKind.size} kinds, ${wrong.length} not as planted.\n`,
    );
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(truth.dirt.length).toBeGreaterThan(100_000);
  }, 60_000);

  it('have every planted duplicate set aside for the later record', async () => {
    const fileOf = new Map(result.manifest.files.map((file) => [file.name, file.sha256]));
    const kept = new Map(
      (
        await engine.query(
          'SELECT raw_file, raw_record, duplicate_rule, kept_raw_file, kept_raw_record FROM duplicates',
        )
      ).map((row) => [`${String(row.raw_file)}:${String(row.raw_record)}`, row]),
    );
    const wrong = truth.duplicates.filter((planted) => {
      const found = kept.get(`${fileOf.get(planted.file)}:${planted.record}`);
      const rule = planted.kind === 'superseded' ? 'duplicate-superseded' : 'duplicate-exact';
      return (
        found?.duplicate_rule !== rule ||
        found.kept_raw_file !== fileOf.get(planted.of_file) ||
        found.kept_raw_record !== planted.of_record
      );
    });
    process.stdout.write(
      `Planted duplicates: ${truth.duplicates.length}, ${wrong.length} not as planted; ${kept.size} found.\n`,
    );
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(kept.size).toBe(truth.duplicates.length);
  }, 60_000);

  it('come out the same on the row path and on the engine path, every row and column', async () => {
    const report = await compareRowPath(engine, result, await loadSources(), join(work, 'rows'));
    process.stdout.write(
      `Row path against engine: ${report.rows} rows, ${report.values} values, ${report.differences.length} differences.\n`,
    );
    expect(report.differences).toEqual([]);
    expect(report.rows).toBeGreaterThan(190_000);
  }, 240_000);
});

interface Outcome {
  readonly disposition: string;
  readonly rules: readonly string[];
  readonly row: Readonly<Record<string, SqlValue>>;
}

async function outcomesOf(engine: Engine, { manifest }: BuildResult): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const list = COLUMN_NAMES.join(', ');
  for (const { sha256 } of manifest.files) {
    const rows = await engine.query(
      `SELECT 'curated' AS disposition, '' AS reasons, ${list} FROM incidents WHERE raw_file = '${sha256}'
       UNION ALL SELECT 'duplicate', duplicate_rule, ${list} FROM duplicates WHERE raw_file = '${sha256}'
       UNION ALL SELECT 'quarantined', reasons, ${list} FROM quarantine WHERE raw_file = '${sha256}'`,
    );
    for (const row of rows) {
      outcomes.set(`${sha256}:${String(row.raw_record)}`, {
        disposition: String(row.disposition),
        rules: `${String(row.reasons)};${String(row.flags)}`.split(';'),
        row,
      });
    }
  }
  return outcomes;
}

/** Says how an outcome differs from what was planted; undefined when it does not. */
function mistakeOf(dirt: DirtRow, outcome: Outcome | undefined): string | undefined {
  if (!outcome) return 'the record is nowhere';
  if (outcome.disposition !== dirt.disposition)
    return `${outcome.disposition} (${outcome.rules.join(' ')}) instead of ${dirt.disposition}`;
  if (dirt.rule !== '' && !outcome.rules.includes(dirt.rule))
    return `${dirt.rule} is missing in ${outcome.rules.join(' ')}`;
  if (dirt.canonical_column === '') return undefined;
  const value = outcome.row[dirt.canonical_column];
  const text = value === null || value === undefined ? '' : String(value);
  return text === dirt.canonical_value
    ? undefined
    : `${dirt.canonical_column} is ${text || 'null'} instead of ${dirt.canonical_value || 'null'}`;
}
