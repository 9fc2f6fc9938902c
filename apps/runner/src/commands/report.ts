import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { Report } from '@crimetracker/report';
import {
  DRAWINGS,
  parseComparison,
  renderCsvFiles,
  renderDrawings,
  renderHtml,
  renderMarkdown,
} from '@crimetracker/report';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { checkFolder } from '../marts/csv-folder.js';
import { makeReport } from '../report/make-report.js';
import { printPdf } from '../report/print-pdf.js';

export interface ReportFlags {
  readonly source?: string;
  readonly year?: number;
  readonly compare?: string;
  readonly units?: number;
  readonly out: string;
  readonly format: string;
  readonly overwrite?: boolean;
  readonly snapshot?: string;
}

const FORMATS = ['html', 'md', 'csv', 'pdf'] as const;
type Format = (typeof FORMATS)[number];

/** Writes a snapshot's answers as one page, as Markdown, as a folder of CSV and, with a Chromium, as PDF. */
export async function runReport(context: CommandContext, flags: ReportFlags): Promise<ExitCode> {
  const { console, settings } = context;
  const formats = readFormats(flags.format);
  if (flags.compare !== undefined) parseComparison(flags.compare);
  if (flags.units === 0) throw noUnits();
  await checkFolder(flags.out, '--out', flags.overwrite ?? false);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const engine = await openEngine(context);
  try {
    await attachSnapshot(engine, snapshot);
    const { source, year, compare, units } = flags;
    const choice = { source, year, compare, units };
    const report = await makeReport(context, engine, snapshot, choice, new Date().toISOString());
    const written = await writeReport(report, flags.out, formats);
    const pdf = formats.includes('pdf') ? await writePdf(context, report, flags.out, formats) : undefined;
    if (pdf?.file !== undefined) written.push(pdf.file);
    if (console.json) {
      console.out.write(
        `${JSON.stringify({ ok: true, snapshot: report.snapshot, title: report.title, written, pdf: pdf?.reason ?? null })}\n`,
      );
    } else {
      console.out.write(`${report.title}\n${written.map((file) => `  ${file}\n`).join('')}`);
      if (pdf?.reason !== undefined) console.out.write(`  ${pdf.reason}\n`);
      console.out.write(
        `  Check it: crimetracker verify-report ${join(flags.out, 'report.html')} --lake ${settings.lake}\n`,
      );
    }
  } finally {
    await engine.close();
  }
  return EXIT_CODES.ok;
}

function readFormats(text: string): readonly Format[] {
  const asked = text.split(',').map((part) => part.trim().toLowerCase());
  const known = FORMATS.filter((format) => asked.includes(format));
  if (known.length === asked.length) return known;
  throw new CrimeTrackerError(`--format ${text} names something else than ${FORMATS.join(', ')}.`, {
    code: 'report-format-unknown',
    exitCode: EXIT_CODES.usage,
    hint: 'Write --format html,md,csv,pdf, or some of them.',
  });
}

function noUnits(): CrimeTrackerError {
  return new CrimeTrackerError('--units 0 cannot be scheduled.', {
    code: 'schedule-flag-invalid',
    exitCode: EXIT_CODES.usage,
    hint: 'There is at least one unit.',
  });
}

async function writeReport(report: Report, folder: string, formats: readonly Format[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text);
    written.push(join(folder, name));
  };
  const writeFolder = async (name: string, files: ReadonlyMap<string, string>): Promise<void> => {
    const path = join(folder, name);
    // Files of an earlier report would look like this one's.
    await rm(path, { recursive: true, force: true });
    await mkdir(path);
    for (const [file, text] of files) await writeFile(join(path, file), text);
    written.push(path);
  };
  if (formats.includes('html')) await write('report.html', renderHtml(report));
  if (formats.includes('md')) {
    await write('report.md', renderMarkdown(report));
    await writeFolder(DRAWINGS, renderDrawings(report));
  }
  if (formats.includes('csv')) await writeFolder('csv', await renderCsvFiles(report));
  return written;
}

/** Prints the page; says why not when there is no browser. Without any other format that is an error. */
async function writePdf(
  { signal }: CommandContext,
  report: Report,
  folder: string,
  formats: readonly Format[],
): Promise<{ readonly file?: string; readonly reason?: string }> {
  const pdf = join(folder, 'report.pdf');
  const page = join(folder, formats.includes('html') ? 'report.html' : '.report-to-print.html');
  try {
    if (!formats.includes('html')) await writeFile(page, renderHtml(report));
    await rm(pdf, { force: true });
    const printed = await printPdf(page, pdf, signal);
    if (printed) return { file: pdf };
    const reason =
      printed === undefined
        ? 'No PDF: no Chromium was found on the path.'
        : 'No PDF: the Chromium that was found could not print the page.';
    if (formats.length > 1) return { reason };
    throw new CrimeTrackerError(reason, {
      code: 'pdf-impossible',
      exitCode: EXIT_CODES.usage,
      hint: 'Install Chromium, or open the HTML page in any browser and print it.',
    });
  } finally {
    if (!formats.includes('html')) await rm(page, { force: true });
  }
}
