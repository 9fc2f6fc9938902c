import type { IntegerProgram, ProgramAnswer, ProgramSolver, SolveLimits } from '../solver/program-solver.js';

/** So many programs in a row without an answer, and the solver is not asked again. */
const FAILURES = 2;

/** A solver within the time of one schedule: where it breaks down there is no answer, but no error either. */
export class SolverSession {
  readonly #solver: ProgramSolver;
  readonly #deadline: number;
  readonly #signal: AbortSignal | undefined;
  #failures = 0;
  #answers = 0;
  #failure: string | undefined;

  /** @param deadline by the clock of `performance.now()` */
  constructor(solver: ProgramSolver, deadline: number, signal: AbortSignal | undefined) {
    this.#solver = solver;
    this.#deadline = deadline;
    this.#signal = signal;
  }

  get answers(): number {
    return this.#answers;
  }

  /** Why the solver gave no answer, the last time it gave none. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get timeLeftMs(): number {
    return Math.max(0, this.#deadline - performance.now());
  }

  /** Whether another program may be solved. */
  get isOpen(): boolean {
    return this.timeLeftMs > 0 && this.#failures < FAILURES;
  }

  throwIfAborted(): void {
    this.#signal?.throwIfAborted();
  }

  /** Undefined when time is up or the solver broke down; throws the reason of an abort. */
  async solve(
    program: IntegerProgram,
    limits: Omit<SolveLimits, 'timeLimitMs'> & { readonly timeLimitMs?: number },
  ): Promise<ProgramAnswer | undefined> {
    this.throwIfAborted();
    if (!this.isOpen) return undefined;
    const timeLimitMs = Math.min(limits.timeLimitMs ?? Number.POSITIVE_INFINITY, this.timeLeftMs);
    try {
      const answer = await this.#solver.solve(program, { ...limits, timeLimitMs });
      this.#failures = 0;
      this.#answers += 1;
      return answer;
    } catch (error) {
      this.throwIfAborted();
      this.#failures += 1;
      this.#failure = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }
}
