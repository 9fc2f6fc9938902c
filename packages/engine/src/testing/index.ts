export * from './adversarial-texts.js';
export * from './describe-engine.js';
export * from './engine-check.js';
export * from './engine-checks.js';
