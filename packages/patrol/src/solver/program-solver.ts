/** An integer program: greatest `offset + cost · x`, rows and columns between bounds, the matrix by columns. */
export interface IntegerProgram {
  readonly offset: number;
  readonly cost: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Where each column begins in `indices` and `values`, and their length. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** The first so many columns are whole numbers. */
  readonly wholeColumns: number;
}

export interface SolveLimits {
  /** Leaves out that columns are whole. */
  readonly relaxed: boolean;
  /** Solutions this near to the bound are good enough. */
  readonly absoluteGap: number;
  readonly timeLimitMs: number;
  /** A solution to begin with: one value a column. */
  readonly start?: Float64Array;
}

export interface ProgramAnswer {
  /** `stopped` when time ran out; there may be a solution all the same. */
  readonly status: 'solved' | 'infeasible' | 'stopped';
  /** No solution is better; +∞ when nothing is known. */
  readonly bound: number;
  /** As the solver reports it. */
  readonly objective?: number;
  readonly columns?: Float64Array;
}

/** Solves integer programs one after another. */
export interface ProgramSolver {
  /** Rejects when the solver broke down or was closed; a later program may go well. */
  readonly solve: (program: IntegerProgram, limits: SolveLimits) => Promise<ProgramAnswer>;
  /** Ends what is being solved. */
  readonly close: () => Promise<void>;
}
