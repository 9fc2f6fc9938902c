import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeError } from './raw-file-errors.js';

/** The outputs of one raw file: created on first use, removed together when reading fails. */
export class OutputFolder {
  readonly path: string;
  readonly #files = new Map<string, FileHandle>();
  #created: string | undefined;

  constructor(path: string) {
    this.path = path;
  }

  async create(name: string): Promise<OutputFile> {
    try {
      this.#created ??= await mkdir(this.path, { recursive: true });
      const path = join(this.path, name);
      await this.#files.get(path)?.close();
      const handle = await open(path, 'w');
      this.#files.set(path, handle);
      return new OutputFile(path, handle, this.path);
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  async close(): Promise<void> {
    try {
      for (const handle of this.#files.values()) await handle.close();
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Removes one output. */
  async remove(path: string): Promise<void> {
    await this.#files.get(path)?.close();
    this.#files.delete(path);
    await rm(path, { force: true });
  }

  /** Removes every output, and the folder when it was created here and is empty. */
  async discard(): Promise<void> {
    for (const path of [...this.#files.keys()]) await this.remove(path).catch(() => {});
    if (this.#created !== undefined) await rmdir(this.path).catch(() => {});
  }
}

/** A file written in large pieces. */
export class OutputFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #folder: string;

  constructor(path: string, handle: FileHandle, folder: string) {
    this.path = path;
    this.#handle = handle;
    this.#folder = folder;
  }

  async write(bytes: Buffer): Promise<void> {
    try {
      await this.#handle.appendFile(bytes);
    } catch (error) {
      throw writeError(error, this.#folder);
    }
  }
}
