export * from './analyses/index.js';
export * from './marts/index.js';
