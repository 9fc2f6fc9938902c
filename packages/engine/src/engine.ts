import type { Dialect, SqlType } from './dialect.js';

/** A value as rows carry it. A date is ISO text, a timestamp ISO text in civil time, a nested value JSON text. */
export type SqlValue = string | number | boolean | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Columns of numbers by name, all of one length. */
export type NumberColumns = Readonly<Record<string, Float64Array>>;

export interface TableColumn {
  readonly name: string;
  readonly type: SqlType;
}

export interface CsvImport {
  /** Absolute path of a well-formed CSV file: UTF-8, every record with as many fields as `fields`. */
  readonly file: string;
  readonly delimiter: string;
  /** One name per field of the file, in order; null for a field that is not read. */
  readonly fields: readonly (string | null)[];
  /** Text columns that follow the file's and have the same value on every record. */
  readonly constants?: Readonly<Record<string, string>>;
  /** How many records the file is known to hold; a reading that finds another number is refused. */
  readonly records?: number;
  /** Whether a field may hold a line end. */
  readonly lineEndsInFields?: boolean;
  /** Folder that receives the Parquet files; created; must not exist before. */
  readonly location: string;
}

export interface TableWrite {
  readonly select: string;
  /** Folder that receives the Parquet files; created; must not exist before. */
  readonly location: string;
  /** Text columns of `select` that become `name=value` folders instead of columns in the files. */
  readonly partitionBy?: readonly string[];
}

/** A table's Parquet files. */
export interface ParquetSource {
  /** One folder, or several that make one table; one without files adds no rows. */
  readonly location: string | readonly string[];
  /** Columns of the table, in order, each given as this type. */
  readonly columns: readonly TableColumn[];
  /** Text columns that stand in the folder names (`name=value`); those not among `columns` follow them. */
  readonly partitionBy?: readonly string[];
  /** Adds a bigint column of this name that numbers the records of a CSV import from 1. */
  readonly recordNumber?: string;
}

/** Is told now and then how much of a long call is done, 0 to 1; an engine that cannot tell never calls it. */
export type OnProgress = (fraction: number) => void;

/**
 * What the build needs of a SQL engine. Locations are folders the engine can read and write: local paths for
 * DuckDB, S3 URLs for Athena. A select is one query without a closing semicolon.
 *
 * Calls may overlap. Every call rejects with a CrimeTrackerError: `engine-cancelled` once `signal` is aborted,
 * `engine-sql` for SQL the engine refuses (the SQL in `where`), `disk-full`, `engine-out-of-memory`,
 * `engine-closed` after close(). A call that fails leaves tables and locations as they were.
 */
export interface Engine {
  readonly dialect: Dialect;
  /**
   * Runs a query and returns its rows. DATE comes back as ISO text, whole numbers and DECIMAL as number; a whole
   * number beyond 2^53 rejects with `engine-number-too-large`.
   */
  query(sql: string, signal?: AbortSignal): Promise<readonly SqlRow[]>;
  /**
   * Runs a query of numbers and returns its columns, rows in the query's order: for millions of rows. A null is NaN.
   * A column of anything else rejects with `engine-bad-value`, whole numbers too large as in query().
   */
  queryNumbers(sql: string, signal?: AbortSignal): Promise<NumberColumns>;
  /**
   * Stages a CSV file to Parquet: text columns in record order, empty never null. Returns the number of records.
   * A file the engine cannot read rejects with `engine-csv-refused`.
   */
  importCsv(source: CsvImport, signal?: AbortSignal, onProgress?: OnProgress): Promise<number>;
  /** Writes the rows of a query to Parquet. Returns the number of rows. */
  writeTable(write: TableWrite, signal?: AbortSignal, onProgress?: OnProgress): Promise<number>;
  /**
   * Writes the rows of a query to one local CSV file (RFC 4180, UTF-8, LF) with a header, in the query's order; null
   * is an empty field, empty text a quoted one. Replaces the file; a failure leaves none.
   */
  exportCsv(select: string, file: string, signal?: AbortSignal): Promise<void>;
  /** Makes Parquet files readable under a name, for this session. Replaces an earlier table of that name. */
  attachTable(name: string, source: ParquetSource): Promise<void>;
  /**
   * Makes rows held here readable under a name, for this session. Replaces an earlier table of that name.
   * A value that is not of its column's type rejects with `engine-bad-value`.
   */
  loadRows(name: string, columns: readonly TableColumn[], rows: Iterable<readonly SqlValue[]>): Promise<void>;
  /** Keeps a query's result under a name, for this session. Replaces an earlier table of that name. */
  keepTable(name: string, select: string, signal?: AbortSignal, onProgress?: OnProgress): Promise<void>;
  /**
   * Keeps a query's result like keepTable, to be joined with many rows. The columns of `texts`, which then stand in all
   * of them, may be held in a form that is cheaper to join and to write; in SQL they are texts all the same.
   */
  keepLookup(name: string, select: string, texts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Gives a query a name, for this session; it is run each time the name is read. Replaces an earlier table of that name. */
  defineView(name: string, select: string): Promise<void>;
  /** Forgets a table or view of this session; its files stay. Says nothing when there is none. */
  dropTable(name: string): Promise<void>;
  /** Ends the session after the calls under way. */
  close(): Promise<void>;
}
