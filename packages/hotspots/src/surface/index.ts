/** The test of one surface of counts, which needs no engine and no Node: the map of a page uses it. */

export type { CellGrid } from '../cells/cell-grid.js';
export { cellGrid } from '../cells/cell-grid.js';
export { DISCOVERY_RATE, heatClass, testSurface } from '../getis-ord/hot-spots.js';
