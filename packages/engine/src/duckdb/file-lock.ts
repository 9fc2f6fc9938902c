import { rm } from 'node:fs/promises';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { DuckDBInstance } from '@duckdb/node-api';

export interface FileLock {
  release(): Promise<void>;
}

/** Files locked by this process: the operating system's lock does not keep a process from itself. */
const held = new Set<string>();

/**
 * Takes the lock on a file, or throws `locked` naming the process that has it.
 *
 * The lock is the one DuckDB takes on a database file it may write. The operating system drops it when the
 * process ends, however it ends, so there is never a stale lock to judge. Not meant for network file systems.
 */
export async function holdFileLock(file: string): Promise<FileLock> {
  if (held.has(file)) throw locked(file, process.pid, undefined);
  held.add(file);
  try {
    const instance = await open(file);
    return {
      release: async () => {
        instance.closeSync();
        held.delete(file);
      },
    };
  } catch (error) {
    held.delete(file);
    throw error;
  }
}

async function open(file: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, { threads: '1' });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const owner = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(message);
    if (owner || /Could not set lock/.test(message)) throw locked(file, Number(owner?.[1] ?? 0), cause);
    // A process killed while it made the file leaves one that is no database; nobody holds that.
    if (/not a valid DuckDB database file|corrupt|Serialization Error/i.test(message)) {
      await rm(file, { force: true });
      await rm(`${file}.wal`, { force: true });
      return DuckDBInstance.create(file, { threads: '1' });
    }
    throw cause;
  }
}

function locked(file: string, pid: number, cause: unknown): CrimeTrackerError {
  return new CrimeTrackerError(`Another process is at work here${pid > 0 ? ` (process ${pid})` : ''}.`, {
    code: 'locked',
    exitCode: EXIT_CODES.usage,
    hint: 'Wait until it has ended, or work in another folder.',
    where: { lock: file },
    cause,
  });
}
