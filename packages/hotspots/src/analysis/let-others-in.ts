import { setImmediate } from 'node:timers/promises';

/** Lets what waits run, a request to stop above all; rejects when it was made. Long work calls it now and then. */
export async function letOthersIn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
