export * from './random.js';
export * from './reference.js';
