import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Utf16Transcoder } from './decode.js';
import type { Delimiter } from './prepared-file.js';
import { cancelledError, messageOf, rawFileError, readError, systemCode } from './raw-file-errors.js';

export type Compression = 'none' | 'gzip';

/** Bytes one after the other. */
export interface ByteSource {
  /** Fills the start of `into`, which is not empty, and returns the number of bytes; 0 only at the end. */
  readonly read: (into: Buffer) => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface ReadWatch {
  readonly signal?: AbortSignal | undefined;
  readonly onHeader?: ((names: readonly string[], delimiter: Delimiter) => void) | undefined;
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
}

/** Large enough to make calls rare, small enough to hash and check while the bytes are in the processor's cache. */
const READ_BYTES = 1 << 20;
const GZIP_BYTES = 1 << 16;

/** The bytes of a file as delivered, with their hash. */
export class DeliveredFile implements ByteSource {
  readonly #handle: FileHandle;
  readonly #name: string;
  readonly #watch: ReadWatch;
  readonly #hash = createHash('sha256');
  bytes = 0;

  private constructor(handle: FileHandle, name: string, watch: ReadWatch) {
    this.#handle = handle;
    this.#name = name;
    this.#watch = watch;
  }

  static async open(path: string, name: string, watch: ReadWatch): Promise<DeliveredFile> {
    try {
      return new DeliveredFile(await open(path, 'r'), name, watch);
    } catch (error) {
      throw readError(error, name);
    }
  }

  async read(into: Buffer): Promise<number> {
    if (this.#watch.signal?.aborted) throw cancelledError(this.#name);
    let bytesRead: number;
    try {
      ({ bytesRead } = await this.#handle.read(into, 0, Math.min(into.length, READ_BYTES), this.bytes));
    } catch (error) {
      throw readError(error, this.#name);
    }
    if (bytesRead > 0) {
      this.#hash.update(into.subarray(0, bytesRead));
      this.bytes += bytesRead;
      this.#watch.onProgress?.(this.bytes);
    }
    return bytesRead;
  }

  /** True when every byte from `offset` to the end is NUL. */
  async isZeroFrom(offset: number): Promise<boolean> {
    const buffer = Buffer.allocUnsafe(GZIP_BYTES);
    for (let at = offset; ; ) {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return true;
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0)) return false;
      at += bytesRead;
    }
  }

  /** Hash of the bytes read so far; call once, at the end. */
  sha256(): string {
    return this.#hash.digest('hex');
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** The decompressed bytes of a gzip file; members one after the other are one text. */
export class GunzippedFile implements ByteSource {
  readonly #file: DeliveredFile;
  readonly #name: string;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #gunzip = createGunzip({ chunkSize: GZIP_BYTES });
  #chunk: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #ended = false;
  #reading: Promise<number> = Promise.resolve(0);

  constructor(file: DeliveredFile, name: string) {
    this.#file = file;
    this.#name = name;
    // Errors of both ends reach the reader through the iterator.
    pipeline(
      Readable.from(this.#compressed(), { objectMode: true, highWaterMark: 1 }),
      this.#gunzip,
      () => {},
    );
    this.#chunks = this.#gunzip[Symbol.asyncIterator]();
  }

  async read(into: Buffer): Promise<number> {
    while (this.#chunk.length === 0) {
      if (this.#ended) return 0;
      try {
        const step = await this.#chunks.next();
        if (step.done) {
          this.#ended = true;
          await this.#checkRest();
          return 0;
        }
        this.#chunk = step.value;
      } catch (error) {
        throw this.#damage(error);
      }
    }
    const copied = this.#chunk.copy(into);
    this.#chunk = this.#chunk.subarray(copied);
    this.#bytes += copied;
    return copied;
  }

  async close(): Promise<void> {
    this.#gunzip.destroy();
    await this.#file.close();
  }

  async *#compressed(): AsyncGenerator<Buffer> {
    while (!this.#ended) {
      // Decompression runs beside this loop, so each chunk needs a buffer of its own.
      const chunk = Buffer.allocUnsafe(GZIP_BYTES);
      this.#reading = this.#file.read(chunk);
      const bytes = await this.#reading;
      if (bytes === 0) return;
      yield chunk.subarray(0, bytes);
    }
  }

  /**
   * Node's gunzip takes a NUL after a member for padding and ignores whatever follows it. Padding is harmless;
   * anything else would be lost without a word.
   */
  async #checkRest(): Promise<void> {
    const used = this.#gunzip.bytesWritten;
    await this.#reading;
    const buffer = Buffer.allocUnsafe(GZIP_BYTES);
    while ((await this.#file.read(buffer)) > 0);
    const rest = this.#file.bytes - used;
    if (rest > 0 && !(await this.#file.isZeroFrom(used))) {
      throw rawFileError(
        'raw-file-damaged',
        `${this.#name} holds ${rest} bytes after its compressed data that are not gzip.`,
        {
          file: this.#name,
          hint: 'Download the file again; a part of it may have been overwritten.',
        },
      );
    }
  }

  #damage(error: unknown): Error {
    const code = systemCode(error);
    const file = this.#name;
    if (code === 'Z_BUF_ERROR') {
      return rawFileError(
        'raw-file-truncated',
        `${file} is cut short: its compressed data ends in the middle, after ${this.#bytes} decompressed bytes.`,
        { file, hint: 'Download the file again.', cause: error },
      );
    }
    if (code.startsWith('Z_')) {
      return rawFileError(
        'raw-file-damaged',
        `${file} is damaged: decompressing stopped after ${this.#bytes} bytes (${messageOf(error)}).`,
        { file, hint: 'Download the file again.', cause: error },
      );
    }
    return readError(error, file);
  }
}

/** UTF-16 rewritten as UTF-8. */
export class Utf16Source implements ByteSource {
  readonly #source: ByteSource;
  readonly #transcoder: Utf16Transcoder;
  readonly #buffer = Buffer.allocUnsafe(GZIP_BYTES);
  #ended = false;

  constructor(source: ByteSource, encoding: 'utf-16le' | 'utf-16be') {
    this.#source = source;
    this.#transcoder = new Utf16Transcoder(encoding);
  }

  /** `into` must have room for 16 bytes. */
  async read(into: Buffer): Promise<number> {
    const most = Math.floor((into.length - 8) / 2);
    for (;;) {
      if (this.#ended) return 0;
      const bytes = await this.#source.read(this.#buffer.subarray(0, Math.min(most, this.#buffer.length)));
      this.#ended = bytes === 0;
      const written = this.#ended
        ? this.#transcoder.end(into)
        : this.#transcoder.write(this.#buffer.subarray(0, bytes), into);
      if (written > 0) return written;
    }
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
