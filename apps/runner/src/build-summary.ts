import { RULES } from '@crimetracker/cleaning';
import type { BuildResult, FileAccount, LedgerEntry } from '@crimetracker/lake';
import { accountsOf } from '@crimetracker/lake';
import type { Console } from './console.js';
import { number, percent, seconds, table } from './console.js';

const LISTED_RULES = 12;

/** The ledger as scripts read it. */
export interface LedgerSummary {
  readonly balanced: boolean;
  readonly records: number;
  readonly curated: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly files: readonly FileAccount[];
  readonly quarantined_by_reason: Readonly<Record<string, number>>;
  readonly duplicates_by_rule: Readonly<Record<string, number>>;
  readonly touched_by_rule: Readonly<Record<string, number>>;
  readonly unmapped: readonly { source: string; finding: string; raw: string; records: number }[];
}

function sumByRule(ledger: readonly LedgerEntry[], kind: LedgerEntry['kind']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const entry of ledger)
    if (entry.kind === kind) sums[entry.rule] = (sums[entry.rule] ?? 0) + entry.records;
  return sums;
}

export function summariseLedger(ledger: readonly LedgerEntry[]): LedgerSummary {
  const files = accountsOf(ledger);
  const sum = (pick: (account: FileAccount) => number) =>
    files.reduce((total, account) => total + pick(account), 0);
  const totals = {
    records: sum((a) => a.records),
    curated: sum((a) => a.curated),
    quarantined: sum((a) => a.quarantined),
    duplicates: sum((a) => a.duplicates),
  };
  return {
    balanced: files.every((a) => a.records === a.curated + a.quarantined + a.duplicates),
    ...totals,
    files,
    quarantined_by_reason: sumByRule(ledger, 'quarantined'),
    duplicates_by_rule: sumByRule(ledger, 'duplicate'),
    touched_by_rule: sumByRule(ledger, 'touched'),
    unmapped: ledger
      .filter((entry) => entry.kind === 'unmapped')
      .map((entry) => ({
        source: entry.source,
        finding: entry.rule,
        raw: entry.detail,
        records: entry.records,
      })),
  };
}

export function buildSummary(result: BuildResult, milliseconds: number) {
  return {
    ok: result.failed.length === 0,
    snapshot: result.manifest.id,
    path: result.path,
    unchanged: result.unchanged,
    seconds: Math.round(milliseconds) / 1000,
    staged_files_reused: result.reused,
    failed: result.failed,
    ledger: summariseLedger(result.manifest.ledger),
  };
}

/** Draws the ledger: an account per file, then the rules that touched rows, then codes never seen before. */
export function drawLedger(ledger: readonly LedgerEntry[], colours: Console['colours'], all = false): string {
  const listed = all ? Number.POSITIVE_INFINITY : LISTED_RULES;
  const summary = summariseLedger(ledger);
  const lines: string[] = [];
  lines.push(
    table(
      ['file', 'source', 'records', 'curated', 'quarantined', 'duplicates'],
      [
        ...summary.files.map((a) => [a.file, a.source, a.records, a.curated, a.quarantined, a.duplicates]),
        ['all files', '', summary.records, summary.curated, summary.quarantined, summary.duplicates],
      ],
      colours,
    ),
    summary.balanced
      ? colours.green('  The ledger balances: records = curated + quarantined + duplicates, in every file.')
      : colours.red('  The ledger does not balance.'),
  );
  const sentence = new Map<string, (typeof RULES)[number]>(RULES.map((rule) => [rule.id, rule]));
  const touched = Object.entries(summary.touched_by_rule).sort(([, a], [, b]) => b - a);
  if (touched.length > 0) {
    lines.push(
      '',
      table(
        ['rule', 'action', 'rows', 'share', 'what it means'],
        touched
          .slice(0, listed)
          .map(([rule, rows]) => [
            rule,
            sentence.get(rule)?.action ?? '',
            rows,
            percent(rows, summary.records),
            sentence.get(rule)?.sentence ?? '',
          ]),
        colours,
      ),
    );
    if (touched.length > listed)
      lines.push(colours.dim(`  … and ${touched.length - listed} more rules: crimetracker ledger --all`));
  }
  if (summary.unmapped.length > 0) {
    lines.push(
      '',
      `  ${colours.yellow(`${number(summary.unmapped.length)} raw values have no entry in a code table:`)}`,
      table(
        ['source', 'finding', 'raw value', 'rows'],
        summary.unmapped.slice(0, listed).map((u) => [u.source, u.finding, u.raw, u.records]),
        colours,
      ),
    );
  }
  return lines.join('\n');
}

export function printBuild(console: Console, result: BuildResult, milliseconds: number, lake: string): void {
  const { out, colours } = console;
  const write = (line = '') => out.write(`${line}\n`);
  for (const failed of result.failed) {
    console.err.write(
      `${colours.red('Not read:')} ${failed.path}: ${failed.message}\n${failed.hint ? `  ${failed.hint}\n` : ''}`,
    );
  }
  for (const file of result.manifest.files.filter(({ missingColumns }) => missingColumns.length > 0)) {
    const columns = file.missingColumns.join(', ');
    console.err.write(
      `${colours.yellow('Missing columns, read as blank:')} ${file.name}: ${columns} (${file.vintage})\n`,
    );
  }
  if (result.unchanged) write(`Nothing has changed: snapshot ${colours.bold(result.manifest.id)} stands.`);
  else write(`Published snapshot ${colours.bold(result.manifest.id)} in ${seconds(milliseconds)}.`);
  write();
  write(drawLedger(result.manifest.ledger, colours));
  write();
  write(`  Snapshot  ${result.path}`);
  write(
    `  Ask it    npx crimetracker query "SELECT crime_category, COUNT(*) AS incidents FROM incidents GROUP BY 1 ORDER BY 2 DESC" --lake ${lake}`,
  );
  write(`  Ledger    npx crimetracker ledger --lake ${lake}`);
}
