import { expect, test } from 'vitest';
import { seasonalFactors } from './seasonal-factors.js';
import { testingRandom } from './testing-random.js';
import { testingPrepared } from './testing-series.js';

test('months of a multiplicative season get their factors back, with a mean of 1', () => {
  const figure = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1.1, 1, 0.9, 0.8];
  const factors = seasonalFactors(
    testingPrepared('month', 60, (index) => 100 * (figure[index % 12] ?? 1)),
    60,
  );
  expect([...factors.subarray(60, 66)]).toEqual(figure.slice(0, 6).map((value) => expect.closeTo(value, 9)));
});

test('weeks follow the turn of the year and not 52 weeks', () => {
  const weekly = testingPrepared('week', 700, (index) =>
    Math.round(1000 * (1 + 0.3 * Math.cos((2 * Math.PI * (index * 7 - 200)) / 365.25))),
  );
  const factors = seasonalFactors(weekly, 700);
  for (let index = 0; index < factors.length; index += 13) {
    const expected = 1 + 0.3 * Math.cos((2 * Math.PI * (index * 7 - 200)) / 365.25);
    expect(Math.abs((factors[index] ?? 0) - expected)).toBeLessThan(0.005);
  }
});

test('noise without a season mostly gets no factors', () => {
  let seasonal = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const random = testingRandom(seed);
    const series = testingPrepared('month', 96, () => random.poisson(30));
    if (seasonalFactors(series, 96).some((factor) => factor !== 1)) seasonal++;
  }
  expect(seasonal).toBeLessThanOrEqual(15);
});
