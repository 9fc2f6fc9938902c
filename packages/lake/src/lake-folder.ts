import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';

/** Version of the folder layout; a lake of another version is not touched. */
const LAKE_FORMAT = 1;

const lakeFileSchema = z.object({ format: z.literal(LAKE_FORMAT), product: z.literal('CrimeTracker 360') });

/** Where everything stands in a lake folder. */
export interface LakeFolder {
  readonly root: string;
  /** Text Parquet of each raw file, one folder a file. */
  readonly staged: string;
  /** Evaluated field functions, one folder a field, reused by later builds. */
  readonly crosswalks: string;
  readonly snapshots: string;
  /** Names the published snapshot; swapped atomically. */
  readonly currentFile: string;
  readonly lockFile: string;
  /** Work of the running build; swept at the start of the next one. */
  readonly work: string;
}

function folderOf(root: string): LakeFolder {
  return {
    root,
    staged: join(root, 'staged'),
    crosswalks: join(root, 'crosswalks'),
    snapshots: join(root, 'snapshots'),
    currentFile: join(root, 'current'),
    lockFile: join(root, 'lock.duckdb'),
    work: join(root, 'work'),
  };
}

/** Opens an existing lake for reading. Throws `lake-missing` or `lake-format`. */
export async function openLakeFolder(path: string): Promise<LakeFolder> {
  const folder = folderOf(resolve(path));
  const text = await readFile(join(folder.root, 'lake.json'), 'utf8').catch(() => null);
  if (text === null) {
    throw new CrimeTrackerError(`There is no lake in ${folder.root}.`, {
      code: 'lake-missing',
      exitCode: EXIT_CODES.usage,
      hint: 'Build one: crimetracker build FILES… --lake DIR',
    });
  }
  checkLakeFile(text, folder.root);
  return folder;
}

/** Opens a lake for building and makes its folders. Throws `lake-not-empty` rather than write among a stranger's files. */
export async function createLakeFolder(path: string): Promise<LakeFolder> {
  const folder = folderOf(resolve(path));
  await makeFolder(folder.root).catch((cause: unknown) => {
    throw notWritable(folder.root, cause);
  });
  const lakeFile = join(folder.root, 'lake.json');
  const text = await readFile(lakeFile, 'utf8').catch(() => null);
  if (text === null) {
    const strangers = (await readdir(folder.root)).filter(
      (name) => !name.startsWith('.') && !name.startsWith('lake.json'),
    );
    if (strangers.length > 0) {
      throw new CrimeTrackerError(
        `${folder.root} holds other files (${strangers.slice(0, 3).join(', ')}) and is not a lake.`,
        {
          code: 'lake-not-empty',
          exitCode: EXIT_CODES.usage,
          hint: 'Give --lake an empty or a new folder.',
        },
      );
    }
    await writeFileAtomically(
      lakeFile,
      `${JSON.stringify({ product: 'CrimeTracker 360', format: LAKE_FORMAT })}\n`,
    );
  } else {
    checkLakeFile(text, folder.root);
  }
  for (const name of [folder.staged, folder.crosswalks, folder.snapshots, folder.work]) {
    await mkdir(name, { recursive: true });
  }
  return folder;
}

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a folder exists that says
 * it does not when one is made in it, such as /proc on Linux (Node 20.20).
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await exists(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

function checkLakeFile(text: string, root: string): void {
  const parsed = lakeFileSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new CrimeTrackerError(
      `${join(root, 'lake.json')} is of another version of the program or is damaged.`,
      {
        code: 'lake-format',
        exitCode: EXIT_CODES.usage,
        hint: `This program reads format ${LAKE_FORMAT}. Build into a new folder.`,
      },
    );
  }
}

const DISK_FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i;
const REFUSED = /EACCES|EPERM|EROFS|Permission denied|Operation not permitted|Read-only file system/i;

/** A failed write, of the system or of the engine's lock, as the lake's user should read it; other errors as they are. */
export function lakeError(root: string, cause: unknown): unknown {
  if (cause instanceof CrimeTrackerError) return cause;
  const message = messageOf(cause);
  return DISK_FULL.test(message) || REFUSED.test(message) ? notWritable(root, cause) : cause;
}

function notWritable(root: string, cause: unknown): CrimeTrackerError {
  const message = messageOf(cause);
  if (DISK_FULL.test(message)) {
    return new CrimeTrackerError(`The disk is full: writing to the lake ${root} failed (${message}).`, {
      code: 'disk-full',
      exitCode: EXIT_CODES.source,
      hint: 'Free some space, or choose a lake on a larger disk. What was published stays as it was.',
      cause,
    });
  }
  return new CrimeTrackerError(`The lake folder ${root} cannot be written: ${message}`, {
    code: 'lake-not-writable',
    exitCode: EXIT_CODES.usage,
    hint: 'Give --lake a folder you may write to.',
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a JSON file through a schema; undefined when it is missing or does not fit. */
export async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** Writes a file so that a reader sees the old or the new text, never a part, even after a crash. */
export async function writeFileAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    await writeFile(draft, text);
    await flush(draft);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Moves a finished folder into place; the target must not exist. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  await rename(from, to);
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Removes what interrupted builds left behind: work folders, drafts, and snapshots that were never published. */
export async function sweepLitter(folder: LakeFolder, publishedIds: readonly string[]): Promise<void> {
  await rm(folder.work, { recursive: true, force: true });
  await mkdir(folder.work, { recursive: true });
  for (const name of await readdir(folder.snapshots)) {
    if (!publishedIds.includes(name))
      await rm(join(folder.snapshots, name), { recursive: true, force: true });
  }
  for (const parent of [folder.root, folder.staged, folder.crosswalks]) {
    for (const name of await readdir(parent)) {
      if (name.endsWith('.draft')) await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}
