import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { parse } from 'fast-csv';
import type { PreparedFile } from './prepared-file.js';
import { cancelledError, readError, systemCode } from './raw-file-errors.js';

export interface RawRecord {
  /** Position among all records of the file, malformed ones included; the first is 1. */
  readonly record: number;
  /** As many as the header has names. */
  readonly fields: readonly string[];
}

/**
 * Reads the well-formed records of a prepared file with fast-csv, in the order of the file.
 *
 * Throws `records-disagree` when fast-csv sees other records than the framer did, `cancelled` and the errors of
 * reading a file.
 */
export async function* readRecords(
  prepared: PreparedFile,
  options: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): AsyncGenerator<RawRecord, void, undefined> {
  const { path, delimiter, recordNumberFirst } = prepared.csv;
  const expected = prepared.records - prepared.malformed;
  const limit = Math.min(options.limit ?? expected, expected);
  if (limit <= 0) return;
  const width = prepared.header.length + (recordNumberFirst ? 1 : 0);
  const parser = parse({ headers: false, delimiter, quote: '"', escape: '"' });
  // Errors of both ends reach the reader through the iterator.
  pipeline(createReadStream(path, { highWaterMark: 1 << 17, signal: options.signal }), parser, () => {});
  let rows = -1;
  let cause: unknown;
  try {
    for await (const row of parser as AsyncIterable<readonly string[]>) {
      rows += 1;
      if (rows === 0) continue;
      if (row.length !== width) break;
      yield recordNumberFirst
        ? { record: Number(row[0]), fields: row.slice(1) }
        : { record: rows, fields: row };
      if (rows === limit) return;
    }
  } catch (error) {
    if (options.signal?.aborted) throw cancelledError(path);
    if (systemCode(error) !== '') throw readError(error, path);
    cause = error;
  } finally {
    parser.destroy();
  }
  throw new CrimeTrackerError(
    `The records of ${path} are not the ${expected} that were counted (after ${rows}).`,
    {
      code: 'records-disagree',
      exitCode: EXIT_CODES.bug,
      hint: 'If the file changed since it was first read, run the command again; otherwise please report it.',
      where: { file: path, record: rows },
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
