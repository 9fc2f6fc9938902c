import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildInput } from '@crimetracker/lake';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

const RAW_FILE = /\.(csv|tsv|txt)(\.gz)?$/i;

/**
 * Turns paths into the files to read: a file stands for itself, a folder for the .csv, .tsv and .txt files
 * (also .gz) directly in it, `-` for standard input. Throws `path-missing` or `folder-without-files`.
 */
export async function listInputs(
  paths: readonly string[],
  standardInput: NodeJS.ReadableStream,
): Promise<readonly BuildInput[]> {
  const inputs: BuildInput[] = [];
  for (const path of paths) {
    if (path === '-') {
      inputs.push({ path: 'standard input', stream: standardInput });
      continue;
    }
    const info = await stat(path).catch((cause: unknown) => {
      throw new CrimeTrackerError(`${path} does not exist or cannot be reached.`, {
        code: 'path-missing',
        exitCode: EXIT_CODES.usage,
        hint: 'Check the path; quote it when it holds blanks.',
        cause,
      });
    });
    if (!info.isDirectory()) {
      inputs.push({ path });
      continue;
    }
    const names = (await readdir(path, { withFileTypes: true }))
      .filter((entry) => !entry.isDirectory() && RAW_FILE.test(entry.name))
      .map((entry) => entry.name)
      .sort();
    if (names.length === 0) {
      throw new CrimeTrackerError(`The folder ${path} holds no .csv, .tsv or .txt file (nor .gz of one).`, {
        code: 'folder-without-files',
        exitCode: EXIT_CODES.usage,
        hint: 'Subfolders are not searched: name them.',
      });
    }
    inputs.push(...names.map((name) => ({ path: join(path, name) })));
  }
  return inputs;
}
