import type { CountMart, Result, ResultMart } from '@crimetracker/analysis-kit';
import type { AnalysisContext, Counts } from './context.js';

/** An answer to one kind of question: which counts it reads, which tables it makes. */
export interface Analysis {
  readonly id: string;
  /** The question, in plain words. */
  readonly title: string;
  readonly reads: (timeZones: readonly string[]) => readonly CountMart[];
  readonly makes: readonly ResultMart[];
  /** Gives exactly the tables of `makes`, empty ones included. Never throws for few or odd data: a reason is a row. */
  readonly run: (counts: Counts, context: AnalysisContext) => readonly Result[];
}
