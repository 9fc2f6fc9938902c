export * from './duckdb-dialect.js';
export * from './duckdb-engine.js';
export * from './file-lock.js';
