import { csvChecks } from './csv-checks.js';
import { dialectChecks } from './dialect-checks.js';
import type { EngineCheck } from './engine-check.js';
import { sessionChecks } from './session-checks.js';
import { tableChecks } from './table-checks.js';
import { textChecks } from './text-checks.js';

/** Every claim of the contract. */
export const ENGINE_CHECKS: readonly EngineCheck[] = [
  ...dialectChecks,
  ...textChecks,
  ...csvChecks,
  ...tableChecks,
  ...sessionChecks,
];
