import { CrimeTrackerError } from '@crimetracker/schema';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import { cancelledError, duckDbError } from './duckdb-error.js';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called about five times a second with the share of the work done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Runs one statement. */
export type Run = (sql: string) => Promise<DuckDBMaterializedResult>;

/**
 * One DuckDB connection that serves one caller at a time, in the order they came. One connection, because
 * temporary tables and views belong to it; one at a time, because interrupt() stops whatever the connection runs.
 */
export class DuckDbSession {
  readonly connection: DuckDBConnection;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  /**
   * Gives `work` the connection alone; rejects with `engine-cancelled` once the signal is aborted. Statements that
   * must not be left half done are run by `runToEnd`, which no signal stops.
   */
  use<T>(work: (run: Run, runToEnd: Run) => Promise<T>, options: RunOptions = {}): Promise<T> {
    const { signal } = options;
    const turn = this.#last.then(() => {
      if (this.#closed) {
        throw new CrimeTrackerError('The engine is closed.', { code: 'engine-closed', exitCode: 1 });
      }
      if (signal?.aborted) throw cancelledError(signal.reason);
      return work(
        (sql) => this.#run(sql, options),
        (sql) => this.#run(sql, {}),
      );
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for the calls under way and disconnects. */
  async close(): Promise<void> {
    const last = this.#last;
    this.#last = last.then(() => {
      if (!this.#closed) this.connection.closeSync();
      this.#closed = true;
    });
    await this.#last;
  }

  async #run(sql: string, { signal, onProgress }: RunOptions): Promise<DuckDBMaterializedResult> {
    if (signal?.aborted) throw cancelledError(signal.reason);
    // DuckDB forgets an interrupt that arrives before the statement runs, so it is repeated until it takes.
    let repeat: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      this.connection.interrupt();
      repeat ??= setInterval(() => this.connection.interrupt(), 20);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    const progress =
      onProgress &&
      setInterval(() => {
        const { percentage } = this.connection.progress;
        if (percentage >= 0) onProgress(Math.min(percentage / 100, 1));
      }, 200);
    try {
      return await this.connection.run(sql);
    } catch (cause) {
      throw signal?.aborted ? cancelledError(cause) : duckDbError(cause, sql);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(repeat);
      clearInterval(progress);
    }
  }
}
