export * from './count-marts.js';
export * from './marts-page.js';
