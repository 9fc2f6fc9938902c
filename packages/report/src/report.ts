import type { SqlRow } from '@crimetracker/engine';

/** How the values of a column are written. `change` is a ratio told as a change; `percent` is already in per cent. */
export const COLUMN_KINDS = [
  'text',
  'count',
  'amount',
  'share',
  'change',
  'percent',
  'points',
  'probability',
  'date',
  'month',
  'weekday',
  'hour',
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

export interface ReportColumn {
  /** Name in the rows. */
  readonly name: string;
  readonly label: string;
  readonly kind: ColumnKind;
}

/** Rows with the query that gives them: nothing in a report has a number from elsewhere. */
export interface ReportTable {
  /** Unique in the report; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** SQL over the snapshot; of the schedule, the command that makes it. */
  readonly query: string;
  /** Tables the query reads. */
  readonly reads: readonly string[];
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly SqlRow[];
}

/** A value of a row, told in a sentence. */
export interface Told {
  readonly text: string;
  readonly table: string;
  readonly row: number;
}

/** Words, and values of rows. */
export type Sentence = readonly (string | Told)[];

export interface LegendEntry {
  readonly label: string;
  /** CSS colour. */
  readonly colour: string;
  readonly shape: 'area' | 'shade' | 'line' | 'dashes' | 'dot' | 'ring';
}

/** A drawing as SVG without anything from outside. */
export interface Picture {
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly svg: string;
  /** The same for a phone; absent where one drawing serves both. */
  readonly narrow?: string;
  readonly legend: readonly LegendEntry[];
}

/** A claim with what shows it: a table, and a drawing of the same rows where one helps. */
export interface Figure {
  readonly kind: 'figure';
  /** What it says, in one sentence. */
  readonly claim: Sentence;
  readonly table: ReportTable;
  readonly picture?: Picture;
  readonly notes: readonly Sentence[];
  /** Rows shown in the page; the CSV has all. */
  readonly shownRows: number;
}

export type Block =
  | Figure
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Sentence[] }
  | { readonly kind: 'paragraph'; readonly sentence: Sentence }
  /** What must not be overlooked. */
  | { readonly kind: 'caution'; readonly sentence: Sentence }
  /** Queries of the counts that everything stands on. */
  | { readonly kind: 'queries'; readonly items: readonly CountQuery[] }
  /** Why there is nothing. */
  | { readonly kind: 'empty'; readonly reason: string };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The query of a table of counts, from the manifest of its marts. */
export interface CountQuery {
  readonly name: string;
  readonly query: string;
}

/** What was asked for; the same choice and snapshot give the same report. */
export interface ReportChoice {
  readonly source?: string | undefined;
  readonly year?: number | undefined;
  readonly compare?: string | undefined;
  /** Units of the schedule; without them there is none. */
  readonly units?: number | undefined;
}

export interface ReportVersion {
  readonly name: string;
  readonly version: string;
}

export interface Report {
  readonly title: string;
  readonly choice: ReportChoice;
  readonly snapshot: string;
  /** Instant of making, ISO. */
  readonly createdAt: string;
  readonly sections: readonly Section[];
  /** Counts that a table of answers is computed from, by the name of the table. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

/** Every table of a report, in its order. */
export function tablesOf({ sections }: Pick<Report, 'sections'>): readonly ReportTable[] {
  return figuresOf(sections).map(({ table }) => table);
}

export function figuresOf(sections: readonly Section[]): readonly Figure[] {
  return sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'figure'));
}
