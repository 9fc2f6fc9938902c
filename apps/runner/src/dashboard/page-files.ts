import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { Packable } from './packable.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const INDEX = 'index.html';
const PACKED_BEST = 9;

export interface PageFile {
  readonly content: Packable;
  readonly type: string;
  /** Whether the name changes with the content, so that it may be kept for ever. */
  readonly isNamedByContent: boolean;
}

/** The files of the built page in memory, by name: what is not in this list cannot be asked for. */
export class PageFiles {
  readonly #folder: string;
  #files: ReadonlyMap<string, PageFile> = new Map();
  #builtAt = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file of an address such as `/assets/page.js`; `/` is the page, which is read again when it was built again. */
  async find(path: string): Promise<PageFile | undefined> {
    const name = path === '/' ? INDEX : path.slice(1);
    if (name === INDEX) await this.#readNewer();
    return this.#files.get(name);
  }

  async #readNewer(): Promise<void> {
    const { mtimeMs } = await stat(join(this.#folder, INDEX));
    if (mtimeMs === this.#builtAt) return;
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const files = new Map<string, PageFile>();
    for (const entry of entries) {
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const file = join(entry.parentPath, entry.name);
      const name = relative(this.#folder, file).split(sep).join('/');
      files.set(name, {
        content: new Packable(await readFile(file), PACKED_BEST),
        type,
        isNamedByContent: name.startsWith('assets/'),
      });
    }
    this.#files = files;
    this.#builtAt = mtimeMs;
  }
}
