import { CrimeTrackerError } from '@crimetracker/schema';

/** The error of a call whose signal was aborted. */
export function cancelledError(cause?: unknown): CrimeTrackerError {
  return new CrimeTrackerError('The work was cancelled.', { code: 'engine-cancelled', exitCode: 1, cause });
}

// DuckDB's limit of temporary files is 90% of the free disk, so reaching it is a full disk too.
const DISK_FULL =
  /No space left on device|Disk quota exceeded|not enough space on the disk|max_temp_directory_size/i;

/** Turns what DuckDB throws into an error a user can act on. */
export function duckDbError(cause: unknown, sql: string): CrimeTrackerError {
  if (cause instanceof CrimeTrackerError) return cause;
  const message = (cause instanceof Error ? cause.message : String(cause)).replace(
    /^Failed to extract statements: /,
    '',
  );
  const where = { sql: sql.slice(0, 500) };
  if (DISK_FULL.test(message)) {
    return new CrimeTrackerError(`The disk is full: ${message}`, {
      code: 'disk-full',
      exitCode: 3,
      hint: 'Free some space, or choose a lake and a temporary folder on a larger disk.',
      where,
      cause,
    });
  }
  if (/^Out of Memory Error/i.test(message)) {
    return new CrimeTrackerError(`DuckDB ran out of memory: ${message}`, {
      code: 'engine-out-of-memory',
      exitCode: 3,
      hint: 'Raise the memory limit, or give a temporary folder so that work can spill to disk.',
      where,
      cause,
    });
  }
  return new CrimeTrackerError(message, { code: 'engine-sql', exitCode: 1, where, cause });
}
