import { missingTables, readGoldenVectors, testingRandom } from '@crimetracker/analysis-kit/testing';
import { describe, expect, test } from 'vitest';
import type { ProgramSolver } from '../solver/program-solver.js';
import { chooseCells } from './choose-cells.js';
import type { CoverProblem } from './greedy-cover.js';
import { greedyCover } from './greedy-cover.js';

function coveredBy({ benefit, covers }: CoverProblem, sites: readonly number[]): number {
  const demands = new Set(sites.flatMap((site) => covers[site] ?? []));
  return [...demands].reduce((sum, demand) => sum + (benefit[demand] ?? 0), 0);
}

/** The best of all choices of k sites. */
function bestOfAll(problem: CoverProblem, k: number, from = 0, chosen: readonly number[] = []): number {
  if (chosen.length === k) return coveredBy(problem, chosen);
  let best = coveredBy(problem, chosen);
  for (let site = from; site < problem.covers.length; site += 1) {
    best = Math.max(best, bestOfAll(problem, k, site + 1, [...chosen, site]));
  }
  return best;
}

function randomProblem(sites: number, demands: number, seed: number): CoverProblem {
  const { uniform } = testingRandom(seed);
  return {
    benefit: Float64Array.from({ length: demands }, () => Math.floor(uniform() * 20)),
    covers: Array.from({ length: sites }, () =>
      Array.from({ length: demands }, (_, demand) => demand).filter(() => uniform() < 0.3),
    ),
  };
}

describe('chooseCells', () => {
  test.skipIf(missingTables !== undefined)('gives the golden optimum and sites', async () => {
    const { cover, w, k, opt, sites } = readGoldenVectors().mclp;
    const choice = await chooseCells({ benefit: w, covers: cover }, k);
    expect(choice).toMatchObject({ objective: opt, bound: opt, ratio: 1, method: 'optimal' });
    expect([...choice.sites].sort()).toEqual(sites);
  });

  test('finds the best of all choices, on random small cases', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const problem = randomProblem(9, 12, seed);
      const k = 1 + (seed % 4);
      const choice = await chooseCells(problem, k);
      expect(choice.method).toBe('optimal');
      expect(choice.sites.length).toBeLessThanOrEqual(k);
      expect(choice.objective).toBeCloseTo(bestOfAll(problem, k), 9);
      expect(coveredBy(problem, choice.sites)).toBeCloseTo(choice.objective, 9);
    }
  });

  test('takes the best cells where each covers only itself', async () => {
    const problem = { benefit: [3, 9, 1, 7], covers: [[0], [1], [2], [3]] };
    expect(await chooseCells(problem, 2)).toMatchObject({
      sites: [1, 3],
      gains: [9, 7],
      objective: 16,
      ratio: 1,
    });
  });

  test('chooses fewer when nothing is left to cover', async () => {
    const problem = { benefit: [5, 0], covers: [[0, 1], [0], [1]] };
    expect(await chooseCells(problem, 3)).toMatchObject({ sites: [0], objective: 5, bound: 5 });
    expect(await chooseCells({ benefit: [], covers: [] }, 3)).toMatchObject({
      sites: [],
      objective: 0,
      ratio: 1,
    });
    expect((await chooseCells(problem, 0)).sites).toEqual([]);
  });

  test('says how near to the bound it came when there was no time to solve', async () => {
    const problem = randomProblem(200, 400, 5);
    const stopped: ProgramSolver = {
      solve: () => Promise.resolve({ status: 'stopped', bound: Number.POSITIVE_INFINITY }),
      close: () => Promise.resolve(),
    };
    const choice = await chooseCells(problem, 3, { solver: stopped });
    expect(choice.method).toBe('greedy');
    expect(choice.objective).toBeLessThanOrEqual(choice.bound);
    expect(choice.ratio).toBeCloseTo(choice.objective / choice.bound, 12);
  });

  test('keeps to the greedy choice when the solver breaks down', async () => {
    const problem = randomProblem(20, 30, 6);
    const broken: ProgramSolver = {
      solve: () => Promise.reject(new Error('out of memory')),
      close: () => Promise.resolve(),
    };
    const choice = await chooseCells(problem, 3, { solver: broken });
    expect(choice).toMatchObject({ method: 'greedy', sites: greedyCover(problem, 3).sites });
  });

  test('refuses lists of demands that are not there', async () => {
    await expect(chooseCells({ benefit: [1], covers: [[1]] }, 1)).rejects.toThrow('demands from 0 to 0');
    await expect(chooseCells({ benefit: [1], covers: [[0, 0]] }, 1)).rejects.toThrow('once');
    await expect(chooseCells({ benefit: [-1], covers: [[0]] }, 1)).rejects.toThrow('at least 0');
    await expect(chooseCells({ benefit: [1], covers: [[0]] }, 0.5)).rejects.toThrow('whole number');
  });
});

describe('greedyCover', () => {
  test('covers at least 1 − 1/e of the best choice, and gains never increase', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const problem = randomProblem(8, 12, seed);
      const { objective, gains, sites } = greedyCover(problem, 3);
      expect(objective).toBeGreaterThanOrEqual((1 - 1 / Math.E) * bestOfAll(problem, 3));
      expect(coveredBy(problem, sites)).toBeCloseTo(objective, 9);
      expect(gains).toEqual([...gains].sort((a, b) => b - a));
    }
  });
});
