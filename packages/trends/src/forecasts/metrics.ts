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

/** One forecast with what came. */
export interface ScoredForecast {
  readonly actual: number;
  readonly forecast: number;
  /** Of the counts the forecast was made from. */
  readonly scale: SeasonalScale | undefined;
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
 * Pools accuracy over forecasts from any origins; each is scaled by its own training counts.
 * Source: Hyndman & Koehler 2006 (MASE), Makridakis et al. 2022 (RMSSE).
 */
export function pooledAccuracy(scored: Iterable<ScoredForecast>): Accuracy {
  let forecasts = 0;
  let absolute = 0;
  let squared = 0;
  let actuals = 0;
  let scaled = 0;
  let scaledSquared = 0;
  let withScale = 0;
  for (const { actual, forecast, scale } of scored) {
    const error = Math.abs(actual - forecast);
    forecasts++;
    absolute += error;
    squared += error * error;
    actuals += Math.abs(actual);
    if (scale === undefined) continue;
    withScale++;
    scaled += error / scale.absolute;
    scaledSquared += (error * error) / scale.squared;
  }
  return {
    forecasts,
    mae: forecasts > 0 ? absolute / forecasts : undefined,
    rmse: forecasts > 0 ? Math.sqrt(squared / forecasts) : undefined,
    mase: withScale > 0 ? scaled / withScale : undefined,
    rmsse: withScale > 0 ? Math.sqrt(scaledSquared / withScale) : undefined,
    wape: actuals > 0 ? absolute / actuals : undefined,
  };
}
