import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SqlRow } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { format } from 'fast-csv';
import { number, table } from '../console.js';
import type { CommandContext } from '../context.js';
import { HOTSPOT_MARTS } from '../marts/hotspot-marts.js';
import { attachTables } from '../marts/table-set.js';
import { TREND_MARTS } from '../marts/trend-marts.js';

/** Rows a terminal table shows before it says how many more there are. */
const TABLE_ROWS = 200;

export interface QueryFlags {
  readonly csv?: boolean;
  readonly snapshot?: string;
}

/** Answers SQL over a published snapshot, as a table, CSV or a JSON array of objects. */
export async function runQuery(context: CommandContext, sql: string, flags: QueryFlags): Promise<ExitCode> {
  const { console, settings, signal } = context;
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const engine = await openDuckDb({
    ...(settings.threads !== undefined && { threads: settings.threads }),
    memoryLimit: settings.memory,
    readableFolders: [snapshot.path],
  });
  try {
    await attachSnapshot(engine, snapshot);
    await attachTables(engine, snapshot, TREND_MARTS);
    await attachTables(engine, snapshot, HOTSPOT_MARTS);
    const rows = await engine.query(sql, signal);
    if (console.json) console.out.write(`${JSON.stringify(rows)}\n`);
    else if (flags.csv)
      await pipeline(Readable.from(rows), format({ headers: true }), console.out, { end: false });
    else console.out.write(`${drawRows(rows, context)}\n`);
  } finally {
    await engine.close();
  }
  return EXIT_CODES.ok;
}

function drawRows(rows: readonly SqlRow[], { console }: CommandContext): string {
  const head = Object.keys(rows[0] ?? {});
  if (head.length === 0) return console.colours.dim('  No rows.');
  const shown = rows.slice(0, TABLE_ROWS).map((row) =>
    head.map((name) => {
      const value = row[name] ?? null;
      return typeof value === 'number' ? value : value === null ? '–' : String(value);
    }),
  );
  const more =
    rows.length > TABLE_ROWS
      ? `\n${console.colours.dim(`  … ${number(rows.length - TABLE_ROWS)} more rows: use --csv or --json`)}`
      : '';
  return table(head, shown, console.colours) + more;
}
