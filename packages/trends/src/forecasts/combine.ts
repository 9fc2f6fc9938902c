import { requireArgument } from '../statistics/invalid-argument.js';

/**
 * The median of several forecasts, period by period: one that goes astray does not take the others with it.
 * Paths of different length throw. Source: Petropoulos & Svetunkov 2020, "A simple combination of univariate models".
 */
export function combineForecasts(paths: readonly Float64Array[]): Float64Array {
  const length = paths[0]?.length ?? 0;
  requireArgument(
    paths.every((path) => path.length === length),
    'combineForecasts',
    'forecasts are equally long',
  );
  return Float64Array.from({ length }, (_, step) => {
    const values = paths.map((path) => path[step] as number).sort((a, b) => a - b);
    const middle = values.length >> 1;
    const upper = values[middle] as number;
    return values.length % 2 === 1 ? upper : (upper + (values[middle - 1] as number)) / 2;
  });
}
