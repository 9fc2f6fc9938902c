export * from './crime-mix.js';
export * from './log-odds-slope.js';
export * from './share-change.js';
export * from './weapon-trend.js';
