import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { quoteIfNeeded } from './vintage.js';

const FLUSH_CHARACTERS = 1 << 20;

/** A CSV of truth rows, written as they come. */
export class TextSink<Row extends Readonly<Record<string, string | number>>> {
  readonly #handle: FileHandle;
  readonly #columns: readonly (keyof Row & string)[];
  #text: string;

  private constructor(handle: FileHandle, columns: readonly (keyof Row & string)[]) {
    this.#handle = handle;
    this.#columns = columns;
    this.#text = `${columns.join(',')}\n`;
  }

  static async create<Row extends Readonly<Record<string, string | number>>>(
    path: string,
    columns: readonly (keyof Row & string)[],
  ): Promise<TextSink<Row>> {
    return new TextSink(await open(path, 'w'), columns);
  }

  add(row: Row): void {
    this.#text += `${this.#columns.map((column) => quoteIfNeeded(String(row[column]))).join(',')}\n`;
  }

  async flush(force = false): Promise<void> {
    if (!force && this.#text.length < FLUSH_CHARACTERS) return;
    const text = this.#text;
    this.#text = '';
    await this.#handle.writeFile(text);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
