import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import { CrimeTrackerError } from '@crimetracker/schema';
import picocolors from 'picocolors';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { HOTSPOT_MARTS } from '../marts/hotspot-marts.js';
import { attachTables } from '../marts/table-set.js';
import { TREND_MARTS } from '../marts/trend-marts.js';
import type { BackgroundResult, BackgroundTask } from './background.js';
import { ensureDashboard } from './dashboard-folder.js';
import { viewSchedule } from './schedule-view.js';

/** Entry of the process that `inBackground` starts: does one task and ends. */
async function perform(task: BackgroundTask): Promise<unknown> {
  const { settings } = task;
  const context: CommandContext = {
    settings,
    console: {
      out: process.stderr,
      err: process.stderr,
      colours: picocolors.createColors(process.stderr.isTTY),
      json: false,
    },
    input: process.stdin,
    signal: new AbortController().signal,
  };
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), task.snapshot);
  switch (task.kind) {
    case 'dashboard':
      await ensureDashboard(context, snapshot, task.choice);
      return null;
    case 'schedule': {
      const engine = await openEngine(context);
      try {
        await attachSnapshot(engine, snapshot);
        await attachTables(engine, snapshot, TREND_MARTS);
        await attachTables(engine, snapshot, HOTSPOT_MARTS);
        return await viewSchedule(engine, snapshot, task.choice, context.signal);
      } finally {
        await engine.close();
      }
    }
  }
}

function failure(error: unknown): BackgroundResult {
  if (error instanceof CrimeTrackerError) {
    const { code, message, hint, exitCode } = error;
    return { ok: false, code, message, hint, exitCode };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: false, code: 'background-failed', message };
}

// Who asked is gone: nobody wants the answer.
process.once('disconnect', () => process.exit());
process.once('message', (task: BackgroundTask) => {
  void perform(task)
    .then((answer): BackgroundResult => ({ ok: true, answer }), failure)
    .then((result) => process.send?.(result, () => process.exit()));
});
