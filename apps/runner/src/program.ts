import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { Command } from 'commander';
import { CommanderError } from 'commander';
import picocolors from 'picocolors';
import type { Console } from './console.js';
import type { CommandContext } from './context.js';
import type { Perform } from './define-program.js';
import { defineProgram } from './define-program.js';
import type { SettingFlags } from './settings.js';
import { readSettings } from './settings.js';

const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;
const CANCELLED_CODES = ['cancelled', 'engine-cancelled'];

/** Runs the command line and returns the exit code. The only place that reads the environment. */
export async function run(process: NodeJS.Process): Promise<number> {
  const abort = new AbortController();
  let interruptedBy: keyof typeof INTERRUPTED | undefined;
  const interrupt = (signal: keyof typeof INTERRUPTED) => {
    if (interruptedBy) process.exit(INTERRUPTED[signal]);
    interruptedBy = signal;
    process.stderr.write(
      '\nStopping. What was published stays as it was; press Ctrl-C again to stop at once.\n',
    );
    abort.abort(new CrimeTrackerError('Interrupted.', { code: 'cancelled', exitCode: EXIT_CODES.usage }));
  };
  process.on('SIGINT', () => interrupt('SIGINT'));
  process.on('SIGTERM', () => interrupt('SIGTERM'));
  // Messages nobody reads any more (2>&1 | head) are no reason to stop the work.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_CODES.ok);
    throw error;
  });

  let exitCode: number = EXIT_CODES.ok;
  let json = false;
  let context: CommandContext | undefined;
  const prepare = async (command: Command): Promise<void> => {
    const flags = command.optsWithGlobals<SettingFlags & { json?: boolean }>();
    json = flags.json ?? false;
    const colours = picocolors.createColors(picocolors.isColorSupported && !json && process.stdout.isTTY);
    const console: Console = { out: process.stdout, err: process.stderr, colours, json };
    const { config, lake, from, to, keep, threads, memory } = flags;
    const settings = await readSettings({ config, lake, from, to, keep, threads, memory }, process.env);
    context = { settings, console, input: process.stdin, signal: abort.signal };
  };
  const perform: Perform = async (work) => {
    if (context) exitCode = await work(context);
  };

  try {
    await defineProgram(perform)
      .hook('preAction', (_, command) => prepare(command))
      .parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    if (interruptedBy && isCancellation(error)) return INTERRUPTED[interruptedBy];
    return report(error, json, process);
  }
  return interruptedBy && exitCode !== EXIT_CODES.ok ? INTERRUPTED[interruptedBy] : exitCode;
}

function isCancellation(error: unknown): boolean {
  if (error instanceof CrimeTrackerError) return CANCELLED_CODES.includes(error.code);
  return error instanceof Error && error.name === 'AbortError';
}

function report(error: unknown, json: boolean, process: NodeJS.Process): number {
  const known = error instanceof CrimeTrackerError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: { code: known?.code ?? 'bug', message, hint: known?.hint, where: known?.where } })}\n`,
    );
  }
  const { red, dim } = picocolors.createColors(picocolors.isColorSupported && process.stderr.isTTY);
  process.stderr.write(`${red('Error')} ${message}\n`);
  for (const [key, value] of Object.entries(known?.where ?? {})) process.stderr.write(`  ${key}: ${value}\n`);
  if (known?.hint) process.stderr.write(`  ${known.hint}\n`);
  if (!known) {
    process.stderr.write(dim(`${error instanceof Error ? (error.stack ?? '') : ''}\n`));
    process.stderr.write('This is a fault of the program. Please report it with the lines above.\n');
  }
  return known?.exitCode ?? EXIT_CODES.bug;
}
