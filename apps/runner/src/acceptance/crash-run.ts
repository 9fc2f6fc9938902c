import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CrimeTrackerError } from '@crimetracker/schema';
import { runCommand, startCommand } from './command.js';
import { checkLake, sizeOf } from './lake-check.js';
import { createRandom } from './random.js';

const STEPS = ['Reading', 'Crosswalk', 'Cleaning', 'Balancing', 'Publishing'] as const;
type Step = 'starting' | (typeof STEPS)[number];

export interface CrashOptions {
  readonly folder: string;
  /** Raw files of the n-th build; other files for another n, so that every build makes another snapshot. */
  readonly inputs: (build: number) => Promise<readonly string[]>;
  readonly kills: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
  readonly seed: number;
  /** A build is run to completion after so many kills. */
  readonly completeEvery: number;
  /** Published snapshots the lake keeps. */
  readonly keep: number;
  readonly say: (line: string) => void;
}

interface Kill {
  readonly step: Step;
  readonly afterMs: number;
  readonly aimed: boolean;
  /** Which snapshot a reader finds afterwards. */
  readonly found: 'the one before' | 'the new one' | 'none yet';
}

export interface CrashReport {
  readonly kills: readonly Kill[];
  /** Builds that ended before the signal reached them. */
  readonly tooLate: number;
  readonly completed: number;
  readonly buildMs: number;
  readonly problems: readonly string[];
  readonly lake: { readonly files: number; readonly bytes: number };
  readonly freshLake: { readonly files: number; readonly bytes: number };
}

/**
 * Ends builds at random moments, and after each opens the lake as a reader: the published snapshot must be whole
 * and balance. Moments are uniform over the time a build takes; every fifth is aimed at the last two steps, which
 * are short. The first tenth is done to a lake in which nothing has been published yet.
 */
export async function crashBuilds(options: CrashOptions): Promise<CrashReport> {
  const { folder, inputs, keep, signal, say } = options;
  const random = createRandom(options.seed);
  const lake = join(folder, 'lake');
  const problems: string[] = [];
  const kills: Kill[] = [];
  let builds = 0;
  let tooLate = 0;
  let completed = 0;
  let published: string | undefined;
  await mkdir(folder, { recursive: true });
  const argumentsOf = async (target: string, build: number) => [
    'build',
    ...(await inputs(build)),
    '--lake',
    target,
    '--keep',
    String(keep),
    '--force',
    '--json',
  ];

  const complete = async (target: string, build: number): Promise<number> => {
    const started = performance.now();
    const { exitCode, stderr } = await runCommand(await argumentsOf(target, build));
    const took = performance.now() - started;
    if (exitCode !== 0)
      problems.push(`build ${build} run to completion exits ${exitCode}: ${stderr.slice(-500)}`);
    completed += 1;
    problems.push(...(await litterOf(target)).map((name) => `build ${build} leaves ${name}`));
    const { problems: unsound, snapshot } = await checkLake(target);
    problems.push(...unsound.map((problem) => `after build ${build}: ${problem}`));
    if (target === lake) published = snapshot;
    return took;
  };

  const buildMs = await complete(join(folder, 'measured'), 0);
  await rm(join(folder, 'measured'), { recursive: true, force: true });
  completed = 0;
  const beforeFirst = Math.ceil(options.kills / 10);

  while (kills.length < options.kills) {
    builds += 1;
    const aimed = builds % 5 === 0;
    const running = startCommand(await argumentsOf(lake, builds));
    let log = '';
    running.process.stderr?.on('data', (text: string) => {
      log += text;
    });
    const started = performance.now();
    if (aimed) await running.reached(random.chance(0.5) ? 'Balancing' : 'Publishing').catch(() => {});
    await Promise.race([pause(random.fraction() * (aimed ? 60 : buildMs)), running.result]);
    const afterMs = performance.now() - started;
    running.process.kill(signal);
    const result = await running.result;
    // Before its handler is there, and after its work is done, a process ends by SIGTERM itself.
    const wasKilled = result.signal === signal || (signal === 'SIGTERM' && result.exitCode === 143);
    if (!wasKilled) {
      tooLate += 1;
      if (result.exitCode !== 0)
        problems.push(`build ${builds} exits ${result.exitCode}: ${result.stderr.slice(-500)}`);
    }
    if (signal === 'SIGTERM')
      problems.push(...(await litterOf(lake)).map((name) => `stopped build ${builds} leaves ${name}`));

    const now = await readerFinds(lake, problems, `build ${builds}, ended after ${Math.round(afterMs)} ms`);
    if (!wasKilled) published = now;
    else {
      const found = now === undefined ? 'none yet' : now === published ? 'the one before' : 'the new one';
      if (now === undefined && published !== undefined)
        problems.push(`build ${builds}: the published snapshot is gone`);
      const kill: Kill = { step: stepOf(log), afterMs: Math.round(afterMs), aimed, found };
      kills.push(kill);
      published = now;
      say(
        `${kills.length}/${options.kills} ${kill.step} after ${kill.afterMs} ms: ${kill.found}${aimed ? ' (aimed)' : ''}`,
      );
      const due = kills.length >= beforeFirst && (kills.length - beforeFirst) % options.completeEvery === 0;
      if (due) await complete(lake, ++builds);
    }
  }

  // A lake that never saw a kill holds the same after the same builds, as many as are kept.
  const fresh = join(folder, 'fresh');
  for (let build = 1; build <= keep; build += 1) {
    await complete(lake, -build);
    await complete(fresh, -build);
  }
  problems.push(...(await differences(lake, fresh)));
  return {
    kills,
    tooLate,
    completed,
    buildMs: Math.round(buildMs),
    problems,
    lake: await sizeOf(lake),
    freshLake: await sizeOf(fresh),
  };
}

function stepOf(log: string): Step {
  return STEPS.findLast((step) => new RegExp(`^${step}`, 'm').test(log)) ?? 'starting';
}

/** The snapshot a reader finds, after holding it against its ledger; undefined when none was ever published. */
async function readerFinds(lake: string, problems: string[], where: string): Promise<string | undefined> {
  try {
    const found = await checkLake(lake);
    problems.push(...found.problems.map((problem) => `${where}: ${problem}`));
    return found.snapshot;
  } catch (error) {
    if (error instanceof CrimeTrackerError && ['lake-missing', 'snapshot-missing'].includes(error.code))
      return undefined;
    problems.push(`${where}: the lake cannot be read: ${String(error)}`);
    return undefined;
  }
}

/** What no finished build may leave: work, drafts, snapshots that nobody published. */
async function litterOf(lake: string): Promise<readonly string[]> {
  if (!existsSync(lake)) return [];
  const names = (await readdir(lake, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  return names.filter(
    (name) => name.startsWith('work/') || name.endsWith('.draft') || /\.tmp|\.wal$/.test(name),
  );
}

/** How the folders of two lakes with the same history differ: what stands in each, and sizes by more than a tenth. */
async function differences(lake: string, fresh: string): Promise<readonly string[]> {
  const found: string[] = [];
  const list = async (root: string, part: string) => (await readdir(join(root, part))).sort();
  for (const part of ['.', 'staged', 'crosswalks']) {
    const [own, other] = [await list(lake, part), await list(fresh, part)];
    if (own.join() !== other.join())
      found.push(`${part} holds ${own.length} entries, in a fresh lake ${other.length}`);
  }
  for (const part of ['staged', 'snapshots', 'work']) {
    const [own, other] = [await sizeOf(join(lake, part)), await sizeOf(join(fresh, part))];
    if (own.files !== other.files)
      found.push(`${part} holds ${own.files} files, in a fresh lake ${other.files}`);
    if (Math.abs(own.bytes - other.bytes) > other.bytes / 10 + 1000) {
      found.push(`${part} takes ${own.bytes} bytes, in a fresh lake ${other.bytes}`);
    }
  }
  return found;
}
