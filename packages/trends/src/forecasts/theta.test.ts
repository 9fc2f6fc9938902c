import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { expect, test } from 'vitest';
import { fitSimpleSmoothing, forecastTheta } from './theta.js';

test('a constant is continued, a line is followed at half its slope from its end', () => {
  const constant = new Array(30).fill(7);
  expect([...forecastTheta(constant, 30, fitSimpleSmoothing(constant, 30), 2)]).toEqual([
    expect.closeTo(7, 12),
    expect.closeTo(7, 12),
  ]);
  const line = Array.from({ length: 40 }, (_, index) => 5 + 2 * index);
  const [first = 0, second = 0] = forecastTheta(line, 40, fitSimpleSmoothing(line, 40), 2);
  expect(second - first).toBeCloseTo(1, 9);
  expect(first).toBeGreaterThan(83);
});

test('no weight on a fine grid fits better than the one found', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = testingRandom(seed);
    let level = 50;
    const values = Array.from({ length: 150 }, () => {
      level += 0.3 * seed * random.normal();
      return level + random.normal();
    });
    const best = fitSimpleSmoothing(values, 150);
    for (let alpha = 0.001; alpha < 1; alpha += 0.001) {
      let state = best.initialLevel;
      let sse = 0;
      for (const value of values) {
        const error = value - state;
        sse += error * error;
        state += alpha * error;
      }
      expect(sse).toBeGreaterThanOrEqual(best.sse - 1e-6);
    }
  }
});

test('gives the forecast of R’s thetaf without season', () => {
  // R: thetaf(ts(c(AirPassengers)[1:60]), h = 3); its weight is at the upper bound.
  const values = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
    133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
    230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201,
  ];
  const simple = fitSimpleSmoothing(values, 60);
  expect(simple.sse).toBeCloseTo(17659.65, 1);
  expect([...forecastTheta(values, 60, simple, 3)]).toEqual([
    expect.closeTo(202.028761, 3),
    expect.closeTo(203.05952, 3),
    expect.closeTo(204.090279, 3),
  ]);
});
