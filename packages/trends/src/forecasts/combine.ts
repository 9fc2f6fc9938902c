import { requireArgument } from '@crimetracker/analysis-kit';

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
  const combined = new Float64Array(length);
  const values = new Float64Array(paths.length);
  const middle = paths.length >> 1;
  for (let step = 0; step < length; step++) {
    for (let place = 0; place < paths.length; place++) {
      const value = (paths[place] as Float64Array)[step] as number;
      let to = place;
      for (; to > 0 && (values[to - 1] as number) > value; to--) values[to] = values[to - 1] as number;
      values[to] = value;
    }
    const upper = values[middle] as number;
    combined[step] = paths.length % 2 === 1 ? upper : (upper + (values[middle - 1] as number)) / 2;
  }
  return combined;
}
