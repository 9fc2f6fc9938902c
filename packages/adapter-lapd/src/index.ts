export { lapd } from './lapd-adapter.js';
export { NOT_PUBLISHED } from './not-published.js';
