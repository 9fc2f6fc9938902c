import { Random } from '@crimetracker/analysis-kit';
import { expect, test } from 'vitest';
import { scrambled, WeightedChoice } from './weighted-choice.js';

test('streams of one seed differ, and each gives the same numbers again', () => {
  const draw = (seed: number, stream: string): number[] => {
    const random = new Random(seed, stream);
    return Array.from({ length: 5 }, () => random.unit());
  };
  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
});

test('choices follow their weights, and a weight of zero is never drawn', () => {
  const weights = [0, 1, 5, 0, 94];
  const choice = new WeightedChoice(weights);
  const random = new Random(7, 'choice');
  const counts = weights.map(() => 0);
  const draws = 200_000;
  for (let draw = 0; draw < draws; draw += 1) {
    const index = choice.pick(random);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  for (const [index, weight] of weights.entries()) {
    expect((counts[index] ?? 0) / draws).toBeCloseTo(weight / 100, 2);
    if (weight === 0) expect(counts[index]).toBe(0);
  }
});

test('scrambled numbers spread evenly', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 100_000; index += 1) {
    const number = scrambled(index, 10);
    counts[number] = (counts[number] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(9500);
  expect(Math.max(...counts)).toBeLessThan(10_500);
});
