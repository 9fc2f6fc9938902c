export * from './counts.js';
export * from './dimensions.js';
export * from './filters.js';
export * from './periods.js';
