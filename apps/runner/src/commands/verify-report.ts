import { readFile } from 'node:fs/promises';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import { compareReports, readReportFacts, renderHtml } from '@crimetracker/report';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { number } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { makeReport } from '../report/make-report.js';

/**
 * Makes a report again from the snapshot it names and compares every number and word with those of the file. Exits 4
 * when one differs. Only queries of our own are run: a file is not trusted with SQL.
 */
export async function runVerifyReport(context: CommandContext, file: string): Promise<ExitCode> {
  const { console, settings } = context;
  const page = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CrimeTrackerError(`${file} cannot be read.`, {
      code: 'path-missing',
      exitCode: EXIT_CODES.usage,
      hint: 'Give the HTML file that crimetracker report wrote.',
      cause,
    });
  });
  const facts = readReportFacts(page);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), facts.snapshot);
  const engine = await openEngine(context);
  try {
    await attachSnapshot(engine, snapshot);
    const again = renderHtml(await makeReport(context, engine, snapshot, facts.choice, facts.createdAt));
    const { tables, values, different, differences } = compareReports(page, again);
    if (console.json) {
      console.out.write(
        `${JSON.stringify({ ok: different === 0, snapshot: facts.snapshot, tables, values, different, differences })}\n`,
      );
    } else {
      const { green, red } = console.colours;
      for (const { where, what, said, found } of differences) {
        console.out.write(`  ${where}, ${what}\n    the file says  ${said}\n    found again    ${found}\n`);
      }
      console.out.write(
        different === 0
          ? green(
              `  All ${number(values)} values of ${number(tables)} tables come out again from snapshot ${facts.snapshot}.\n`,
            )
          : red(`  ${number(different)} ${different === 1 ? 'difference' : 'differences'}.\n`),
      );
    }
    return different === 0 ? EXIT_CODES.ok : EXIT_CODES.gate;
  } finally {
    await engine.close();
  }
}
