import { describe, expect, test } from 'vitest';
import type { SeasonalScale } from './metrics.js';
import { pinballLoss, pooledAccuracy, seasonalScale } from './metrics.js';

test('the scale is the mean seasonal difference of the training values only', () => {
  expect(seasonalScale([1, 2, 4, 6, 100], 4, 2)).toEqual({ absolute: 3.5, squared: 12.5 });
  expect(seasonalScale([1, 2], 2, 2)).toBeUndefined();
  expect(seasonalScale([3, 3, 3], 3, 1)).toBeUndefined();
});

test('pinball loss weighs what lies above by the probability and what lies below by the rest', () => {
  expect(pinballLoss(10, 8, 0.95)).toBeCloseTo(1.9, 12);
  expect(pinballLoss(8, 10, 0.95)).toBeCloseTo(0.1, 12);
  expect(pinballLoss(8, 8, 0.05)).toBe(0);
});

describe('pooledAccuracy', () => {
  test('scales each error by its own training counts', () => {
    const scales: readonly SeasonalScale[] = [
      { absolute: 2, squared: 4 },
      { absolute: 4, squared: 16 },
    ];
    const accuracy = pooledAccuracy([10, 0], [8, 4], (index) => scales[index]);
    expect(accuracy).toEqual({ forecasts: 2, mae: 3, rmse: Math.sqrt(10), mase: 1, rmsse: 1, wape: 0.6 });
  });

  test('leaves undefined what cannot be computed', () => {
    expect(pooledAccuracy([], [], () => undefined)).toMatchObject({
      forecasts: 0,
      mae: undefined,
      wape: undefined,
    });
    expect(pooledAccuracy([0], [1], () => undefined)).toMatchObject({
      mae: 1,
      mase: undefined,
      rmsse: undefined,
      wape: undefined,
    });
  });
});
