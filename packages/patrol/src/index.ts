export * from './schedule.js';
export * from './weekly-demand.js';
