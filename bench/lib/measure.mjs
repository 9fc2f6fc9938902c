import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PRELOAD = new URL('report-usage.mjs', import.meta.url).href;

/**
 * @typedef {object} Measured A whole process, from its start to its end.
 * @property {number} seconds wall clock
 * @property {number} cpuSeconds of all its threads
 * @property {number} peakBytes greatest resident memory
 * @property {string} stdout
 * @property {readonly Step[]} steps lines it wrote to standard error, each until the next one
 *
 * @typedef {object} Step
 * @property {string} label
 * @property {number} seconds
 */

/**
 * Runs a Node script as a process of its own and measures it; rejects when it fails or is aborted.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ readonly work: string, readonly signal: AbortSignal }} options
 * @returns {Promise<Measured>}
 */
export async function measure(script, args, { work, signal }) {
  signal.throwIfAborted();
  const usageFile = join(work, `usage-${process.pid}.json`);
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', PRELOAD, script, ...args], {
    env: { ...process.env, CRIMETRACKER_BENCH_USAGE: usageFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  /** @type {{ label: string, at: number }[]} */
  const lines = [];
  createInterface({ input: child.stderr }).on('line', (label) =>
    lines.push({ label, at: performance.now() }),
  );
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  // Waits for the end even when aborted: a process that still writes would bring a removed folder back.
  const [code, killedBy] = await once(child, 'close');
  const ended = performance.now();
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) {
    const last = lines.slice(-12).map(({ label }) => label);
    throw new Error(`${script} ended with ${killedBy ?? code}:\n${last.join('\n')}`);
  }
  const usage = JSON.parse(await readFile(usageFile, 'utf8'));
  await rm(usageFile);
  return {
    seconds: (ended - started) / 1000,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakBytes: usage.maxRSS * 1024,
    stdout,
    steps: lines.map(({ label, at }, index) => ({
      label,
      seconds: ((lines[index + 1]?.at ?? ended) - at) / 1000,
    })),
  };
}

/** Reads files from end to end, so that every run finds them in the page cache. @param {readonly string[]} paths */
export async function warmPageCache(paths) {
  for (const path of paths) for await (const _ of createReadStream(path, { highWaterMark: 1 << 22 }));
}
