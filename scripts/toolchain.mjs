// How the tools get onto a machine that has only Node and npm.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { env, platform, version, versions } from 'node:process';
import { fail, ROOT, requiredStep } from './console.mjs';

/**
 * Installs the dependencies and builds every package; quick when nothing changed. Asks nothing. Resolves to the environment in
 * which pnpm and the repository's tools are found.
 */
export async function setUp() {
  checkNode();
  const { packageManager } = packageJson();
  const pnpmFolder = rememberedPnpm(packageManager) ?? (await fetchPnpm(packageManager));
  const path = [join(ROOT, 'node_modules', '.bin'), pnpmFolder, env.PATH].join(delimiter);
  const tools = { ...env, ...QUIET, PATH: path };

  await requiredStep('Installing dependencies', 'pnpm', ['install', '--frozen-lockfile'], tools);
  rememberPnpm(packageManager, pnpmFolder);
  await requiredStep('Building', 'turbo', ['run', 'build', '--output-logs=errors-only'], tools);
  return tools;
}

function checkNode() {
  const wanted = packageJson().engines.node.replace('>=', '');
  const [major, minor] = wanted.split('.').map(Number);
  const [actualMajor, actualMinor] = versions.node.split('.').map(Number);
  if (actualMajor > major || (actualMajor === major && actualMinor >= minor)) return;
  fail(
    `CrimeTracker 360 needs Node ${wanted} or newer; this is Node ${version}. Install a newer Node and try again.`,
    2,
  );
}

/**
 * Turborepo looks for `pnpm` on the PATH, and a fresh machine has none. npx brings the pinned version into npm's own
 * cache. Its place is remembered, because npx asks the registry each time, even for an exact version it already has.
 */
async function fetchPnpm(packageManager) {
  const printed = await requiredStep(
    `Fetching ${packageManager.replace('@', ' ')}`,
    'npx',
    ['--yes', `--package=${packageManager}`, '-c', 'node -p process.env.PATH'],
    { ...env, ...QUIET },
  );
  return printed.trim().split('\n').at(-1).split(delimiter)[0];
}

function rememberedPnpm(packageManager) {
  const note = noteOf(packageManager);
  const folder = existsSync(note) ? readFileSync(note, 'utf8') : '';
  return existsSync(join(folder, platform === 'win32' ? 'pnpm.cmd' : 'pnpm')) ? folder : undefined;
}

function rememberPnpm(packageManager, folder) {
  const note = noteOf(packageManager);
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, folder);
}

function noteOf(packageManager) {
  return join(ROOT, 'node_modules', '.cache', `${packageManager}.path`);
}

const QUIET = {
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  TURBO_TELEMETRY_DISABLED: '1',
};

function packageJson() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}
