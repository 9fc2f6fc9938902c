import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { generateRawFiles } from '@crimetracker/synthetic';
import { createProgress, number, seconds, table } from '../console.js';
import type { CommandContext } from '../context.js';

export interface SynthFlags {
  readonly rows: number;
  readonly out: string;
  readonly seed: number;
  readonly overwrite?: boolean;
}

/** Writes synthetic raw files and the truth about them. */
export async function runSynth(context: CommandContext, flags: SynthFlags): Promise<ExitCode> {
  const { console } = context;
  const started = performance.now();
  const summary = await generateSample(context, flags);
  if (console.json) {
    console.out.write(`${JSON.stringify(summary)}\n`);
    return EXIT_CODES.ok;
  }
  console.out.write(
    `Wrote ${number(flags.rows)} records to ${flags.out} in ${seconds(performance.now() - started)}.\n\n`,
  );
  console.out.write(
    `${table(
      ['file', 'source', 'records'],
      summary.files.map((file) => [file.file, file.source, file.records]),
      console.colours,
    )}\n\n`,
  );
  console.out.write(
    `  What was planted stands in ${flags.out}/truth\n  Build it: npx crimetracker build ${flags.out} --lake lake\n`,
  );
  return EXIT_CODES.ok;
}

export async function generateSample({ console, signal }: CommandContext, flags: SynthFlags) {
  const progress = createProgress(console);
  try {
    return await generateRawFiles({
      out: flags.out,
      rows: flags.rows,
      seed: flags.seed,
      overwrite: flags.overwrite ?? false,
      signal,
      onProgress: ({ rows, total }) => progress.step('Generating sample data', rows, total),
    });
  } finally {
    progress.stop();
  }
}
