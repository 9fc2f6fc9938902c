import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/crimetracker.js', import.meta.url));

export interface DashboardProcess {
  /** Address that was printed, with its token. */
  readonly url: string;
  readonly snapshot: string;
  readonly process: ChildProcess;
  /** What stands on standard error so far. */
  readonly messages: () => string;
  /** Interrupts the server; returns its exit code and how long it took to end. */
  readonly stop: () => Promise<{ readonly exitCode: number | null; readonly ms: number }>;
}

/** Starts `crimetracker serve` as a process of its own and waits until it listens. */
export async function startDashboard(lake: string, flags: readonly string[] = []): Promise<DashboardProcess> {
  const args = ['--json', 'serve', '--lake', lake, '--port', '0', ...flags];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithTest = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithTest);
  let messages = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    messages += text;
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    ended.then(([code]) => {
      throw new Error(`serve ended (${code}) before it listened:\n${messages}`);
    }),
  ]);
  const { url, snapshot } = JSON.parse(line[0]) as { url: string; snapshot: string };
  return {
    url,
    snapshot,
    process: child,
    messages: () => messages,
    stop: async () => {
      const started = performance.now();
      child.kill('SIGINT');
      const [exitCode] = await ended;
      process.off('exit', killWithTest);
      return { exitCode, ms: performance.now() - started };
    },
  };
}
