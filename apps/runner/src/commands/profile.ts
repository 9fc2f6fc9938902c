import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { Snapshot } from '@crimetracker/lake';
import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { createProgress } from '../console.js';
import type { CommandContext } from '../context.js';
import { drawProfile } from '../profile/draw-profile.js';
import { drawPage } from '../profile/html/page.js';
import type { ProfileOptions } from '../profile/profile-file.js';
import { profileFile } from '../profile/profile-file.js';
import type { Profile } from '../profile/profile-schema.js';
import { profileSnapshot } from '../profile/profile-snapshot.js';
import { checkSource, loadSources } from '../sources.js';

export interface ProfileFlags {
  readonly source?: string;
  readonly html?: string;
  readonly overwrite?: boolean;
  readonly all?: boolean;
  /** True for the current snapshot, an id for another one. */
  readonly snapshot?: string | true;
}

/** Profiles a raw file or a snapshot: on the terminal, as an HTML page, or as JSON. */
export async function runProfile(
  context: CommandContext,
  path: string | undefined,
  flags: ProfileFlags,
): Promise<ExitCode> {
  const { console } = context;
  if (flags.html !== undefined) await assertMayWrite(flags.html, flags.overwrite ?? false);
  const profile = await profileSubject(context, await findSubject(context, path, flags), flags);
  if (flags.html !== undefined) await writePage(flags.html, drawPage(profile), flags.overwrite ?? false);
  if (console.json) console.out.write(`${JSON.stringify(profile)}\n`);
  else if (flags.html === undefined)
    console.out.write(drawProfile(profile, console.colours, flags.all ?? false));
  else console.out.write(`Wrote the profile of ${profile.title} to ${flags.html}\n`);
  return EXIT_CODES.ok;
}

type Subject =
  | { readonly snapshot: Snapshot }
  | { readonly path: string; readonly stream?: NodeJS.ReadableStream; readonly bytes?: number };

const usage = (code: string, message: string, hint: string): CrimeTrackerError =>
  new CrimeTrackerError(message, { code, exitCode: EXIT_CODES.usage, hint });

async function isLake(path: string): Promise<boolean> {
  return stat(join(path, 'lake.json')).then(
    (info) => info.isFile(),
    () => false,
  );
}

async function findSubject(
  { settings, input }: CommandContext,
  path: string | undefined,
  flags: ProfileFlags,
): Promise<Subject> {
  const wanted = typeof flags.snapshot === 'string' ? flags.snapshot : undefined;
  // `--snapshot lake/` reads the folder as the id of a snapshot.
  const folder = path ?? (wanted !== undefined && (await isLake(wanted)) ? wanted : undefined);
  const id = wanted === folder ? undefined : wanted;
  const lake =
    folder === undefined
      ? flags.snapshot
        ? settings.lake
        : undefined
      : (await isLake(folder))
        ? folder
        : undefined;
  if (lake !== undefined) {
    if (flags.source !== undefined) {
      throw usage(
        'source-of-snapshot',
        '--source names the source of a file; a snapshot knows its sources.',
        'Leave --source out.',
      );
    }
    return { snapshot: await openSnapshot(await openLakeFolder(lake), id) };
  }
  if (folder === undefined) {
    throw usage(
      'path-missing',
      'There is nothing to profile.',
      'Name a raw file, - for standard input, or a lake folder; or give --snapshot.',
    );
  }
  if (flags.snapshot !== undefined) {
    throw usage('lake-missing', `There is no lake in ${folder}.`, '--snapshot goes with a lake folder.');
  }
  if (folder === '-') return { path: 'standard input', stream: input };
  const info = await stat(folder).catch(() => undefined);
  if (info?.isDirectory()) {
    throw usage(
      'path-is-folder',
      `${folder} is a folder and not a lake.`,
      'Name one file in it: files are profiled one at a time.',
    );
  }
  return { path: folder, ...(info?.isFile() && { bytes: info.size }) };
}

async function profileSubject(
  context: CommandContext,
  subject: Subject,
  flags: ProfileFlags,
): Promise<Profile> {
  const { console, settings, signal } = context;
  const sources = await loadSources();
  const source = checkSource(sources, flags.source);
  const work = await mkdtemp(join(tmpdir(), 'crimetracker-profile-'));
  const progress = createProgress(console);
  try {
    const engine = await openDuckDb({
      ...(settings.threads !== undefined && { threads: settings.threads }),
      memoryLimit: settings.memory,
      tempDirectory: join(work, 'spill'),
    });
    const options: ProfileOptions = {
      engine,
      adapters: sources.map(({ adapter }) => adapter),
      work,
      signal,
      now: () => new Date(),
      onProgress: ({ label, done, total }) => progress.step(label, done, total),
    };
    try {
      return 'snapshot' in subject
        ? await profileSnapshot(subject.snapshot, options)
        : await profileFile(subject, source, options);
    } finally {
      await engine.close();
    }
  } finally {
    progress.stop();
    await rm(work, { recursive: true, force: true });
  }
}

/** Says before the work, not after it, that the page cannot be written. */
async function assertMayWrite(file: string, overwrite: boolean): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  if (info?.isDirectory())
    throw usage('html-is-folder', `${file} is a folder.`, 'Give --html the name of a file.');
  if (info && !overwrite) throw exists(file);
  const folder = dirname(resolve(file));
  const parent = await stat(folder).catch(() => undefined);
  if (!parent?.isDirectory())
    throw usage(
      'html-not-writable',
      `There is no folder ${folder}.`,
      'Make it, or give --html another place.',
    );
}

const exists = (file: string): CrimeTrackerError =>
  usage('html-exists', `${file} exists.`, 'Give --html another name, or add --overwrite.');

async function writePage(file: string, page: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(file, page, { flag: overwrite ? 'w' : 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EEXIST') throw exists(file);
    throw new CrimeTrackerError(
      `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: code === 'ENOSPC' ? 'disk-full' : 'html-not-writable',
        exitCode: code === 'ENOSPC' ? EXIT_CODES.source : EXIT_CODES.usage,
        hint: 'Give --html a file in a folder you may write to.',
        cause,
      },
    );
  }
}
