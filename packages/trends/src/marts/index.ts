export * from './count-marts.js';
export * from './mart.js';
