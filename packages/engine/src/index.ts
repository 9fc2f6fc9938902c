export * from './dialect.js';
export * from './engine.js';
