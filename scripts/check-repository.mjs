// Rules of this repository that no other tool checks. Reads every file that git knows or would add; prints every breach.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './console.mjs';

const SCOPE = '@crimetracker/';
const WORKSPACE_GROUPS = ['packages', 'apps'];
const SINGLE_WORKSPACES = ['bench'];

const TRACES = [
  {
    what: 'names a package registry host',
    pattern:
      /\bregistry\.[a-z0-9-]+\.[a-z]|\bnpmmirror\b|\bartifactory\b|\bjfrog\b|\bverdaccio\b|^\s*registry\s*=|:_auth[T]oken/im,
  },
  {
    what: 'names a path of one machine',
    pattern: /(?<![\w.~-])\/(?:home|Users|root|work|workspace)\/[\w.-]|[A-Z]:\\Users\\|file:\/\/\/[a-z]/,
  },
];

const problems = [
  ...versionProblems(),
  ...workspaces().flatMap(workspaceProblems),
  ...files().flatMap(traceProblems),
  ...files().flatMap(indexProblems),
].sort();

if (problems.length > 0) {
  console.error(
    `${problems.join('\n')}\n\n${problems.length} breaches of the rules in scripts/check-repository.mjs`,
  );
  process.exit(1);
}

/** Every version is exact, so that the same commit is the same program everywhere. */
function versionProblems() {
  const manifests = files().filter((path) => basename(path) === 'package.json');
  const inManifests = manifests.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = json(path);
    return Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
      ...peerDependencies,
    })
      .filter(([, version]) => !/^(workspace:\*|catalog:|link:[\w./-]+)$/.test(version) && !isExact(version))
      .map(
        ([name, version]) =>
          `${path}: ${name} is "${version}"; write an exact version, catalog: or workspace:*`,
      );
  });
  const catalog = /^catalog:\n((?: .*\n)*)/m.exec(read('pnpm-workspace.yaml'))?.[1] ?? '';
  const inCatalog = catalog
    .split('\n')
    .map((line) => /^\s+'?([^':]+)'?:\s*(.+)$/.exec(line))
    .filter((match) => match !== null && !isExact(match[2]))
    .map(([, name, version]) => `pnpm-workspace.yaml: ${name} is "${version}"; write an exact version`);
  return [...inManifests, ...inCatalog];
}

function isExact(version) {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
}

/** Every package is named after its folder, explains itself, and has a place in the boundary rules. */
function workspaceProblems(path) {
  const { license, name, private: isPrivate, type } = json(`${path}/package.json`);
  const knownTags = Object.keys(json('turbo.json').boundaries.tags);
  const tags = existsSync(join(ROOT, path, 'turbo.json')) ? (json(`${path}/turbo.json`).tags ?? []) : [];
  return [
    name !== `${SCOPE}${basename(path)}` && `${path}/package.json: the name is not ${SCOPE}${basename(path)}`,
    license !== 'Apache-2.0' && `${path}/package.json: the licence is not Apache-2.0`,
    isPrivate !== true && `${path}/package.json: "private": true is missing`,
    type !== 'module' && `${path}/package.json: "type": "module" is missing`,
    !tags.some((tag) => knownTags.includes(tag)) &&
      `${path}/turbo.json: no tag of ${knownTags.join(', ')}; without one the boundary rules do not see the package`,
    !existsSync(join(ROOT, path, 'README.md')) && `${path}: README.md is missing`,
  ].filter((problem) => problem !== false);
}

/** Nothing in the repository depends on the machine or the registry it was written with. */
function traceProblems(path) {
  const text = read(path);
  if (text.includes('\0')) return [];
  return TRACES.flatMap(({ pattern, what }) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return [`${path}:${line}: ${what}: ${match[0].trim()}`];
  });
}

/** An index file is a list of what a folder offers, not a place for code. */
function indexProblems(path) {
  if (basename(path) !== 'index.ts') return [];
  const rest = read(path)
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replaceAll(/^\s*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']+';/gm, '')
    .trim();
  return rest === '' ? [] : [`${path}: holds more than re-exports: ${rest.split('\n')[0]}`];
}

function workspaces() {
  const grouped = WORKSPACE_GROUPS.flatMap((group) =>
    readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`),
  );
  return [...grouped, ...SINGLE_WORKSPACES].filter((path) => existsSync(join(ROOT, path, 'package.json')));
}

/** Files that git tracks or would add; without git (a downloaded archive) those of the folders that hold sources. */
function files() {
  files.cache ??= listFiles().filter((path) => existsSync(join(ROOT, path)));
  return files.cache;
}

function listFiles() {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', args, options).split('\0').filter(Boolean);
  } catch {
    const skipped = new Set(['.git', '.turbo', 'coverage', 'dist', 'node_modules']);
    return readdirSync(ROOT, { recursive: true }).filter(
      (path) => !path.split(/[\\/]/).some((part) => skipped.has(part)) && statSync(join(ROOT, path)).isFile(),
    );
  }
}

function json(path) {
  return JSON.parse(read(path));
}

function read(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}
