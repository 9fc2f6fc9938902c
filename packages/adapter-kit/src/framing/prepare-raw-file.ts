import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadWatch } from './byte-source.js';
import { OutputFolder } from './output-folder.js';
import type { Delimiter, PreparedFile } from './prepared-file.js';
import { cancelledError, directoryError, readError } from './raw-file-errors.js';
import { readRawFile } from './read-raw-file.js';
import { sniff } from './sniff.js';

export interface PrepareOptions {
  /** May receive `copy.csv`, `malformed.csv` and, for a stream, `delivered.csv`; created when needed. */
  readonly folder: string;
  /** Longer records are malformed; 1 MiB when not given. */
  readonly maxRecordBytes?: number;
  readonly signal?: AbortSignal;
  /** Bytes as delivered; a file that is read a second time does not start again. */
  readonly onProgress?: (bytesRead: number) => void;
  /** The column names, as soon as they are read, of a file that is clean so far. */
  readonly onHeader?: (names: readonly string[], delimiter: Delimiter) => void;
}

/**
 * Reads a raw file once, as the first of all readers: finds its records, counts and checks them, hashes the
 * bytes, and sees to it that every later reader meets the same records.
 *
 * A clean file is left as it is and used directly: plain UTF-8 with one kind of line end, nothing malformed,
 * quotes only around whole fields, no line ends in fields and no empty lines. Anything else (gzip, a stream, other
 * encodings, damage) becomes `copy.csv` in the folder. A stream is first stored there as delivered, so it needs
 * room on disk. A byte that is not UTF-8 means that the whole file is read as Windows-1252.
 *
 * Throws `raw-file-missing`, `raw-file-is-directory`, `raw-file-unreadable`, `raw-file-empty`,
 * `raw-file-not-csv`, `raw-file-truncated`, `raw-file-damaged`, `raw-header-unreadable`, `disk-full`,
 * `folder-not-writable` and `cancelled`; then nothing is left in the folder.
 */
export async function prepareRawFile(
  source: string | NodeJS.ReadableStream,
  options: PrepareOptions,
): Promise<PreparedFile> {
  const { folder, maxRecordBytes = 1 << 20, signal, onProgress, onHeader } = options;
  const output = new OutputFolder(folder);
  const name = typeof source === 'string' ? source : 'standard input';
  let most = 0;
  const watch: ReadWatch = {
    signal,
    onHeader,
    onProgress: (bytesRead) => {
      if (bytesRead <= most) return;
      most = bytesRead;
      onProgress?.(bytesRead);
    },
  };
  try {
    const stream = typeof source === 'string' ? await streamOfSpecialFile(source) : source;
    const path = stream === null ? (source as string) : await store(stream, output, name, signal);
    const sniffed = await sniff(path, name, { signal });
    const prepared = await readRawFile({ path, name, sniffed, maxRecordBytes, output, watch });
    await output.close();
    if (stream !== null && prepared.csv.path !== path) await output.remove(path);
    return prepared;
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Pipes and devices can be read only once, like any stream; null for an ordinary file. */
async function streamOfSpecialFile(path: string): Promise<NodeJS.ReadableStream | null> {
  const status = await stat(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  if (status.isDirectory()) throw directoryError(path);
  return status.isFile() ? null : createReadStream(path);
}

/** Stores a stream as delivered and returns the path. */
async function store(
  stream: NodeJS.ReadableStream,
  output: OutputFolder,
  name: string,
  signal?: AbortSignal,
): Promise<string> {
  const readable = stream instanceof Readable ? stream : new Readable().wrap(stream);
  const abort = () => {
    readable.destroy(cancelledError(name));
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const file = await output.create('delivered.csv');
    for await (const chunk of chunksOf(readable, name)) await file.write(chunk);
    return file.path;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Tells errors of the stream from those of writing. */
async function* chunksOf(readable: Readable, name: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of readable) yield Buffer.from(chunk);
  } catch (error) {
    throw readError(error, name);
  }
}
