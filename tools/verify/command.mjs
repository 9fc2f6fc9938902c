// The crimetracker command as a process of its own, without a limit of time.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BIN = fileURLToPath(new URL('../../apps/runner/bin/crimetracker.js', import.meta.url));

/** Runs the command and returns its standard output; throws when it fails. */
export async function command(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...args], { maxBuffer: 2 ** 30 });
  return stdout;
}
