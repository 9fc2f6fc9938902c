import type { SqlValue } from '@crimetracker/engine';
import type { ReportFacts } from '../report-facts.js';
import { readReportFacts } from '../report-facts.js';

/** What a page says and what comes out now. */
export interface ReportDifference {
  /** Figure or section. */
  readonly where: string;
  readonly what: string;
  readonly said: string;
  readonly found: string;
}

export interface ReportComparison {
  readonly tables: number;
  readonly values: number;
  readonly different: number;
  /** The first of them. */
  readonly differences: readonly ReportDifference[];
}

const LISTED = 20;

/**
 * Holds a page against one made again from the snapshot: the rows of every table, and then every word and drawing of the
 * page itself, so that a number changed in a sentence or a chart is found as well.
 */
export function compareReports(page: string, again: string): ReportComparison {
  const [said, found] = [readReportFacts(page), readReportFacts(again)];
  const inTables = [...tableDifferences(said, found)];
  const differences = [
    ...(inTables.length > 0 ? inTables : dataDifferences(page, again)),
    ...pageDifferences(page, again),
  ];
  return {
    tables: found.tables.length,
    values: found.tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0),
    different: differences.length,
    differences: differences.slice(0, LISTED),
  };
}

function* tableDifferences(said: ReportFacts, found: ReportFacts): Generator<ReportDifference> {
  for (const table of found.tables) {
    const own = said.tables.find(({ id }) => id === table.id);
    const difference = (
      what: string,
      a: SqlValue | undefined,
      b: SqlValue | undefined,
    ): ReportDifference => ({
      where: table.id,
      what,
      said: String(a),
      found: String(b),
    });
    if (own === undefined) {
      yield difference('table', 'is missing', `${table.rows.length} rows`);
      continue;
    }
    if (own.title !== table.title) yield difference('title', own.title, table.title);
    if (own.query !== table.query) yield difference('query', own.query, table.query);
    if (own.columns.join() !== table.columns.join())
      yield difference('columns', own.columns.join(), table.columns.join());
    if (own.rows.length !== table.rows.length) yield difference('rows', own.rows.length, table.rows.length);
    for (const [index, row] of table.rows.entries()) {
      for (const [place, name] of table.columns.entries()) {
        const [was, is] = [own.rows[index]?.[place], row[place]];
        if (own.rows[index] !== undefined && was !== is)
          yield difference(`row ${index + 1}, ${name}`, was, is);
      }
    }
  }
  for (const { id } of said.tables) {
    if (!found.tables.some((table) => table.id === id)) {
      yield { where: id, what: 'table', said: 'is there', found: 'is not of this report' };
    }
  }
}

const DATA = /<script type="application\/json" id="report-data">.*?<\/script>/s;
const CONTEXT = 30;

/** Compares the tables for programs as text: digits beyond what a number holds are changes too. */
function* dataDifferences(page: string, again: string): Generator<ReportDifference> {
  const [was = '', is = ''] = [page, again].map((text) => DATA.exec(text)?.[0]);
  if (was !== is) yield { where: 'report-data', what: 'text', ...excerpt(was, is) };
}

/** Compares the pages tag by tag and text by text, without the tables for programs, which are compared as numbers. */
function* pageDifferences(page: string, again: string): Generator<ReportDifference> {
  const [said, found] = [page, again].map((text) => text.replace(DATA, '').split(/(?=<)|(?<=>)/));
  if (said === undefined || found === undefined) return;
  let where = 'page';
  for (let index = 0; index < Math.max(said.length, found.length); index += 1) {
    const [was = '', is = ''] = [said[index], found[index]];
    where = /^<(?:figure|section)[^>]*? id="([^"]+)"/.exec(is)?.[1] ?? where;
    if (was === is) continue;
    if (said.length !== found.length) {
      // Beyond an insertion everything is shifted; one difference tells it.
      yield { where, what: 'parts', ...excerpt(said.slice(index).join(''), found.slice(index).join('')) };
      return;
    }
    yield { where, what: is.startsWith('<') ? 'markup' : 'text', ...excerpt(was, is) };
  }
}

/** Two texts around the place where they part. */
function excerpt(said: string, found: string): Pick<ReportDifference, 'said' | 'found'> {
  const at = firstDifference(said, found);
  const from = Math.max(0, at - CONTEXT);
  return { said: said.slice(from, at + CONTEXT), found: found.slice(from, at + CONTEXT) };
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at += 1;
  return at;
}
