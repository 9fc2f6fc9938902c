/**
 * Least squares of a tall design by orthogonal columns (Gram–Schmidt, each column twice), so that the leverages come
 * for free. One object serves all steps of an iteration: nothing is allocated between them.
 */
export interface LeastSquares {
  /** Solves for the weights and the target; the index of a column that depends on those before it, else −1. */
  solve(weights: Float64Array, target: Float64Array): number;
  readonly coefficients: Float64Array;
  /** The leverage (hat value) of each row, filled by `readLeverages`. */
  readLeverages(): Float64Array;
  /** (X′WX)⁻¹ of the last solution, row by row. */
  readInverse(): Float64Array[];
}

/** A column counts as dependent when this share of its length is left, as in R's glm.fit. */
const DEPENDENT = 1e-11;

export function createLeastSquares(columns: readonly Float64Array[], rows: number): LeastSquares {
  const size = columns.length;
  const basis = columns.map(() => new Float64Array(rows));
  const triangle = columns.map(() => new Float64Array(size));
  const coefficients = new Float64Array(size);
  const scaled = new Float64Array(rows);
  const projections = new Float64Array(size);

  function solve(weights: Float64Array, target: Float64Array): number {
    for (let j = 0; j < size; j += 1) {
      const column = columns[j] as Float64Array;
      const vector = basis[j] as Float64Array;
      let length = 0;
      for (let i = 0; i < rows; i += 1) {
        const value = (column[i] as number) * Math.sqrt(weights[i] as number);
        vector[i] = value;
        length += value * value;
      }
      for (let k = 0; k < j; k += 1) (triangle[k] as Float64Array)[j] = 0;
      for (let pass = 0; pass < 2; pass += 1) {
        for (let k = 0; k < j; k += 1) {
          const other = basis[k] as Float64Array;
          let product = 0;
          for (let i = 0; i < rows; i += 1) product += (other[i] as number) * (vector[i] as number);
          for (let i = 0; i < rows; i += 1)
            vector[i] = (vector[i] as number) - product * (other[i] as number);
          const row = triangle[k] as Float64Array;
          row[j] = (row[j] as number) + product;
        }
      }
      let left = 0;
      for (let i = 0; i < rows; i += 1) left += (vector[i] as number) ** 2;
      if (!(left > DEPENDENT * DEPENDENT * length)) return j;
      const norm = Math.sqrt(left);
      (triangle[j] as Float64Array)[j] = norm;
      for (let i = 0; i < rows; i += 1) vector[i] = (vector[i] as number) / norm;
    }
    for (let i = 0; i < rows; i += 1) scaled[i] = (target[i] as number) * Math.sqrt(weights[i] as number);
    for (let j = 0; j < size; j += 1) {
      const vector = basis[j] as Float64Array;
      let product = 0;
      for (let i = 0; i < rows; i += 1) product += (vector[i] as number) * (scaled[i] as number);
      for (let i = 0; i < rows; i += 1) scaled[i] = (scaled[i] as number) - product * (vector[i] as number);
      projections[j] = product;
    }
    for (let j = size - 1; j >= 0; j -= 1) {
      const row = triangle[j] as Float64Array;
      let rest = projections[j] as number;
      for (let k = j + 1; k < size; k += 1) rest -= (row[k] as number) * (coefficients[k] as number);
      coefficients[j] = rest / (row[j] as number);
    }
    return -1;
  }

  function readLeverages(): Float64Array {
    const leverages = new Float64Array(rows);
    for (const vector of basis) {
      for (let i = 0; i < rows; i += 1) leverages[i] = (leverages[i] as number) + (vector[i] as number) ** 2;
    }
    return leverages;
  }

  function readInverse(): Float64Array[] {
    // R⁻¹ column by column, then R⁻¹ R⁻ᵀ.
    const inverse = columns.map(() => new Float64Array(size));
    for (let j = 0; j < size; j += 1) {
      for (let i = j; i >= 0; i -= 1) {
        const row = triangle[i] as Float64Array;
        let rest = i === j ? 1 : 0;
        for (let k = i + 1; k <= j; k += 1)
          rest -= (row[k] as number) * ((inverse[k] as Float64Array)[j] as number);
        (inverse[i] as Float64Array)[j] = rest / (row[i] as number);
      }
    }
    return inverse.map((a) =>
      Float64Array.from(inverse, (b) => a.reduce((sum, value, k) => sum + value * (b[k] as number), 0)),
    );
  }

  return { solve, coefficients, readLeverages, readInverse };
}
