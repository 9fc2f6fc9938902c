export * from './cells/cell-grid.js';
export * from './cells/neighbours.js';
export * from './concentration/concentration-curve.js';
export * from './concentration/generalised-gini.js';
export * from './getis-ord/gi-star.js';
export * from './getis-ord/hot-spots.js';
export * from './getis-ord/permutation-p.js';
export * from './getis-ord/simulated-permutation-p.js';
