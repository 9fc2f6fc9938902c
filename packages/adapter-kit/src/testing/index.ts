export * from './check.js';
export * from './describe-city-adapter.js';
export * from './example-adapter.js';
export * from './hostile-texts.js';
export * from './problem.js';
export * from './run-checks.js';
export * from './subject.js';
