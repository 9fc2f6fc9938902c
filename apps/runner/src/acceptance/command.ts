import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/crimetracker.js', import.meta.url));
/** Nothing these tests run takes a tenth of this; longer is a hang. */
const TIMEOUT_MS = 120_000;

export interface CommandResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: Buffer | undefined;
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  /** Waits until standard error holds the text; rejects when the command ends before. */
  readonly reached: (text: string) => Promise<void>;
  readonly result: Promise<CommandResult>;
}

/** Starts the `crimetracker` command as a process of its own. Kills and rejects what does not end. */
export function startCommand(args: readonly string[], options: CommandOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const check of waiting) check();
  });
  // A test that gives up must not leave the command behind.
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  // The command may end without reading all of its input.
  pipeline(Readable.from(options.input ? [options.input] : []), child.stdin).catch(() => {});

  const result = new Promise<CommandResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`crimetracker ${args.join(' ')} did not end in ${TIMEOUT_MS / 1000} s:\n${stderr}`));
    }, TIMEOUT_MS);
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      process.off('exit', killWithTest);
      resolve({ exitCode, signal, stdout, stderr });
    });
  });
  const reached = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!stderr.includes(text)) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
      result.then(
        (ended) => reject(new Error(`ended (${ended.exitCode}) before "${text}":\n${ended.stderr}`)),
        reject,
      );
    });
  return { process: child, reached, result };
}

/** Runs the `crimetracker` command to its end. */
export function runCommand(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return startCommand(args, options).result;
}
