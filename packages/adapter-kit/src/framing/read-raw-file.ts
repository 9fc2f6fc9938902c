import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import type { ByteSource, ReadWatch } from './byte-source.js';
import { DeliveredFile, GunzippedFile, Utf16Source } from './byte-source.js';
import { CsvWriter } from './csv-writer.js';
import type { Encoding } from './decode.js';
import { Utf8Check } from './decode.js';
import { detectDelimiter } from './header-line.js';
import type { OutputFolder } from './output-folder.js';
import type { Delimiter, PreparedFile } from './prepared-file.js';
import { rawFileError, readError } from './raw-file-errors.js';
import type { MalformedReason } from './record-framer.js';
import { RecordFramer } from './record-framer.js';
import { fieldsOf, malformedText } from './record-text.js';
import { COMMA } from './signs.js';
import type { Sniffed } from './sniff.js';

export interface ReadJob {
  readonly path: string;
  /** As the user knows it. */
  readonly name: string;
  readonly sniffed: Sniffed;
  readonly maxRecordBytes: number;
  readonly output: OutputFolder;
  readonly watch: ReadWatch;
}

const MALFORMED_COLUMNS = ['raw_record', 'byte_offset', 'byte_length', 'reason', 'raw_text'];
const WINDOW_BYTES = 4 << 20;
/** Small files get small windows: thousands of large ones keep the garbage collector busy. */
const WINDOW_FACTOR = 4;
/** A free part of the window smaller than this is left free. */
const LEAST_READ_BYTES = 1 << 16;

/**
 * Reads a file up to three times: first only looking whether it is clean, then writing the copy, then once more
 * where the first byte that is not UTF-8 comes after the first other blemish.
 */
export async function readRawFile(job: ReadJob): Promise<PreparedFile> {
  const { compression } = job.sniffed;
  let { encoding } = job.sniffed;
  let copying = compression !== 'none' || encoding !== 'utf-8';
  const { size } = await stat(job.path).catch((error: unknown) => {
    throw readError(error, job.name);
  });
  const windowBytes = Math.min(WINDOW_BYTES, Math.max(LEAST_READ_BYTES * 2, size * WINDOW_FACTOR));
  for (;;) {
    const reading = new Reading(job, encoding, copying, windowBytes);
    const result = await reading.run();
    if (typeof result === 'object') return result;
    await reading.discard();
    if (result === 'not-utf-8') encoding = 'windows-1252';
    copying = true;
  }
}

class Reading {
  readonly #job: ReadJob;
  readonly #encoding: Encoding;
  readonly #copying: boolean;
  readonly #framer: RecordFramer;
  readonly #utf8 = new Utf8Check();
  #endsInsideSequence = false;

  #delimiter: Delimiter = ',';
  #header: readonly string[] = [];
  #lineEnd: RecordFramer['lineEnd'] = 'none';
  #records = 0;
  #malformed = 0;
  readonly #copy = new CsvWriter();
  readonly #rejects = new CsvWriter();

  constructor(job: ReadJob, encoding: Encoding, copying: boolean, windowBytes: number) {
    this.#job = job;
    this.#encoding = encoding;
    this.#copying = copying;
    this.#framer = new RecordFramer({ maxRecordBytes: job.maxRecordBytes, chunkBytes: windowBytes });
  }

  async run(): Promise<PreparedFile | 'not-clean' | 'not-utf-8'> {
    const { path, name, sniffed, watch } = this.#job;
    const file = await DeliveredFile.open(path, name, watch);
    let source: ByteSource = sniffed.compression === 'gzip' ? new GunzippedFile(file, name) : file;
    if (this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be')
      source = new Utf16Source(source, this.#encoding);
    try {
      const problem = (await this.#readHeader(source)) ?? (await this.#readRecords(source));
      if (problem !== null) return problem;
    } finally {
      await source.close();
    }
    await this.#copy.flush();
    await this.#rejects.flush();
    const copyPath = this.#copy.path;
    const { lineEndsInFields } = this.#copy.lines;
    return {
      sha256: file.sha256(),
      bytes: file.bytes,
      compression: sniffed.compression,
      encoding: this.#encoding,
      delimiter: this.#delimiter,
      header: this.#header,
      records: this.#records,
      malformed: this.#malformed,
      csv:
        copyPath === null
          ? { path, delimiter: this.#delimiter, recordNumberFirst: false, lineEndsInFields: false }
          : { path: copyPath, delimiter: ',', recordNumberFirst: true, lineEndsInFields },
      malformedPath: this.#rejects.path,
    };
  }

  async discard(): Promise<void> {
    for (const path of [this.#copy.path, this.#rejects.path]) {
      if (path !== null) await this.#job.output.remove(path);
    }
  }

  /** Returns false when the bytes turn out not to be UTF-8. */
  async #fill(source: ByteSource): Promise<boolean> {
    const framer = this.#framer;
    const checking = this.#encoding !== 'windows-1252';
    for (let free = framer.reserve(); free.length >= LEAST_READ_BYTES; ) {
      const bytes = await source.read(free);
      if (bytes === 0) {
        framer.finish();
        if (checking) this.#endsInsideSequence = this.#utf8.endsInsideSequence();
        break;
      }
      if (checking) this.#utf8.push(free.subarray(0, bytes));
      framer.commit(bytes);
      free = free.subarray(bytes);
    }
    return this.#utf8.valid || this.#encoding !== 'utf-8';
  }

  async #readHeader(source: ByteSource): Promise<'not-clean' | 'not-utf-8' | null> {
    const { name, sniffed, output } = this.#job;
    const framer = this.#framer;
    if (!(await this.#fill(source))) return 'not-utf-8';
    framer.skip(sniffed.markBytes);
    this.#delimiter = detectDelimiter(framer.pending);
    framer.delimiter = this.#delimiter.charCodeAt(0);
    const isBlank = framer.pending.every((byte) => byte <= 0x20 && byte > 0);
    let step = isBlank ? 'end' : framer.next();
    while (step === 'refill') {
      if (!(await this.#fill(source))) return 'not-utf-8';
      step = framer.next();
    }
    if (step === 'end') {
      throw rawFileError('raw-file-empty', `${name} is empty: it has no header line.`, {
        file: name,
        hint: 'Download the file again, or leave it out.',
      });
    }
    this.#header = this.#headerNames();
    this.#lineEnd = framer.lineEnd;
    framer.expectedFields = this.#header.length;
    if (!this.#copying) {
      if (!framer.plain || framer.blankLines !== null) return 'not-clean';
      this.#job.watch.onHeader?.(this.#header, this.#delimiter);
      return null;
    }
    this.#copy.start(await output.create('copy.csv'), ['raw_record', ...this.#header]);
    return null;
  }

  #headerNames(): string[] {
    const { name } = this.#job;
    const framer = this.#framer;
    const unreadable = (message: string, hint: string) =>
      rawFileError('raw-header-unreadable', message, { file: name, hint });
    const bytes = framer.bytes.subarray(framer.start, framer.end);
    if (this.#mayBeUndecodable && !isUtf8(bytes)) framer.reason ??= 'text-undecodable';
    if (framer.reason !== null) {
      throw unreadable(
        `The header line of ${name} cannot be read: ${framer.reason}.`,
        'The first line must hold the column names; correct it or download the file again.',
      );
    }
    if (/\r(?!\n)/.test(bytes.toString('latin1'))) {
      throw unreadable(
        `The header line of ${name} holds a carriage return without line feed.`,
        'The file may end its lines the way old Macs did; save it again with the line ends of Windows or Unix.',
      );
    }
    const names = fieldsOf(bytes, this.#delimiter, this.#encoding);
    if (names.every((text) => text.trim() === '')) {
      throw unreadable(
        `The first line of ${name} holds no column names.`,
        'The first line must hold the column names.',
      );
    }
    return names;
  }

  async #readRecords(source: ByteSource): Promise<'not-clean' | 'not-utf-8' | null> {
    const framer = this.#framer;
    const encoding = this.#encoding;
    const delimiter = this.#delimiter.charCodeAt(0);
    const sameDialect = delimiter === COMMA;
    for (;;) {
      const step = framer.next();
      if (step === 'refill') {
        if (!(await this.#fill(source))) return 'not-utf-8';
        continue;
      }
      if (step === 'end') {
        if (this.#copying || framer.blankLines === null) return null;
        // To DuckDB an empty line at the end is a record where there is one column, and an error with another line end.
        return framer.blankLines === this.#lineEnd && this.#header.length > 1 ? null : 'not-clean';
      }
      this.#records += 1;
      if (!this.#copying) {
        if (!this.#isClean(delimiter)) return 'not-clean';
        continue;
      }
      if (
        framer.reason === null &&
        this.#mayBeUndecodable &&
        !isUtf8(framer.bytes.subarray(framer.start, framer.end))
      ) {
        framer.reason = 'text-undecodable';
      }
      if (framer.reason === null) {
        const verbatim = sameDialect && framer.plain;
        this.#copy.lines.addRecord(this.#records, framer, delimiter, encoding, verbatim);
        if (this.#copy.lines.full) await this.#copy.flush();
      } else {
        await this.#reject(framer.reason);
      }
    }
  }

  #isClean(delimiter: number): boolean {
    const framer = this.#framer;
    if (!framer.plain || framer.reason !== null || framer.blankLines !== null) return false;
    if (framer.lineEnd !== this.#lineEnd && framer.lineEnd !== 'none') return false;
    // fast-csv takes blanks before the first delimiter for nothing, and drops U+FEFF at the start of a chunk.
    const first = framer.bytes[framer.start] as number;
    return (first > 0x20 && first < 0x7f) || first === delimiter;
  }

  /** True from the moment on when a record may hold bytes that are no text. */
  get #mayBeUndecodable(): boolean {
    return this.#encoding !== 'windows-1252' && (!this.#utf8.valid || this.#endsInsideSequence);
  }

  async #reject(reason: MalformedReason): Promise<void> {
    const { offset, length, head } = this.#framer;
    this.#malformed += 1;
    if (this.#rejects.path === null) {
      this.#rejects.start(await this.#job.output.create('malformed.csv'), MALFORMED_COLUMNS);
    }
    this.#rejects.lines.addLine([
      String(this.#records),
      String(offset),
      String(length),
      reason,
      malformedText(head, this.#encoding),
    ]);
    if (this.#rejects.lines.full) await this.#rejects.flush();
  }
}
