import { fitQuasiPoisson } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { expect, test } from 'vitest';
import { fitHarmonicRegression, forecastHarmonicRegression, harmonicDesign } from './harmonic-regression.js';
import { testingPrepared } from './testing-series.js';

const random = testingRandom(4);
const seasonal = testingPrepared('week', 400, (index) =>
  random.poisson(60 * Math.exp(0.3 * Math.sin(index / 8.3) + index / 900)),
);

test('agrees with the weighted quasi-Poisson regression up to its small ridge', () => {
  const design = harmonicDesign(seasonal);
  const rows = seasonal.values.length;
  const fit = fitHarmonicRegression(seasonal.values, rows, design);
  const reference = fitQuasiPoisson({
    response: seasonal.values,
    columns: Array.from({ length: design.width }, (_, column) =>
      Float64Array.from({ length: rows }, (_, row) => design.rows[row * design.width + column] ?? 0),
    ),
    weights: Float64Array.from(
      { length: rows },
      (_, row) => (design.weights[row] ?? 0) / (design.weights[rows - 1] ?? 1),
    ),
  });
  if (reference.kind !== 'ok') throw new Error(reference.reason);
  for (const [place, value] of reference.coefficients.entries()) {
    expect(Math.abs(value - (fit.coefficients[place] ?? 0))).toBeLessThan(1e-5);
  }
});

test('one warm step from four weeks earlier comes within a thousandth of the full fit', () => {
  const design = harmonicDesign(seasonal);
  const earlier = fitHarmonicRegression(seasonal.values, 396, design);
  const warm = fitHarmonicRegression(seasonal.values, 400, design, earlier);
  const full = fitHarmonicRegression(seasonal.values, 400, design);
  const expected = forecastHarmonicRegression(full, design, 400, 26);
  for (const [step, mean] of forecastHarmonicRegression(warm, design, 400, 26).entries()) {
    expect(Math.abs(mean / (expected[step] ?? 0) - 1)).toBeLessThan(1e-3);
  }
});

test('stays finite when events are rare or stop', () => {
  const stopped = testingPrepared('week', 300, (index) => (index < 20 ? 3 : 0));
  const design = harmonicDesign(stopped);
  const forecast = forecastHarmonicRegression(
    fitHarmonicRegression(stopped.values, 300, design),
    design,
    300,
    26,
  );
  for (const mean of forecast) {
    expect(mean).toBeGreaterThanOrEqual(0);
    expect(mean).toBeLessThan(1);
  }
});
