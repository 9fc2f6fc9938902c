import { join, resolve } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { Console } from './console.js';
import type { Settings } from './settings.js';

/** What every command is given. */
export interface CommandContext {
  readonly settings: Settings;
  readonly console: Console;
  readonly input: NodeJS.ReadableStream;
  /** Aborted by Ctrl-C and by a request to terminate. */
  readonly signal: AbortSignal;
}

/** Opens the SQL engine; what does not fit in memory is spilled to the lake's work folder. */
export async function openEngine({ settings }: Pick<CommandContext, 'settings'>): Promise<Engine> {
  return openDuckDb({
    ...(settings.threads !== undefined && { threads: settings.threads }),
    memoryLimit: settings.memory,
    tempDirectory: join(resolve(settings.lake), 'work', `spill-${process.pid}`),
  });
}
