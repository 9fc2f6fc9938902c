import type { Engine, SqlRow } from '@crimetracker/engine';
import type { Ring } from './maps/projection.js';
import type { Figure, Picture, ReportColumn, ReportTable, Sentence } from './report.js';

export interface ReportCity {
  readonly id: string;
  readonly city: string;
  /** First and last year with incidents. */
  readonly years: readonly [first: number, last: number];
}

/** What every section is given. */
export interface ReportContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly cities: readonly ReportCity[];
  /** The year that is told. */
  readonly year: number;
  /** Outline of a source's study area; absent when the snapshot has none. */
  readonly outlines: ReadonlyMap<string, readonly (readonly Ring[])[]>;
  /** Tables that were read, by id: sections share them. */
  readonly tables: Map<string, Promise<ReportTable>>;
}

export interface TableQuery {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  readonly columns: readonly ReportColumn[];
}

/** Runs the query of a table, once. */
export function readTable(context: ReportContext, asked: TableQuery): Promise<ReportTable> {
  const known = context.tables.get(asked.id) ?? runQuery(context, asked);
  context.tables.set(asked.id, known);
  return known;
}

async function runQuery(
  { engine, signal }: ReportContext,
  { id, title, query, columns }: TableQuery,
): Promise<ReportTable> {
  const rows = await engine.query(query, signal);
  return { id, title, query, reads: tablesIn(query), columns, rows };
}

function tablesIn(query: string): readonly string[] {
  const names = [...query.matchAll(/\b(?:FROM|JOIN) ([a-z_][a-z0-9_]*)/g)].map(([, name]) => name ?? '');
  return [...new Set(names)];
}

export function column(name: string, label: string, kind: ReportColumn['kind'] = 'text'): ReportColumn {
  return { name, label, kind };
}

const SHOWN_ROWS = 200;

export function figure(
  table: ReportTable,
  claim: Sentence,
  more: {
    readonly picture?: Picture | undefined;
    readonly notes?: readonly Sentence[];
    readonly shownRows?: number;
  } = {},
): Figure {
  const { picture, notes = [], shownRows = SHOWN_ROWS } = more;
  return { kind: 'figure', claim, table, notes, shownRows, ...(picture !== undefined && { picture }) };
}

/** A row's number; NaN where it has none. */
export function numberOf(row: SqlRow | undefined, name: string): number {
  const value = row?.[name];
  return typeof value === 'number' ? value : Number.NaN;
}

export function textOf(row: SqlRow | undefined, name: string): string {
  const value = row?.[name];
  return value === null || value === undefined ? '' : String(value);
}

/** Part of an id, of a text. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
