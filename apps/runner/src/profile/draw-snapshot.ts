import type { Console } from '../console.js';
import { table } from '../console.js';
import { printable, shorten } from './printable.js';
import type { SnapshotFacts } from './profile-schema.js';
import { bar } from './terminal-charts.js';
import { percentOf } from './words.js';

const LISTED = 10;
const FILE_WIDTH = 36;

/** Draws what a snapshot is made of: its files, what was set aside and why, rows per year and source. */
export function drawSnapshot(
  snapshot: SnapshotFacts,
  colours: Console['colours'],
  heading: (text: string) => string,
): string {
  const { ledger, window } = snapshot;
  const parts = [
    `  Occurrences ${window.from} to ${window.to} · ${snapshot.sources.map(({ id, city }) => `${id} (${city})`).join(', ')} · ${
      ledger.balanced ? colours.green('ledger balances') : colours.red('ledger does not balance')
    }`,
    heading('Ledger') +
      table(
        ['file', 'source', 'records', 'curated', 'quarantined', 'duplicates'],
        [
          ...ledger.files.map((of) => [
            shorten(printable(of.file), FILE_WIDTH),
            of.source,
            of.records,
            of.curated,
            of.quarantined,
            of.duplicates,
          ]),
          ['all files', '', ledger.records, ledger.curated, ledger.quarantined, ledger.duplicates],
        ],
        colours,
      ),
  ];
  const list = (title: string, head: string, counts: Readonly<Record<string, number>>) => {
    const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
    if (entries.length === 0) return;
    const rows = entries
      .slice(0, LISTED)
      .map(([name, n]) => [
        name,
        n,
        percentOf(n / Math.max(1, ledger.records)),
        colours.cyan(bar(n / Math.max(1, ledger.records), 20)),
      ]);
    const more = entries.length > LISTED ? `\n${colours.dim(`  … and ${entries.length - LISTED} more`)}` : '';
    parts.push(heading(title) + table([head, 'records', 'share', ''], rows, colours) + more);
  };
  list('Quarantined', 'reason', ledger.quarantined_by_reason);
  list('Duplicates set aside', 'rule', ledger.duplicates_by_rule);
  list('Rows touched', 'rule', ledger.touched_by_rule);
  parts.push(heading('Incidents per year') + drawYears(snapshot, colours));
  return parts.join('\n');
}

function drawYears({ years, sources }: SnapshotFacts, colours: Console['colours']): string {
  const listed = [...new Set(years.map(({ year }) => year))].sort((a, b) => a - b);
  const of = (year: number, source: string) =>
    years.find((row) => row.year === year && row.source === source)?.records ?? 0;
  const most = Math.max(1, ...years.map(({ records }) => records));
  return table(
    ['year', ...sources.flatMap(({ id }) => [id, ''])],
    listed.map((year) => [
      String(year),
      ...sources.flatMap(({ id }) => [of(year, id), colours.cyan(bar(of(year, id) / most, 16))]),
    ]),
    colours,
  );
}
