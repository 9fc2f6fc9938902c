export * from './cells/cell-grid.js';
export * from './cells/neighbours.js';
