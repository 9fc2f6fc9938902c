import type { CityAdapter } from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { LedgerEntry, SnapshotFile } from './snapshot.js';
import { rawColumn } from './snapshot.js';

/** One file's account: records in, and where each went. */
export interface FileAccount {
  readonly file: string;
  readonly source: string;
  readonly raw_file: string;
  readonly records: number;
  readonly curated: number;
  readonly quarantined: number;
  readonly duplicates: number;
}

/** Findings that mean a code the adapter has no entry for. */
const isUnmapped = (finding: string): boolean =>
  finding.endsWith('-unmapped') || finding === 'offence-mapped-by-class';

/** Relations of the rows as they were written, and the malformed records. */
export interface LedgerTables {
  readonly curated: string;
  readonly quarantined: string;
  readonly duplicates: string;
  readonly malformed: string;
}

/**
 * Counts what was written, per file: curated, quarantined by its first reason, duplicates by rule, rows
 * touched by each rule, and codes never seen before. Records in are the framer's own count, so the balance
 * is between two independent readings.
 */
export async function countLedger(
  engine: Engine,
  files: readonly SnapshotFile[],
  tables: LedgerTables,
  unmapped: readonly LedgerEntry[],
): Promise<LedgerEntry[]> {
  const { dialect } = engine;
  const from = (table: string) => dialect.identifier(table);
  const fileOf = new Map(files.map((file) => [file.sha256, file]));
  const totals = new Map<string, LedgerEntry>();
  const add = (rawFile: unknown, kind: LedgerEntry['kind'], rule: string, records: number) => {
    const file = fileOf.get(String(rawFile));
    if (!file)
      throw new Error(`The snapshot holds rows of ${String(rawFile)}, which is not one of its files.`);
    const key = `${file.sha256} ${kind} ${rule}`;
    const before = totals.get(key)?.records ?? 0;
    totals.set(key, {
      source: file.source,
      raw_file: file.sha256,
      file: file.name,
      kind,
      rule,
      detail: '',
      records: before + records,
    });
  };
  const touch = (rawFile: unknown, flags: unknown, records: number) => {
    for (const rule of String(flags).split(';')) if (rule !== '') add(rawFile, 'touched', rule, records);
  };

  for (const file of files) {
    add(file.sha256, 'records', '', file.records);
    add(file.sha256, 'curated', '', 0);
  }
  for (const row of await engine.query(
    `SELECT raw_file, flags, COUNT(*) AS records FROM ${from(tables.curated)} GROUP BY raw_file, flags`,
  )) {
    add(row.raw_file, 'curated', '', Number(row.records));
    touch(row.raw_file, row.flags, Number(row.records));
  }
  for (const row of await engine.query(
    `SELECT raw_file, reasons, flags, COUNT(*) AS records FROM ${from(tables.quarantined)} GROUP BY raw_file, reasons, flags`,
  )) {
    add(row.raw_file, 'quarantined', String(row.reasons).split(';')[0] ?? '', Number(row.records));
    touch(row.raw_file, row.flags, Number(row.records));
  }
  for (const row of await engine.query(
    `SELECT raw_file, duplicate_rule, flags, COUNT(*) AS records FROM ${from(tables.duplicates)} GROUP BY raw_file, duplicate_rule, flags`,
  )) {
    add(row.raw_file, 'duplicate', String(row.duplicate_rule), Number(row.records));
    touch(row.raw_file, row.flags, Number(row.records));
  }
  for (const row of await engine.query(
    `SELECT raw_file, reason, COUNT(*) AS records FROM ${from(tables.malformed)} GROUP BY raw_file, reason`,
  )) {
    add(row.raw_file, 'quarantined', String(row.reason), Number(row.records));
    add(row.raw_file, 'touched', String(row.reason), Number(row.records));
  }
  return [...totals.values(), ...unmapped];
}

/** The raw values of one crosswalk that the adapter has no entry for, with their record counts. */
export async function listUnmapped(
  engine: Engine,
  adapter: CityAdapter,
  field: string,
  table: string,
): Promise<LedgerEntry[]> {
  const { dialect } = engine;
  const inputs = adapter.fields[field]?.inputs ?? [];
  const rows = await engine.query(
    `SELECT findings, row_count, ${inputs.map((input) => dialect.identifier(rawColumn(input))).join(', ')}
     FROM ${dialect.identifier(table)} WHERE findings <> ''
     ORDER BY row_count DESC, ${inputs.map((input) => dialect.identifier(rawColumn(input))).join(', ')}`,
  );
  return rows.flatMap((row) =>
    String(row.findings)
      .split(';')
      .filter(isUnmapped)
      .map(
        (finding): LedgerEntry => ({
          source: adapter.id,
          raw_file: '',
          file: '',
          kind: 'unmapped',
          rule: finding,
          detail: inputs.map((input) => `${input}=${String(row[rawColumn(input)])}`).join(', '),
          records: Number(row.row_count),
        }),
      ),
  );
}

/** One account per file, in the order of the files. */
export function accountsOf(ledger: readonly LedgerEntry[]): readonly FileAccount[] {
  const accounts = new Map<string, { -readonly [Key in keyof FileAccount]: FileAccount[Key] }>();
  for (const entry of ledger) {
    if (entry.kind === 'touched' || entry.kind === 'unmapped') continue;
    const account = accounts.get(entry.raw_file) ?? {
      file: entry.file,
      source: entry.source,
      raw_file: entry.raw_file,
      records: 0,
      curated: 0,
      quarantined: 0,
      duplicates: 0,
    };
    accounts.set(entry.raw_file, account);
    switch (entry.kind) {
      case 'records':
        account.records += entry.records;
        break;
      case 'curated':
        account.curated += entry.records;
        break;
      case 'quarantined':
        account.quarantined += entry.records;
        break;
      case 'duplicate':
        account.duplicates += entry.records;
        break;
    }
  }
  return [...accounts.values()];
}

/** Throws `ledger-unbalanced` unless, per file, records in = curated + quarantined + duplicates. */
export function assertBalanced(ledger: readonly LedgerEntry[]): void {
  const wrong = accountsOf(ledger).filter(
    (account) => account.records !== account.curated + account.quarantined + account.duplicates,
  );
  if (wrong.length === 0) return;
  throw new CrimeTrackerError(
    `The ledger does not balance, so nothing was published:\n${wrong
      .map(
        (a) =>
          `  ${a.file}: ${a.records} records in, ${a.curated} curated + ${a.quarantined} quarantined + ${a.duplicates} duplicates out`,
      )
      .join('\n')}`,
    {
      code: 'ledger-unbalanced',
      exitCode: EXIT_CODES.gate,
      hint: 'This is a fault of the program: please report it with the file.',
    },
  );
}
