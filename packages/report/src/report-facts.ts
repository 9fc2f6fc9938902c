import type { SqlValue } from '@crimetracker/engine';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import type { Report } from './report.js';
import { tablesOf } from './report.js';

/** Raised when a program of before could not read it. */
const FORMAT = 1;

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const factsSchema = z.object({
  format: z.literal(FORMAT),
  snapshot: z.string(),
  createdAt: z.string(),
  choice: z.object({
    source: z.string().optional(),
    year: z.number().optional(),
    compare: z.string().optional(),
    units: z.number().optional(),
  }),
  tables: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      query: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(valueSchema)),
    }),
  ),
});

/** What a program needs of a report: every table with its query, and what to make it again from. */
export type ReportFacts = z.infer<typeof factsSchema>;

/** The machine-readable part of a report. */
export function reportFacts(report: Report): ReportFacts {
  const { source, year, compare, units } = report.choice;
  return {
    format: FORMAT,
    snapshot: report.snapshot,
    createdAt: report.createdAt,
    choice: {
      ...(source !== undefined && { source }),
      ...(year !== undefined && { year }),
      ...(compare !== undefined && { compare }),
      ...(units !== undefined && { units }),
    },
    tables: tablesOf(report).map(({ id, title, query, columns, rows }) => {
      const names = Object.keys(rows[0] ?? Object.fromEntries(columns.map(({ name }) => [name, null])));
      return {
        id,
        title,
        query,
        columns: names,
        rows: rows.map((row) => names.map((name): SqlValue => row[name] ?? null)),
      };
    }),
  };
}

const EMBEDDED = /<script type="application\/json" id="report-data">(.*?)<\/script>/s;

/** Reads the machine-readable part of a page. Throws `report-unreadable` for what is no report of ours. */
export function readReportFacts(page: string): ReportFacts {
  try {
    return factsSchema.parse(JSON.parse(EMBEDDED.exec(page)?.[1] ?? ''));
  } catch (cause) {
    throw new CrimeTrackerError('The file is not an HTML report of this program, or its data is damaged.', {
      code: 'report-unreadable',
      exitCode: EXIT_CODES.usage,
      hint: 'Give the HTML file that crimetracker report wrote.',
      cause,
    });
  }
}
