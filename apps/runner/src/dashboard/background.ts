import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CommandContext } from '../context.js';
import type { Settings } from '../settings.js';
import type { DashboardChoice } from './dashboard-folder.js';
import type { ScheduleChoice } from './schedule-view.js';

/** Work that would keep the server from answering, and whose memory is not to stay with it. */
export type BackgroundTask = { readonly settings: Settings; readonly snapshot: string } & (
  | { readonly kind: 'dashboard'; readonly choice: DashboardChoice }
  | { readonly kind: 'schedule'; readonly choice: ScheduleChoice }
);

export type BackgroundResult =
  | { readonly ok: true; readonly answer: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly hint?: string | undefined;
      readonly exitCode?: number | undefined;
    };

/** Does a task in a process of its own, whose progress goes to standard error. Rejects with the error of the task. */
export function inBackground(
  task: BackgroundTask,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = fork(fileURLToPath(new URL('./background-process.js', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      signal,
      killSignal: 'SIGKILL',
    });
    let result: BackgroundResult | undefined;
    child.once('message', (message) => {
      result = message as BackgroundResult;
    });
    child.on('error', reject);
    child.once('close', (code, killedBy) => {
      if (result?.ok === true) resolve(result.answer);
      else reject(errorOf(result, `it ended with ${killedBy ?? code}`));
    });
    child.send(task, () => {});
  });
}

function errorOf(result: BackgroundResult | undefined, end: string): CrimeTrackerError {
  const failed = result?.ok === false ? result : undefined;
  const exitCode = Object.values(EXIT_CODES).find((code) => code === failed?.exitCode);
  return new CrimeTrackerError(failed?.message ?? `Work in the background failed: ${end}.`, {
    code: failed?.code ?? 'background-failed',
    exitCode: exitCode ?? EXIT_CODES.bug,
    hint: failed?.hint ?? 'Messages of it stand above; less memory for the SQL engine (--memory) may help.',
  });
}
