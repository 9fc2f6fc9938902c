export * from './nypd-adapter.js';
