import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Names under which a Chromium is on the path. */
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const TIMEOUT_MS = 120_000;

/** Prints an HTML file with the first Chromium that is found; undefined when there is none, else whether it did. */
export async function printPdf(page: string, pdf: string, signal: AbortSignal): Promise<boolean | undefined> {
  const profile = await mkdtemp(join(tmpdir(), 'crimetracker-print-'));
  try {
    for (const browser of BROWSERS) {
      const ended = await run(browser, profile, page, pdf, signal);
      if (ended === 'missing') continue;
      return ended === 0 && (await isFile(pdf));
    }
    return undefined;
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function run(
  browser: string,
  profile: string,
  page: string,
  pdf: string,
  signal: AbortSignal,
): Promise<number | null | 'missing'> {
  // Chromium refuses its sandbox to the superuser; the page is our own and runs no script.
  const isSuperuser = process.getuid?.() === 0;
  const args = [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    `--user-data-dir=${profile}`,
    ...(isSuperuser ? ['--no-sandbox'] : []),
    '--no-pdf-header-footer',
    `--print-to-pdf=${resolve(pdf)}`,
    pathToFileURL(resolve(page)).href,
  ];
  return new Promise((done, fail) => {
    // Not the option `timeout`: its timer outlives a program that is not there.
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const child = spawn(browser, args, { stdio: 'ignore', signal: limited });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') done('missing');
      else fail(error);
    });
    child.once('close', done);
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
