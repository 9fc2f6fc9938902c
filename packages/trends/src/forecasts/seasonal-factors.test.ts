import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { expect, test } from 'vitest';
import { seasonalFactors } from './seasonal-factors.js';
import { testingPrepared } from './testing-series.js';

test('months of a multiplicative season get their factors back, with a mean of 1', () => {
  const figure = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1.1, 1, 0.9, 0.8];
  const factors = seasonalFactors(
    testingPrepared('month', 60, (index) => 100 * (figure[index % 12] ?? 1)),
    60,
  );
  expect([...factors.subarray(60, 66)]).toEqual(figure.slice(0, 6).map((value) => expect.closeTo(value, 9)));
});

test('gives the figure of R’s multiplicative decomposition of the airline passengers', () => {
  const factors = seasonalFactors(
    testingPrepared('month', 144, (index) => AIR_PASSENGERS[index] ?? 0),
    144,
  );
  // R: decompose(AirPassengers, "multiplicative")$figure
  const figure = [
    0.910230367372, 0.883625320694, 1.007366287604, 0.975906012323, 0.981378027495, 1.112775826679,
    1.226555542931, 1.219910969446, 1.060491932647, 0.92175724041, 0.801178082413, 0.898824389985,
  ];
  expect([...factors.subarray(0, 12)]).toEqual(figure.map((value) => expect.closeTo(value, 11)));
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

/** Box & Jenkins' airline passengers, R's AirPassengers: thousands a month, 1949 to 1960. */
const AIR_PASSENGERS = [
  112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
  133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
  230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
  227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
  284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
  347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
  548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
];
