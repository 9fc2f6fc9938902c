import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { BuildResult, Source } from '@crimetracker/lake';
import { accountsOf, attachSnapshot, buildSnapshot } from '@crimetracker/lake';
import { INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSources } from '../sources.js';
import { compareRowPath } from './row-path-parity.js';
import { manifestFile, sampleFiles, samplesAbsent } from './samples.js';

if (samplesAbsent) process.stdout.write(`Skipped: real sample files, because ${samplesAbsent}.\n`);

describe.skipIf(samplesAbsent)('the ten real NYPD and LAPD sample files', () => {
  let work: string;
  let engine: Engine;
  let sources: readonly Source[];
  let result: BuildResult;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'crimetracker-samples-'));
    engine = await openDuckDb({});
    sources = await loadSources();
    result = await buildSnapshot({
      lake: join(work, 'lake'),
      engine,
      sources,
      inputs: sampleFiles().map((path) => ({ path })),
      window: { from: '2010-01-01', to: '2023-12-31' },
      keep: 2,
      now: () => new Date('2024-01-01T00:00:00Z'),
    });
  }, 120_000);

  afterAll(async () => {
    await engine.close();
    await rm(work, { recursive: true, force: true });
  });

  it('build in one go, and every record is curated, quarantined or a duplicate', async () => {
    const accounts = accountsOf(result.manifest.ledger);
    process.stdout.write(
      `${table(
        ['file', 'records', 'curated', 'quarantined', 'duplicates'],
        accounts.map((a) => [a.file, a.records, a.curated, a.quarantined, a.duplicates]),
      )}\n`,
    );
    const rowsOf = new Map(
      (await readFile(manifestFile, 'utf8'))
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
        .map(([file = '', rows = '']) => [basename(file), Number(rows)]),
    );
    expect(result.failed).toEqual([]);
    expect(accounts).toHaveLength(10);
    for (const account of accounts) {
      expect(account.records, account.file).toBe(rowsOf.get(account.file));
      expect(account.curated + account.quarantined + account.duplicates, account.file).toBe(account.records);
    }
  });

  it('give every quarantined row a reason, and hold no row twice', async () => {
    await attachSnapshot(engine, result);
    const [quarantine] = await engine.query(
      "SELECT COUNT(*) AS records, COUNT(NULLIF(reasons, '')) AS with_reason FROM quarantine",
    );
    expect(quarantine?.with_reason).toBe(quarantine?.records);
    const [rows] = await engine.query(
      `SELECT COUNT(*) AS records, COUNT(DISTINCT raw_file || ':' || CAST(raw_record AS VARCHAR)) AS distinct_records FROM (
         SELECT raw_file, raw_record FROM incidents UNION ALL SELECT raw_file, raw_record FROM duplicates
         UNION ALL SELECT raw_file, raw_record FROM quarantine) r`,
    );
    expect(rows?.distinct_records).toBe(rows?.records);
    const [incidents] = await engine.query(
      'SELECT COUNT(*) AS incidents, COUNT(DISTINCT incident_id) AS ids FROM incidents',
    );
    expect(incidents?.ids).toBe(incidents?.incidents);
  });

  it('give the same twenty values for the same incident in two vintages', async () => {
    const different = INCIDENT_COLUMN_NAMES.map(
      (name) => `SUM(CASE WHEN d.${name} IS DISTINCT FROM k.${name} THEN 1 ELSE 0 END) AS ${name}`,
    );
    const [counts] = await engine.query(
      `SELECT COUNT(*) AS compared, ${different.join(', ')} FROM duplicates d
       JOIN incidents k ON d.kept_raw_file = k.raw_file AND d.kept_raw_record = k.raw_record WHERE d.raw_file <> k.raw_file`,
    );
    const { compared, ...columns } = counts ?? {};
    const differing = Object.entries(columns).filter(([, rows]) => rows !== 0);
    process.stdout.write(
      `Incidents in two vintages: ${String(compared)} compared, ${differing.length} columns with a difference.\n`,
    );
    expect(Number(compared)).toBeGreaterThan(2000);
    expect(differing).toEqual([]);
  });

  it('come out the same on the row path and on the engine path, every row and column', async () => {
    const report = await compareRowPath(engine, result, sources, join(work, 'rows'));
    process.stdout.write(
      `Row path against engine: ${report.rows} rows, ${report.values} values, ${report.differences.length} differences.\n`,
    );
    expect(report.differences).toEqual([]);
    expect(report.rows).toBe(29_673);
  }, 120_000);

  it('need no new build when nothing has changed, and stage nothing twice', async () => {
    const again = await buildSnapshot({
      lake: join(work, 'lake'),
      engine,
      sources,
      inputs: sampleFiles().map((path) => ({ path })),
      window: { from: '2010-01-01', to: '2023-12-31' },
      keep: 2,
      now: () => new Date('2024-01-02T00:00:00Z'),
    });
    expect(again.unchanged).toBe(true);
    expect(again.reused).toBe(10);
    expect(again.manifest.id).toBe(result.manifest.id);
  });
});

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
