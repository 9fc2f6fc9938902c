import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Starts the Chromium that is on the path; undefined where there is none, and tests that need one are skipped. */
export async function openBrowser(): Promise<Browser | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const executablePath = join(folder, name);
      const isThere = await access(executablePath).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      // Chromium refuses its sandbox to the superuser; WebGL is drawn in software where there is no graphics card.
      const args = ['--enable-unsafe-swiftshader', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
      return chromium.launch({ executablePath, args });
    }
  }
  return undefined;
}

export const NO_BROWSER = 'There is no Chromium on the path.';
