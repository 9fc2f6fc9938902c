/**
 * Loaded into a measured Node process with --import: when that ends, writes what it used to the file that
 * CRIMETRACKER_BENCH_USAGE names. `time -v` would tell the same, but is not on every system; a parent process in Node
 * cannot ask for its child's figures.
 */

import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const path = process.env.CRIMETRACKER_BENCH_USAGE;
if (isMainThread && path !== undefined) {
  process.on('exit', () => writeFileSync(path, JSON.stringify(process.resourceUsage())));
}
