import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vintage } from './vintage.js';
import { LONGEST_LINE } from './vintage.js';

/** A raw file being written: lines gather in one buffer that is flushed before it overflows. */
export class RecordFile {
  readonly name: string;
  records = 0;
  bytes = 0;
  readonly #hash = createHash('sha256');
  readonly #handle: FileHandle;
  readonly #buffer: Buffer;
  readonly #view: DataView;
  readonly #newline: Buffer;
  readonly #endsWithNewline: boolean;
  #end = 0;
  #lineStart = 0;

  private constructor(name: string, handle: FileHandle, format: Vintage<never>, chunkBytes: number) {
    this.name = name;
    this.#handle = handle;
    this.#buffer = Buffer.alloc(chunkBytes + 2 * LONGEST_LINE);
    this.#view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
    this.#newline = Buffer.from(format.newline);
    this.#endsWithNewline = format.endsWithNewline;
    this.#end = this.#buffer.write(format.header, 'utf8');
  }

  /** Creates the file with its header. */
  static async create(
    folder: string,
    name: string,
    format: Vintage<never>,
    chunkBytes: number,
  ): Promise<RecordFile> {
    return new RecordFile(name, await open(join(folder, name), 'w'), format, chunkBytes);
  }

  get isFull(): boolean {
    return this.#end + 2 * LONGEST_LINE > this.#buffer.length;
  }

  /** Appends an incident; returns its record number, from 1 after the header. */
  append<Incident>(vintage: Vintage<Incident>, incident: Incident): number {
    this.#startLine();
    this.#end = vintage.write(this.#view, this.#end, incident);
    this.records += 1;
    return this.records;
  }

  /** Appends a line as it is. */
  appendLine(line: string): number {
    this.#startLine();
    this.#end += this.#buffer.write(line, this.#end, 'latin1');
    this.records += 1;
    return this.records;
  }

  /** The line appended last; it is never flushed before the next one is appended. */
  get lastLine(): string {
    return this.#buffer.toString('latin1', this.#lineStart, this.#end);
  }

  /** Replaces the line appended last. */
  replaceLast(line: string): void {
    this.#end = this.#lineStart + this.#buffer.write(line, this.#lineStart, 'latin1');
  }

  /** Writes everything out except the last line. */
  async flush(): Promise<void> {
    await this.#write(this.#lineStart);
    this.#buffer.copyWithin(0, this.#lineStart, this.#end);
    this.#end -= this.#lineStart;
    this.#lineStart = 0;
  }

  /** Writes the rest, closes the file and returns its sha256. */
  async finish(): Promise<string> {
    if (this.#endsWithNewline) this.#end += this.#newline.copy(this.#buffer, this.#end);
    await this.#write(this.#end);
    this.#end = 0;
    await this.close();
    return this.#hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #startLine(): void {
    for (const byte of this.#newline) this.#view.setUint8(this.#end++, byte);
    this.#lineStart = this.#end;
  }

  async #write(bytes: number): Promise<void> {
    let done = 0;
    while (done < bytes) done += (await this.#handle.write(this.#buffer, done, bytes - done)).bytesWritten;
    this.#hash.update(this.#buffer.subarray(0, bytes));
    this.bytes += bytes;
  }
}
