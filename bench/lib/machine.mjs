import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import duckdb from '@duckdb/node-api';

/** What the figures depend on: the machine, what else it was doing, and the versions. */
export function machineFacts() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${platform()} ${arch()} ${release()}`,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    node: process.version,
    duckdb: duckdb.version(),
    fastCsv: String(createRequire(import.meta.url)('fast-csv/package.json').version),
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** @typedef {ReturnType<typeof machineFacts>} MachineFacts */

/** @param {MachineFacts} facts */
export const describeMachine = (facts) =>
  `${facts.processor}, ${facts.cores} cores, ${facts.memoryGb} GB, ${facts.system}; Node ${facts.node}, DuckDB ${facts.duckdb}, fast-csv ${facts.fastCsv}; ` +
  `load average at start ${facts.loadAtStart}; ${facts.commit}, ${facts.date}`;

function commit() {
  try {
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const run = (/** @type {string[]} */ args) =>
      execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
    return `commit ${run(['rev-parse', '--short', 'HEAD'])}${run(['status', '--porcelain']) === '' ? '' : ' with changes'}`;
  } catch {
    return 'commit unknown';
  }
}
