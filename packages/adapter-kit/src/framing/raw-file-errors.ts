import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** What the source or the disk says when something is wrong with a raw file. */
export function rawFileError(
  code: string,
  message: string,
  details: { readonly file: string; readonly hint: string; readonly cause?: unknown },
): CrimeTrackerError {
  const { file, hint, cause } = details;
  return new CrimeTrackerError(message, {
    code,
    exitCode: EXIT_CODES.source,
    hint,
    where: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}

export function cancelledError(file: string): CrimeTrackerError {
  return new CrimeTrackerError(`Reading ${file} was cancelled.`, {
    code: 'cancelled',
    exitCode: EXIT_CODES.usage,
    hint: 'Run the command again to read the file from its start.',
    where: { file },
  });
}

/** The system's code of an error, such as `ENOENT`; empty for other errors. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Translates an error of opening or reading the raw file. */
export function readError(error: unknown, file: string): CrimeTrackerError {
  if (error instanceof CrimeTrackerError) return error;
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return rawFileError('raw-file-missing', `There is no file ${file}.`, {
        file,
        hint: 'Check the path; relative paths start at the current folder.',
        cause: error,
      });
    case 'EISDIR':
      return directoryError(file);
    case 'EACCES':
    case 'EPERM':
      return rawFileError('raw-file-unreadable', `No permission to read ${file}.`, {
        file,
        hint: 'Give the current user the right to read the file.',
        cause: error,
      });
    default:
      return rawFileError('raw-file-unreadable', `Reading ${file} failed: ${messageOf(error)}.`, {
        file,
        hint: 'Check the disk or connection the file comes from and run the command again.',
        cause: error,
      });
  }
}

export function directoryError(file: string): CrimeTrackerError {
  return rawFileError('raw-file-is-directory', `${file} is a folder, not a file.`, {
    file,
    hint: 'Name the CSV files inside it.',
  });
}

/** Translates an error of writing the copy or the malformed records. */
export function writeError(error: unknown, folder: string): CrimeTrackerError {
  if (error instanceof CrimeTrackerError) return error;
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CrimeTrackerError(`The disk is full: writing to ${folder} failed.`, {
      code: 'disk-full',
      exitCode: EXIT_CODES.source,
      hint: 'Free space or choose another folder; nothing half-written was kept.',
      where: { folder },
      cause: error,
    });
  }
  return new CrimeTrackerError(`Writing to ${folder} failed: ${messageOf(error)}.`, {
    code: 'folder-not-writable',
    exitCode: EXIT_CODES.usage,
    hint: 'Check that the folder exists or can be created, and that the current user may write to it.',
    where: { folder },
    cause: error,
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
