export * from './allocation/check-schedule.js';
export * from './allocation/covered-harm.js';
export * from './allocation/program-solver.js';
export * from './allocation/schedule-patrols.js';
export * from './schedule.js';
export * from './weekly-demand.js';
