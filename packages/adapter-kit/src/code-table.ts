import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIDENCES, CRIME_CATEGORIES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { parseString } from 'fast-csv';
import { z } from 'zod';

/** The columns that every offence table has beside its code. */
export const offenceRow = {
  /** Offence code of NIBRS, such as `13A`; empty when none is near. */
  nibrs_code: z.string().regex(/^(\d{2}[0-9A-Z])?$/, 'must be a NIBRS code such as 13A or 120, or empty'),
  crime_category: z.enum(CRIME_CATEGORIES),
  confidence: z.enum(CONFIDENCES),
  note: z.string(),
} as const;

interface TableRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads a code table: a UTF-8 CSV file with a header, each row checked by `schema`.
 *
 * Throws `code-table-missing`, or `code-table-invalid` with every mistake of the file by line and column.
 */
export async function readCodeTable<S extends z.ZodType>(
  url: URL,
  schema: S,
): Promise<readonly z.infer<S>[]> {
  const file = fileURLToPath(url);
  const [header, ...records] = await readRecordsOf(file);
  const mistakes: string[] = [];
  const names = header?.fields ?? [];
  if (names.length === 0) mistakes.push('line 1: the file is empty; its first line names the columns');
  mistakes.push(...headerMistakes(names, schema));
  const isReadable = mistakes.length === 0;

  const rows: z.infer<S>[] = [];
  for (const { line, fields } of isReadable ? records : []) {
    if (fields.length !== names.length) {
      mistakes.push(`line ${line}: ${fields.length} fields where the header has ${names.length}`);
      continue;
    }
    const checked = schema.safeParse(
      Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])),
    );
    if (checked.success) rows.push(checked.data);
    else
      mistakes.push(
        ...checked.error.issues.map((issue) => `line ${line}: ${issue.path.join('.')}: ${issue.message}`),
      );
  }
  if (mistakes.length > 0) {
    throw new CrimeTrackerError(
      `The code table ${basename(file)} has mistakes:\n  ${mistakes.join('\n  ')}`,
      {
        code: 'code-table-invalid',
        exitCode: EXIT_CODES.bug,
        hint: `Correct ${file}.`,
        where: { file, mistakes: mistakes.length },
      },
    );
  }
  return rows;
}

/**
 * Indexes rows by a key; `where` names the table in the error.
 *
 * Throws `code-table-duplicate`, listing every key that occurs more than once.
 */
export function indexBy<Row, Key extends string>(
  rows: readonly Row[],
  key: (row: Row) => Key,
  where: string,
): ReadonlyMap<Key, Row> {
  const index = new Map<Key, Row>();
  const duplicates = new Set<Key>();
  for (const row of rows) {
    const value = key(row);
    if (index.has(value)) duplicates.add(value);
    else index.set(value, row);
  }
  if (duplicates.size > 0) {
    throw new CrimeTrackerError(`${where} has more than one row for: ${[...duplicates].join(', ')}.`, {
      code: 'code-table-duplicate',
      exitCode: EXIT_CODES.bug,
      hint: 'Keep one row per key.',
      where: { table: where, duplicates: duplicates.size },
    });
  }
  return index;
}

async function readRecordsOf(file: string): Promise<readonly TableRecord[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CrimeTrackerError(`The code table ${file} cannot be read.`, {
      code: 'code-table-missing',
      exitCode: EXIT_CODES.bug,
      hint: 'Code tables lie in the tables folder of the adapter and belong to its package files.',
      where: { file },
      cause,
    });
  });
  try {
    const records = await parseRecords(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    let line = 1;
    return records.map((fields) => {
      const record = { line, fields };
      line += 1 + fields.reduce((count, text) => count + (text.match(/\n/g)?.length ?? 0), 0);
      return record;
    });
  } catch (cause) {
    throw new CrimeTrackerError(`The code table ${basename(file)} is not UTF-8 CSV: ${String(cause)}`, {
      code: 'code-table-invalid',
      exitCode: EXIT_CODES.bug,
      hint: `Correct ${file}.`,
      where: { file },
      cause,
    });
  }
}

function parseRecords(text: string): Promise<readonly (readonly string[])[]> {
  return new Promise((resolve, reject) => {
    const records: string[][] = [];
    parseString<string[], string[]>(text, { headers: false, ignoreEmpty: false })
      .on('data', (record: string[]) => records.push(record))
      .on('error', reject)
      .on('end', () => resolve(records));
  });
}

function headerMistakes(names: readonly string[], schema: z.ZodType): string[] {
  const mistakes: string[] = [];
  for (const name of new Set(names)) {
    if (name === '') mistakes.push('line 1: a column has no name');
    else if (names.indexOf(name) !== names.lastIndexOf(name))
      mistakes.push(`line 1: column ${name} occurs twice`);
    else if (schema instanceof z.ZodObject && !(name in schema.shape))
      mistakes.push(`line 1: column ${name} is not known`);
  }
  if (schema instanceof z.ZodObject && names.length > 0) {
    for (const [name, column] of Object.entries(schema.shape)) {
      const isOptional = column instanceof z.ZodType && column.safeParse(undefined).success;
      if (!names.includes(name) && !isOptional) mistakes.push(`line 1: column ${name} is missing`);
    }
  }
  return mistakes;
}
