import { Random } from '@crimetracker/analysis-kit';
import { describe, expect, test } from 'vitest';
import type { PlacePredictions } from './predict-places.js';
import { predictPlaces } from './predict-places.js';
import type { PlaceWorld } from './testing-worlds.js';
import { simulateWorld, testingGrid } from './testing-worlds.js';

const grid = testingGrid(14);
const smallGrid = testingGrid(9);

function predict(
  world: Omit<PlaceWorld, 'weeks'>,
  seed: number,
  of = grid,
  patrolCells = Math.ceil(of.cells.length / 100),
): PlacePredictions {
  const events = simulateWorld(of, { weeks: 312, ...world }, seed);
  const predictions = predictPlaces({ grid: of, events, patrolCells, random: new Random(seed, 'test') });
  if (predictions.kind !== 'place-predictions') throw new Error(predictions.reason);
  return predictions;
}

describe('on pure noise', () => {
  test('the product says that nothing beats the retrospective count', { timeout: 60_000 }, () => {
    let silent = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const { horizons } = predict({ weekly: 12 }, seed, smallGrid);
      if (horizons.every(({ method }) => method === 'retrospective')) silent += 1;
      for (const { method, verdict } of horizons) {
        if (method !== 'retrospective') continue;
        expect(verdict.reason).toMatch(/^Nothing beats the retrospective count, which is shown/);
        if (!verdict.beatsEvenChance) expect(verdict.reason).toMatch(/does not say where/);
      }
    }
    expect(silent).toBeGreaterThanOrEqual(19);
  });

  test('it also says that the retrospective count does not beat even chance', () => {
    const { horizons } = predict({ weekly: 50 }, 4, smallGrid);
    expect(horizons.map(({ verdict }) => verdict.beatsEvenChance)).toEqual([false, false, false]);
  });
});

describe('where places differ and incidents draw others after them', () => {
  const worlds = [2, 3, 4].map((seed) =>
    predict({ weekly: 30, spread: 1, drift: 0.1, repeats: 0.5, season: 0.2 }, seed, grid, 32),
  );
  const shown = worlds.flatMap(({ horizons }) => horizons);

  test('the method shown is at least as good as the retrospective count, with its interval', () => {
    for (const { method, scores } of shown) {
      const gain = scores[method].budgets[0]?.gain;
      expect(gain?.pai.value).toBeGreaterThanOrEqual(0);
      expect(gain?.pai.lower).toBeGreaterThanOrEqual(0);
      expect(gain?.hitRate.lower).toBeGreaterThanOrEqual(0);
    }
  });

  test('a model is shown for the week ahead', () => {
    expect(worlds.map(({ horizons }) => horizons[0]?.method)).not.toContain('retrospective');
  });

  test('the mixture orders all cells better than the retrospective count', () => {
    for (const { scores } of shown)
      expect(scores.mixture.auc).toBeGreaterThan(scores.retrospective.auc + 0.01);
  });

  test('chosen cells get about as many incidents as the mixture expects', () => {
    for (const { scores } of shown) {
      expect(scores.mixture.budgets[0]?.rri).toBeGreaterThan(0.75);
      expect(scores.mixture.budgets[0]?.rri).toBeLessThan(1.3);
    }
  });

  test('a forecast names its days, its method and what that does', () => {
    const [week, month, quarter] = worlds[0]?.horizons ?? [];
    // 312 weeks from 4 January 2010.
    expect(week).toMatchObject({ horizon: 1, firstDay: '2015-12-28', lastDay: '2016-01-03' });
    expect(month?.lastDay).toBe('2016-01-24');
    expect(quarter?.lastDay).toBe('2016-03-27');
    expect(week?.verdict.reason).toMatch(/^Shown is the /);
    expect(week?.description).toMatch(/scaled to the expected total/);
  });

  test('the gate is stricter the more forecasts are told together', () => {
    const events = simulateWorld(smallGrid, { weeks: 270, weekly: 40, spread: 1, repeats: 0.3 }, 1);
    const lowerOf = (comparisons: number): number => {
      const answer = predictPlaces({ grid: smallGrid, events, comparisons, random: new Random(1, 'test') });
      return answer.kind === 'place-predictions' ? (answer.horizons[0]?.verdict.gain.lower ?? 0) : Number.NaN;
    };
    expect(lowerOf(30)).toBeLessThan(lowerOf(3));
  });
});

test('where places differ for good, what is shown beats even chance by far', () => {
  for (const { method, verdict, scores } of predict({ weekly: 20, spread: 1.2 }, 1).horizons) {
    expect(verdict.beatsEvenChance).toBe(true);
    expect(scores[method].budgets[0]?.pai.lower).toBeGreaterThan(3);
    expect(scores[method].budgets[0]?.gain.pai.value).toBeGreaterThanOrEqual(0);
  }
});

test('the same random numbers give the same answer', () => {
  expect(predict({ weekly: 12, spread: 1 }, 5, smallGrid)).toEqual(
    predict({ weekly: 12, spread: 1 }, 5, smallGrid),
  );
});

test('few incidents are a stated reason', () => {
  const events = simulateWorld(smallGrid, { weeks: 300, weekly: 0.5 }, 1);
  expect(predictPlaces({ grid: smallGrid, events, random: new Random(1, 'test') })).toMatchObject({
    kind: 'not-enough-data',
    reason: expect.stringContaining('50 are needed'),
  });
});
