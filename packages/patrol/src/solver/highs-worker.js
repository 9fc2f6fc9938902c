/**
 * Solves programs with HiGHS, beside the main thread: a solver that computes for seconds can be ended. JavaScript, so
 * that the same file is a worker for the compiled package and for tests that run from the sources.
 */
import { parentPort } from 'node:worker_threads';
import highsModule from 'highs';

/** @import { Model } from 'highs' */
/** @import { IntegerProgram, ProgramAnswer, SolveLimits } from './program-solver.js' */

/** The declarations of the package are those of its CommonJS build, where the function is a property. */
const loadHighs = /** @type {typeof import('highs').default} */ (/** @type {unknown} */ (highsModule));
const highs = await loadHighs();
const { modelStatus, objectiveSense, solutionStatus } = highs.constants;

/**
 * @param {IntegerProgram} program
 * @param {SolveLimits} limits
 * @returns {ProgramAnswer}
 */
function solve(program, { relaxed, absoluteGap, timeLimitMs, start }) {
  const { cost, rowLower, starts, indices, values, wholeColumns } = program;
  const [numCols, numRows] = [cost.length, rowLower.length];
  const source = {
    numCols,
    numRows,
    sense: objectiveSense.maximize,
    offset: program.offset,
    colCost: cost,
    colLower: program.colLower,
    colUpper: program.colUpper,
    rowLower,
    rowUpper: program.rowUpper,
    matrix: { format: /** @type {const} */ ('csc'), numRows, numCols, starts, indices, values },
    ...(!relaxed && { integrality: new Int32Array(numCols).fill(1, 0, wholeColumns) }),
  };
  /** @param {Model} model @returns {ProgramAnswer} */
  const ask = (model) => {
    model.options.set({
      output_flag: false,
      time_limit: timeLimitMs / 1000,
      mip_rel_gap: 0,
      mip_abs_gap: absoluteGap,
    });
    if (start !== undefined && !relaxed) model.setSolution({ colValue: start });
    const status = model.run().modelStatus;
    if (status === modelStatus.infeasible) return { status: 'infeasible', bound: Number.NEGATIVE_INFINITY };
    const isSolved = status === modelStatus.optimal;
    const isFeasible = model.info.get('primal_solution_status') === solutionStatus.feasible;
    const objective = model.getObjectiveValue();
    const isBoundKnown = isSolved || !relaxed;
    const bound = relaxed ? objective : Number(model.info.get('mip_dual_bound'));
    return {
      status: isSolved ? 'solved' : 'stopped',
      bound: isBoundKnown ? bound : Number.POSITIVE_INFINITY,
      ...(isFeasible && { objective, columns: model.getSolution().colValue }),
    };
  };
  return highs.withModel(source, ask);
}

parentPort?.on('message', ({ program, limits }) => {
  parentPort?.postMessage(solve(program, limits));
});
