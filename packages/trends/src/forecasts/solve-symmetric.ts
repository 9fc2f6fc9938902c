/**
 * Solves A x = b for a symmetric positive definite A in place, b becoming x; false when A is not positive definite.
 * `matrix` holds A row by row, only the lower triangle is read, and is overwritten. Source: Cholesky.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): boolean {
  const size = right.length;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++) {
        value -= (matrix[row * size + k] as number) * (matrix[column * size + k] as number);
      }
      if (row === column) {
        if (!(value > 0)) return false;
        matrix[row * size + row] = Math.sqrt(value);
      } else {
        matrix[row * size + column] = value / (matrix[column * size + column] as number);
      }
    }
  }
  for (let row = 0; row < size; row++) {
    let value = right[row] as number;
    for (let k = 0; k < row; k++) value -= (matrix[row * size + k] as number) * (right[k] as number);
    right[row] = value / (matrix[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = right[row] as number;
    for (let k = row + 1; k < size; k++) value -= (matrix[k * size + row] as number) * (right[k] as number);
    right[row] = value / (matrix[row * size + row] as number);
  }
  return true;
}
