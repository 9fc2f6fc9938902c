import type { Engine, SqlRow, SqlValue } from '@crimetracker/engine';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { createProgress, number, table } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { computeHotspots, HOTSPOT_MARTS, settingsOf, storedOutlines } from '../marts/hotspot-marts.js';
import { attachTables } from '../marts/table-set.js';
import { computeMarts, TREND_MARTS } from '../marts/trend-marts.js';
import { loadSources } from '../sources.js';

export interface VerifyFlags {
  readonly snapshot?: string;
}

/** Relative difference that two computations of the same number may have. */
const TOLERANCE = 1e-9;
const LISTED_DIFFERENCES = 20;

interface Comparison {
  readonly table: string;
  readonly rows: number;
  readonly values: number;
  readonly different: number;
}

/** Computes every table of answers of a snapshot again and compares all numbers with those kept. Exits 4 when one differs. */
export async function runVerify(context: CommandContext, flags: VerifyFlags): Promise<ExitCode> {
  const { console, settings, signal } = context;
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const engine = await openEngine(context);
  const progress = createProgress(console);
  try {
    await attachSnapshot(engine, snapshot);
    const hasTrends = (await attachTables(engine, snapshot, TREND_MARTS)) !== undefined;
    const hotspots = await attachTables(engine, snapshot, HOTSPOT_MARTS);
    if (!hasTrends && hotspots === undefined) {
      throw new CrimeTrackerError(`Snapshot ${snapshot.manifest.id} has no marts to verify.`, {
        code: 'marts-missing',
        exitCode: EXIT_CODES.usage,
        hint: 'Compute them: crimetracker analyse --lake DIR, crimetracker hotspots --lake DIR',
      });
    }
    const input = {
      engine,
      snapshot,
      sources: await loadSources(),
      signal,
      onProgress: (label: string, done: number, total: number) => progress.step(label, done, total),
    };
    const differences: string[] = [];
    const comparisons: Comparison[] = [];
    if (hasTrends) {
      const { counts, results } = await computeMarts(input);
      for (const { mart, rows } of [...counts, ...results]) {
        comparisons.push(await compareRows(engine, mart, rows, differences));
      }
    }
    if (hotspots) {
      const chosen = settingsOf(hotspots);
      const outlines = await storedOutlines(snapshot, chosen);
      const { counts, results } = await computeHotspots({ ...input, settings: chosen, outlines });
      for (const { mart } of counts) comparisons.push(await compareTables(engine, mart, differences));
      for (const { mart, rows } of results) {
        comparisons.push(await compareRows(engine, mart, rows, differences));
      }
    }
    progress.stop();
    const different = comparisons.reduce((sum, one) => sum + one.different, 0);
    if (console.json) {
      console.out.write(
        `${JSON.stringify({ ok: different === 0, snapshot: snapshot.manifest.id, tables: comparisons, differences })}\n`,
      );
    } else {
      const { green, red } = console.colours;
      const rows = comparisons.map((one) => [one.table, one.rows, one.values, one.different]);
      console.out.write(`${table(['table', 'rows', 'values', 'different'], rows, console.colours)}\n`);
      for (const line of differences) console.out.write(`  ${red(line)}\n`);
      const values = comparisons.reduce((sum, one) => sum + one.values, 0);
      console.out.write(
        different === 0
          ? green(`  All ${number(values)} values of snapshot ${snapshot.manifest.id} come out again.\n`)
          : red(`  ${number(different)} values differ.\n`),
      );
    }
    return different === 0 ? EXIT_CODES.ok : EXIT_CODES.gate;
  } finally {
    progress.stop();
    await engine.close();
  }
}

/** Compares rows one by one, in their order: both the query and the computation give it. */
async function compareRows(
  engine: Engine,
  mart: ComparedTable,
  computed: readonly SqlRow[],
  differences: string[],
): Promise<Comparison> {
  const name = `mart_${mart.name}`;
  const kept = await engine.query(`SELECT * FROM ${engine.dialect.identifier(name)}`);
  let different = Math.abs(kept.length - computed.length) * mart.columns.length;
  const note = (line: string) => {
    if (differences.length < LISTED_DIFFERENCES) differences.push(line);
  };
  if (different > 0) note(`${name}: ${kept.length} rows kept, ${computed.length} computed`);
  for (let index = 0; index < Math.min(kept.length, computed.length); index += 1) {
    for (const { name: column } of mart.columns) {
      const [was, is] = [kept[index]?.[column] ?? null, computed[index]?.[column] ?? null];
      if (isSame(was, is)) continue;
      different += 1;
      note(`${name} row ${index + 1} ${column}: kept ${String(was)}, computed ${String(is)}`);
    }
  }
  return { table: name, rows: computed.length, values: computed.length * mart.columns.length, different };
}

interface ComparedTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
}

/** Compares a table of millions of whole numbers, which the engine holds again, with the one kept. */
async function compareTables(
  engine: Engine,
  { name, columns }: ComparedTable,
  differences: string[],
): Promise<Comparison> {
  const missing = async (one: string, other: string): Promise<number> => {
    const [row] = await engine.query(
      `SELECT COUNT(*) AS n FROM (SELECT * FROM ${one} EXCEPT ALL SELECT * FROM ${other}) AS missing`,
    );
    return Number(row?.n);
  };
  const [count] = await engine.query(`SELECT COUNT(*) AS n FROM ${name}`);
  const different = (await missing(name, `mart_${name}`)) + (await missing(`mart_${name}`, name));
  if (different > 0 && differences.length < LISTED_DIFFERENCES) {
    differences.push(`mart_${name}: ${different} rows are only kept, or only computed`);
  }
  const rows = Number(count?.n);
  return { table: `mart_${name}`, rows, values: rows * columns.length, different };
}

function isSame(a: SqlValue, b: SqlValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}
