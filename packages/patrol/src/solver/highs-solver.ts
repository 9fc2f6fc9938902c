import { Worker } from 'node:worker_threads';
import type { IntegerProgram, ProgramAnswer, ProgramSolver, SolveLimits } from './program-solver.js';

/** HiGHS looks at its clock now and then only; after this long it is ended. */
const GRACE_MS = 1500;

/**
 * HiGHS, compiled to WebAssembly, in a thread of its own. A thread that broke down or overran its time is replaced with
 * the next program, as an instance of HiGHS is of no use after an error.
 */
export function highsSolver(): ProgramSolver {
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  const solve: ProgramSolver['solve'] = async (program, limits) => {
    worker ??= new Worker(new URL('./highs-worker.js', import.meta.url));
    try {
      return await ask(worker, program, limits);
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    solve: (program, limits) => {
      const answer = turn.then(() => solve(program, limits));
      turn = answer.catch(() => {});
      return answer;
    },
    close: end,
  };
}

function ask(worker: Worker, program: IntegerProgram, limits: SolveLimits): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      leave();
      reject(new Error(`the solver did not keep to ${limits.timeLimitMs} ms`));
    }, limits.timeLimitMs + GRACE_MS);
    const answer = (message: ProgramAnswer): void => {
      leave();
      resolve(message);
    };
    const fail = (error: unknown): void => {
      leave();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const exit = (): void => fail(new Error('the solver was ended'));
    const leave = (): void => {
      clearTimeout(timer);
      worker.off('message', answer).off('error', fail).off('exit', exit);
    };
    worker.on('message', answer).on('error', fail).on('exit', exit);
    worker.postMessage({ program, limits });
  });
}
