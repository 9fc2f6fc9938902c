import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CrimeTrackerError } from '@crimetracker/schema';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import type {
  CsvImport,
  Engine,
  NumberColumns,
  OnProgress,
  ParquetSource,
  SqlRow,
  SqlValue,
  TableColumn,
  TableWrite,
} from '../engine.js';
import { assertSelect } from './assert-select.js';
import { duckDbDialect } from './duckdb-dialect.js';
import { duckDbError } from './duckdb-error.js';
import { exactPath, writeLocation } from './duckdb-files.js';
import { parquetRelation } from './duckdb-parquet.js';
import type { Run } from './duckdb-session.js';
import { DuckDbSession } from './duckdb-session.js';
import { keepByteOrderMarks, readNumbers, readRows, valueConverter } from './duckdb-values.js';
import { keepThreadPoolAwake } from './thread-pool.js';

const { identifier, literal, type } = duckDbDialect;

/** Rows of DuckDB's data chunk. */
const CHUNK_ROWS = 2048;

/** Texts of an ENUM, whose codes then fit in two bytes. */
const MAX_ENUM_VALUES = 65_535;

/** DuckDB looks for repeated texts up to this many a column and row group: enough for dates, and given up early for case numbers. */
const MAX_DICTIONARY_TEXTS = 10_000;

/** Records of up to 1 MiB, every character of which may be a doubled quote, and some room. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;

export interface DuckDbOptions {
  /** Default: every core. */
  readonly threads?: number | undefined;
  /** Such as `2GB`. Default: 80% of the machine's memory. */
  readonly memoryLimit?: string | undefined;
  /** Folder for work that does not fit in memory. Default: `.tmp` in the working directory. */
  readonly tempDirectory?: string | undefined;
  /** Database file; default `:memory:`. */
  readonly path?: string | undefined;
  /**
   * When given, the engine is for SQL that a user wrote: files can be read in these folders only, the settings
   * are locked, and query() takes a single SELECT.
   */
  readonly readableFolders?: readonly string[] | undefined;
}

/**
 * Opens an embedded DuckDB, which reads and writes local files and needs no server, network or extension.
 * Rejects with `engine-open-failed` when an option is not understood or the database file cannot be opened.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  keepByteOrderMarks();
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(options.path ?? ':memory:');
    const connection = await instance.connect();
    for (const setting of settings(options)) await connection.run(`SET ${setting}`);
    return new DuckDbEngine(instance, connection, options.readableFolders !== undefined);
  } catch (cause) {
    instance?.closeSync();
    throw new CrimeTrackerError(
      `DuckDB cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'engine-open-failed',
        exitCode: 2,
        hint: 'Check the number of threads, the memory limit (such as 2GB) and the folders given.',
        cause,
      },
    );
  }
}

function settings({
  threads,
  memoryLimit,
  tempDirectory,
  readableFolders,
}: DuckDbOptions): readonly string[] {
  return [
    // Nothing is ever fetched over the network.
    'autoinstall_known_extensions = false',
    'autoload_known_extensions = false',
    // Progress is measured only while DuckDB's own bar is on; printed, that bar would spoil the terminal.
    'enable_progress_bar_print = false',
    'enable_progress_bar = true',
    ...(threads === undefined ? [] : [`threads = ${literal(threads)}`]),
    ...(memoryLimit === undefined ? [] : [`memory_limit = ${literal(memoryLimit)}`]),
    ...(tempDirectory === undefined ? [] : [`temp_directory = ${literal(tempDirectory)}`]),
    ...(readableFolders === undefined
      ? []
      : [
          `allowed_directories = [${readableFolders.map((folder) => literal(join(resolve(folder), '/'))).join(', ')}]`,
          'enable_external_access = false',
          'lock_configuration = true',
        ]),
  ];
}

class DuckDbEngine implements Engine {
  readonly dialect = duckDbDialect;
  readonly #instance: DuckDBInstance;
  readonly #session: DuckDbSession;
  readonly #selectOnly: boolean;
  readonly #letThreadPoolSleep = keepThreadPoolAwake();
  /** What each name of this session stands for. */
  readonly #kinds = new Map<string, 'TABLE' | 'VIEW'>();
  #made = 0;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, selectOnly: boolean) {
    this.#instance = instance;
    this.#session = new DuckDbSession(connection);
    this.#selectOnly = selectOnly;
  }

  query(sql: string, signal?: AbortSignal): Promise<readonly SqlRow[]> {
    return this.#session.use(
      async (run) => {
        if (this.#selectOnly) await assertSelect(this.#session.connection, sql);
        return readRows(await run(sql));
      },
      { signal },
    );
  }

  queryNumbers(sql: string, signal?: AbortSignal): Promise<NumberColumns> {
    return this.#session.use(
      async (run) => {
        if (this.#selectOnly) await assertSelect(this.#session.connection, sql);
        return readNumbers(await run(sql));
      },
      { signal },
    );
  }

  importCsv(source: CsvImport, signal?: AbortSignal, onProgress?: OnProgress): Promise<number> {
    const names = source.fields.map((_, index) => literal(`f${index}`));
    const read = source.fields.flatMap((name, index) =>
      name === null ? [] : `f${index} AS ${identifier(name)}`,
    );
    for (const [name, value] of Object.entries(source.constants ?? {})) {
      read.push(`${literal(value)} AS ${identifier(name)}`);
    }
    // Without a list of line ends to expect, each record may end with LF or CRLF; told one, DuckDB 1.5 drops
    // the records that end with the other.
    const copy = (parallel: boolean): string => `
      COPY (
        SELECT ${read.join(', ')}
        FROM read_csv(${literal(exactPath(source.file))}, auto_detect = false, header = false, skip = 1,
          delim = ${literal(source.delimiter)}, quote = '"', escape = '"', encoding = 'utf-8', compression = 'none',
          columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}, force_not_null = [${names.join(', ')}],
          strict_mode = true, null_padding = false, max_line_size = ${MAX_LINE_BYTES}, parallel = ${parallel})
      ) TO ${literal(join(source.location, 'records.parquet'))} (FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT ${MAX_DICTIONARY_TEXTS})`;
    // Split inside a field, at a line end or at a comma beside a quote, the parallel reader fails or, rarely,
    // loses a record; read in one piece, the file gives every record.
    const attempts = source.lineEndsInFields ? [false] : [true, false];
    return this.#session.use(
      (run) =>
        writeLocation(source.location, async () => {
          let refusal = '';
          for (const parallel of attempts) {
            try {
              const records = await countOf(run, copy(parallel));
              if (records === (source.records ?? records)) return records;
              refusal = `it reads ${records} records of ${source.records}`;
            } catch (error) {
              if (!isSqlError(error)) throw error;
              refusal = error.message;
            }
          }
          throw new CrimeTrackerError(`DuckDB refused ${source.file}: ${refusal}`, {
            code: 'engine-csv-refused',
            exitCode: 3,
            hint: 'Check that the file is a complete CSV file and has not changed since it was examined.',
            where: { file: source.file },
          });
        }),
      { signal, onProgress },
    );
  }

  writeTable(write: TableWrite, signal?: AbortSignal, onProgress?: OnProgress): Promise<number> {
    const { select, location, partitionBy = [] } = write;
    const partitioned = partitionBy.length > 0;
    const target = partitioned ? location : join(location, 'data.parquet');
    // Measured on a million incidents: 0.6 of snappy's size for a tenth more time; higher levels gain 5%.
    const options = ['FORMAT parquet', 'COMPRESSION zstd', 'COMPRESSION_LEVEL 1'];
    if (partitioned) {
      options.push(`PARTITION_BY (${partitionBy.map(identifier).join(', ')})`, 'OVERWRITE_OR_IGNORE true');
    }
    return this.#session.use(
      (run) =>
        writeLocation(location, () =>
          countOf(run, `COPY (${select}\n) TO ${literal(target)} (${options.join(', ')})`),
        ),
      { signal, onProgress },
    );
  }

  exportCsv(select: string, file: string, signal?: AbortSignal): Promise<void> {
    return this.#session.use(
      async (run) => {
        try {
          await run(
            `COPY (${select}\n) TO ${literal(resolve(file))} (FORMAT csv, HEADER true, COMPRESSION none)`,
          );
        } catch (error) {
          await rm(file, { force: true });
          throw error;
        }
      },
      { signal },
    );
  }

  async attachTable(name: string, source: ParquetSource): Promise<void> {
    await this.defineView(name, await parquetRelation(source));
  }

  loadRows(
    name: string,
    columns: readonly TableColumn[],
    rows: Iterable<readonly SqlValue[]>,
  ): Promise<void> {
    return this.#session.use(async (run) => {
      const fresh = this.#freshName();
      const definitions = columns.map((column) => `${identifier(column.name)} ${type(column.type)}`);
      await run(`CREATE TEMP TABLE ${identifier(fresh)} (${definitions.join(', ')})`);
      try {
        await this.#append(fresh, columns, rows);
      } catch (error) {
        await run(`DROP TABLE ${identifier(fresh)}`);
        throw error instanceof CrimeTrackerError ? error : duckDbError(error, `load rows into ${name}`);
      }
      await this.#takeOver(run, name, 'TABLE', fresh);
    });
  }

  keepTable(name: string, select: string, signal?: AbortSignal, onProgress?: OnProgress): Promise<void> {
    return this.#session.use((run, runToEnd) => this.#keep(run, runToEnd, name, select), {
      signal,
      onProgress,
    });
  }

  keepLookup(name: string, select: string, texts: readonly string[], signal?: AbortSignal): Promise<void> {
    return this.#session.use(
      async (run, runToEnd) => {
        const plain = this.#freshName();
        await run(`CREATE TEMP TABLE ${identifier(plain)} AS (${select}\n)`);
        try {
          const few = await this.#fewTexts(run, plain, texts);
          const casts = few.map(({ column, type }) => `CAST(${column} AS ${type}) AS ${column}`);
          const replace = casts.length === 0 ? '' : ` REPLACE (${casts.join(', ')})`;
          await this.#keep(run, runToEnd, name, `SELECT *${replace} FROM ${identifier(plain)}`);
          for (const { type } of few) await runToEnd(`DROP TYPE temp.main.${type}`);
        } finally {
          await runToEnd(`DROP TABLE ${identifier(plain)}`);
        }
      },
      { signal },
    );
  }

  defineView(name: string, select: string): Promise<void> {
    return this.#session.use(async (run) => {
      if (this.#kindOf(name) !== 'TABLE') {
        await run(`CREATE OR REPLACE TEMP VIEW ${identifier(name)} AS (${select}\n)`);
        this.#kinds.set(sessionKey(name), 'VIEW');
        return;
      }
      // Made under another name first, so that a faulty query leaves the earlier table in place.
      const fresh = this.#freshName();
      await run(`CREATE TEMP VIEW ${identifier(fresh)} AS (${select}\n)`);
      await this.#takeOver(run, name, 'VIEW', fresh);
    });
  }

  dropTable(name: string): Promise<void> {
    return this.#session.use((run) => this.#drop(run, name));
  }

  async close(): Promise<void> {
    await this.#session.close();
    this.#instance.closeSync();
    this.#letThreadPoolSleep();
  }

  #freshName(): string {
    this.#made += 1;
    return `crimetracker_new_${this.#made}`;
  }

  #kindOf(name: string): 'TABLE' | 'VIEW' | undefined {
    return this.#kinds.get(sessionKey(name));
  }

  /** A statement that fails or is stopped leaves the earlier table as it was. */
  async #keep(run: Run, runToEnd: Run, name: string, select: string): Promise<void> {
    if (this.#kindOf(name) !== 'VIEW') {
      await run(`CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS (${select}\n)`);
      this.#kinds.set(sessionKey(name), 'TABLE');
      return;
    }
    const fresh = this.#freshName();
    await run(`CREATE TEMP TABLE ${identifier(fresh)} AS (${select}\n)`);
    await this.#takeOver(runToEnd, name, 'TABLE', fresh);
  }

  /** Gives a new table or view its name, and drops what had it. */
  async #takeOver(run: Run, name: string, kind: 'TABLE' | 'VIEW', fresh: string): Promise<void> {
    await this.#drop(run, name);
    await run(`ALTER ${kind} temp.main.${identifier(fresh)} RENAME TO ${identifier(name)}`);
    this.#kinds.set(sessionKey(name), kind);
  }

  async #drop(run: Run, name: string): Promise<void> {
    const kind = this.#kindOf(name);
    if (kind === undefined) return;
    await run(`DROP ${kind} temp.main.${identifier(name)}`);
    this.#kinds.delete(sessionKey(name));
  }

  /**
   * Makes an ENUM type for each of the columns that has few values. An ENUM is one to four bytes a row and is written to
   * Parquet without looking at the texts again: of a million incidents the last join and write take 3.4 s instead of
   * 4.9 s. Its values are sorted, so that it sorts like its texts. A table keeps its type when the name is dropped.
   */
  async #fewTexts(
    run: Run,
    table: string,
    texts: readonly string[],
  ): Promise<readonly { readonly column: string; readonly type: string }[]> {
    if (texts.length === 0) return [];
    const columns = texts.map(identifier);
    const counts = columns.map((column, index) => `COUNT(DISTINCT ${column}) AS n${index}`);
    const [count] = await readRows(await run(`SELECT ${counts.join(', ')} FROM ${identifier(table)}`));
    const few: { column: string; type: string }[] = [];
    for (const [index, column] of columns.entries()) {
      const values = Number(count?.[`n${index}`]);
      if (values === 0 || values > MAX_ENUM_VALUES) continue;
      const type = identifier(this.#freshName());
      await run(
        `CREATE TEMP TYPE ${type} AS ENUM (SELECT DISTINCT ${column} FROM ${identifier(table)} WHERE ${column} IS NOT NULL ORDER BY ${column})`,
      );
      few.push({ column, type });
    }
    return few;
  }

  async #append(
    table: string,
    columns: readonly TableColumn[],
    rows: Iterable<readonly SqlValue[]>,
  ): Promise<void> {
    const appender = await this.#session.connection.createAppender(table, 'main', 'temp');
    try {
      const types = columns.map((_, index) => appender.columnType(index));
      const converters = columns.map(valueConverter);
      let held: DuckDBValue[][] = columns.map(() => []);
      const flush = (): void => {
        const count = held[0]?.length ?? 0;
        if (count === 0) return;
        const chunk = DuckDBDataChunk.create(types, count);
        chunk.setColumns(held);
        appender.appendDataChunk(chunk);
        held = columns.map(() => []);
      };
      let number = 0;
      for (const row of rows) {
        number += 1;
        if (row.length !== columns.length) {
          throw new CrimeTrackerError(
            `Row ${number} has ${row.length} values for ${columns.length} columns.`,
            {
              code: 'engine-bad-value',
              exitCode: 1,
              where: { row: number },
            },
          );
        }
        for (let index = 0; index < converters.length; index += 1) {
          held[index]?.push((converters[index] as ReturnType<typeof valueConverter>)(row[index] ?? null));
        }
        if (held[0]?.length === CHUNK_ROWS) flush();
      }
      flush();
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  }
}

function isSqlError(error: unknown): error is CrimeTrackerError {
  return error instanceof CrimeTrackerError && error.code === 'engine-sql';
}

async function countOf(run: Run, copy: string): Promise<number> {
  const rows = await readRows(await run(copy));
  return Number(rows[0]?.Count ?? 0);
}

/** DuckDB takes names that differ only in the case of their Latin letters for the same. */
function sessionKey(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
