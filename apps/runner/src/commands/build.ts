import type { BuildProgress, BuildResult } from '@crimetracker/lake';
import { buildSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { buildSummary, printBuild } from '../build-summary.js';
import { createProgress } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { listInputs } from '../inputs.js';
import { checkSource, loadSources } from '../sources.js';

export interface BuildFlags {
  readonly source?: string;
  readonly force?: boolean;
}

/** Builds a snapshot from the given paths and prints what became of every record. */
export async function runBuild(
  context: CommandContext,
  paths: readonly string[],
  flags: BuildFlags,
): Promise<ExitCode> {
  const result = await buildFrom(context, paths, flags);
  return result.failed.length > 0 ? EXIT_CODES.source : EXIT_CODES.ok;
}

export async function buildFrom(
  context: CommandContext,
  paths: readonly string[],
  flags: BuildFlags,
): Promise<BuildResult> {
  const { console, settings, signal } = context;
  const started = performance.now();
  const sources = await loadSources();
  const source = checkSource(sources, flags.source);
  const inputs = await listInputs(paths, context.input);
  const progress = createProgress(console);
  const engine = await openEngine(context);
  try {
    const result = await buildSnapshot({
      lake: settings.lake,
      engine,
      sources,
      inputs,
      ...(source !== undefined && { source }),
      window: { from: settings.from, to: settings.to },
      keep: settings.keep,
      force: flags.force ?? false,
      now: () => new Date(),
      signal,
      onProgress: (event) => progress.step(progressLabel(event), event.done, event.total),
    });
    progress.stop();
    const milliseconds = performance.now() - started;
    if (console.json) console.out.write(`${JSON.stringify(buildSummary(result, milliseconds))}\n`);
    else printBuild(console, result, milliseconds, settings.lake);
    return result;
  } finally {
    progress.stop();
    await engine.close();
  }
}

function progressLabel({ step, label }: BuildProgress): string {
  switch (step) {
    case 'read':
      return `Reading ${label}`;
    case 'stage':
      return `Staging ${label}`;
    case 'crosswalk':
      return `Crosswalks of ${label}`;
    case 'clean':
      return `Cleaning ${label}`;
    case 'check':
    case 'publish':
      return label;
  }
}
