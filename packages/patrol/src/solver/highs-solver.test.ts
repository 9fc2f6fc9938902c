import { afterAll, describe, expect, it } from 'vitest';
import { highsSolver } from './highs-solver.js';
import type { IntegerProgram } from './program-solver.js';

const solver = highsSolver();
afterAll(() => solver.close());

/** Chairs and tables of the package's own example: 40 hours of carpentry, 50 of finishing. */
const workshop: IntegerProgram = {
  offset: 7,
  cost: Float64Array.of(30, 50),
  colLower: new Float64Array(2),
  colUpper: new Float64Array(2).fill(Number.POSITIVE_INFINITY),
  rowLower: new Float64Array(2).fill(Number.NEGATIVE_INFINITY),
  rowUpper: Float64Array.of(40, 50),
  starts: Int32Array.of(0, 2, 4),
  indices: Int32Array.of(0, 1, 0, 1),
  values: Float64Array.of(1, 2, 2, 1),
  wholeColumns: 2,
};
const limits = { relaxed: false, absoluteGap: 0, timeLimitMs: 5000 };

describe('highsSolver', () => {
  it('solves the published example: 20 chairs and 10 tables for 1,100', async () => {
    const answer = await solver.solve(workshop, limits);
    expect(answer).toMatchObject({ status: 'solved', objective: 1107, bound: 1107 });
    expect([...(answer.columns ?? [])]).toEqual([20, 10]);
  });

  it('takes whole numbers as such, unless they are relaxed', async () => {
    const odd = { ...workshop, rowUpper: Float64Array.of(40, 49) };
    expect((await solver.solve(odd, { ...limits, relaxed: true })).columns?.[0]).toBeCloseTo(58 / 3, 9);
    expect((await solver.solve(odd, limits)).columns).toEqual(Float64Array.of(18, 11));
  });

  it('says that a program has no solution', async () => {
    const rowLower = Float64Array.of(41, 0);
    const rowUpper = Float64Array.of(50, 10);
    expect(await solver.solve({ ...workshop, rowLower, rowUpper, offset: 0 }, limits)).toMatchObject({
      status: 'infeasible',
    });
  });

  it('answers programs in the order in which they were asked', async () => {
    const asked = [1, 2, 3].map((factor) =>
      solver.solve({ ...workshop, cost: Float64Array.of(30 * factor, 50 * factor) }, limits),
    );
    expect((await Promise.all(asked)).map(({ objective }) => objective)).toEqual([1107, 2207, 3307]);
  });

  it('goes on with a new thread after an error', async () => {
    await expect(solver.solve({ ...workshop, starts: Int32Array.of(0) }, limits)).rejects.toThrow();
    expect((await solver.solve(workshop, limits)).objective).toBe(1107);
  });
});
