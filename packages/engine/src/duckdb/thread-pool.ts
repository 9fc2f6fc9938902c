import { stat } from 'node:fs';

/**
 * Gives Node's thread pool, in which statements and file operations run, a trifle to do every second until the answer
 * is called; a process may end in the meantime.
 *
 * The C library of many systems (glibc before 2.41, its bug 25847) can lose the wake-up of a thread that waits for work:
 * an operation then waits until the next one comes, which may be never. A hang that fits it was seen once while 20,000
 * small files were built on Debian 12, and ended with the next work for the pool (2026-11-27); that this is the cause is
 * inferred, not proved.
 */
export function keepThreadPoolAwake(): () => void {
  const timer = setInterval(() => stat('.', () => undefined), 1000).unref();
  return () => clearInterval(timer);
}
