export * from './count-marts.js';
export * from './mart.js';
export * from './marts-page.js';
