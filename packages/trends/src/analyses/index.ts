export * from './analysis.js';
export * from './break-register.js';
export * from './context.js';
export { weekdayName } from './peak-hours-analysis.js';
export * from './run-analyses.js';
