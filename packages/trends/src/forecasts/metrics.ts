/** What errors of the seasonal naive forecast inside the training counts are, on average. */
export interface SeasonalScale {
  readonly absolute: number;
  readonly squared: number;
}

/** Mean |y_t − y_{t−m}| and its square over the first `end` values; undefined when there is none or all are 0. */
export function seasonalScale(
  values: ArrayLike<number>,
  end: number,
  period: number,
): SeasonalScale | undefined {
  if (end <= period) return undefined;
  let absolute = 0;
  let squared = 0;
  for (let index = period; index < end; index++) {
    const difference = (values[index] as number) - (values[index - period] as number);
    absolute += Math.abs(difference);
    squared += difference * difference;
  }
  if (absolute === 0) return undefined;
  return { absolute: absolute / (end - period), squared: squared / (end - period) };
}

/** The loss of a quantile forecast: share `probability` of what lies above it, the rest of what lies below. */
export function pinballLoss(actual: number, quantile: number, probability: number): number {
  return actual >= quantile ? probability * (actual - quantile) : (1 - probability) * (quantile - actual);
}

/** Accuracy pooled over forecasts; what cannot be computed is undefined. */
export interface Accuracy {
  readonly forecasts: number;
  /** Mean absolute error. */
  readonly mae: number | undefined;
  /** Root mean squared error; the mean of what can come has the smallest. */
  readonly rmse: number | undefined;
  /** Mean absolute error in units of the seasonal naive forecast's. */
  readonly mase: number | undefined;
  /** Root mean squared error in the same units. */
  readonly rmsse: number | undefined;
  /** Sum of absolute errors ÷ sum of counts. */
  readonly wape: number | undefined;
}

/**
 * Pools accuracy over forecasts from any origins, each with what came and the scale of the counts it was made from.
 * Source: Hyndman & Koehler 2006 (MASE), Makridakis et al. 2022 (RMSSE).
 */
export function pooledAccuracy(
  actuals: ArrayLike<number>,
  forecasts: ArrayLike<number>,
  scaleOf: (index: number) => SeasonalScale | undefined,
): Accuracy {
  let absolute = 0;
  let squared = 0;
  let total = 0;
  let scaled = 0;
  let scaledSquared = 0;
  let withScale = 0;
  for (let index = 0; index < actuals.length; index++) {
    const actual = actuals[index] as number;
    const error = Math.abs(actual - (forecasts[index] as number));
    absolute += error;
    squared += error * error;
    total += Math.abs(actual);
    const scale = scaleOf(index);
    if (scale === undefined) continue;
    withScale++;
    scaled += error / scale.absolute;
    scaledSquared += (error * error) / scale.squared;
  }
  const count = actuals.length;
  return {
    forecasts: count,
    mae: count > 0 ? absolute / count : undefined,
    rmse: count > 0 ? Math.sqrt(squared / count) : undefined,
    mase: withScale > 0 ? scaled / withScale : undefined,
    rmsse: withScale > 0 ? Math.sqrt(scaledSquared / withScale) : undefined,
    wape: total > 0 ? absolute / total : undefined,
  };
}
