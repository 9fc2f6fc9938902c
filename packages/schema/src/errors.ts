/** Documented exit codes of the command. */
export const EXIT_CODES = { ok: 0, bug: 1, usage: 2, source: 3, gate: 4 } as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

export interface ErrorDetails {
  /** Stable kebab-case id that scripts can match. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What the user can do next. */
  readonly hint?: string;
  /** Where: city, file, record, column. */
  readonly where?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/** An error a user can act on: what happened, where, and what to do next. */
export class CrimeTrackerError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly where: Readonly<Record<string, string | number>>;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CrimeTrackerError';
    this.code = details.code;
    this.exitCode = details.exitCode;
    this.hint = details.hint;
    this.where = details.where ?? {};
  }
}
