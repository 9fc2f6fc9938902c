import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { drawLedger, summariseLedger } from '../build-summary.js';
import type { CommandContext } from '../context.js';

export interface LedgerFlags {
  readonly snapshot?: string;
  readonly all?: boolean;
}

/** Prints what became of every record of a published snapshot. Exits 4 when it does not balance. */
export async function runLedger(
  { console, settings }: CommandContext,
  flags: LedgerFlags,
): Promise<ExitCode> {
  const { manifest } = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const summary = summariseLedger(manifest.ledger);
  if (console.json) {
    console.out.write(
      `${JSON.stringify({ snapshot: manifest.id, window: manifest.window, ...summary, files: manifest.files.map((file) => ({ ...file, ...summary.files.find((account) => account.raw_file === file.sha256) })), entries: manifest.ledger })}\n`,
    );
  } else {
    console.out.write(
      `Snapshot ${console.colours.bold(manifest.id)}, occurrences ${manifest.window.from} to ${manifest.window.to}\n\n`,
    );
    console.out.write(`${drawLedger(manifest.ledger, console.colours, flags.all)}\n`);
  }
  return summary.balanced ? EXIT_CODES.ok : EXIT_CODES.gate;
}
