// Draws docs/dashboard: each view of the dashboard, light and dark, in the Chromium of this machine.
//   npx crimetracker demo --rows 1000000 --out demo && npx crimetracker serve --lake demo/lake
//   node scripts/draw-dashboard.mjs http://127.0.0.1:3600/
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, env, getuid } from 'node:process';
import { ROOT } from './console.mjs';

const { chromium } = createRequire(join(ROOT, 'apps/runner/package.json'))('playwright-core');
const ADDRESS = argv[2] ?? 'http://127.0.0.1:3600/';
const FOLDER = join(ROOT, 'docs/dashboard');
const QUERY = '?from=2010-01-01&to=2023-12-31&crime_category=Burglary';
/** Views by what they are called, with what is chosen in them. */
const VIEWS = [
  ['headlines', ''],
  ['series', QUERY],
  ['categories', ''],
  ['week-hours', ''],
  ['weapons', '?from=2010-01-01&to=2023-12-31'],
  ['kinds', ''],
  ['map', ''],
  ['map', '', 'Hot and cold (Gi*)', 'map-gi'],
  ['map', '', 'How they emerged', 'map-emerging'],
  ['jurisdictions', ''],
  ['persons', ''],
  ['schedule', ''],
  ['quality', ''],
];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 2400 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const phone = await browser.newPage({
    viewport: { width: 360, height: 780 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await phone.goto(ADDRESS);
  await phone.locator('#categories button').first().waitFor();
  await phone.waitForTimeout(1_500);
  await phone.screenshot({ path: join(FOLDER, `phone-${colorScheme}.png`) });
  await page.goto(ADDRESS);
  await page.locator('#categories button').first().waitFor();
  await page.waitForTimeout(2_500);
  await page.screenshot({
    path: join(FOLDER, `page-${colorScheme}.png`),
    clip: { x: 0, y: 0, width: 1180, height: 1300 },
  });
  for (const [id, query, choice, name = id] of VIEWS) {
    await page.goto(`${ADDRESS}${query}`);
    const view = page.locator(`#${id}`);
    await view.scrollIntoViewIfNeeded();
    await page.waitForTimeout(2_000);
    if (choice !== undefined) await view.getByText(choice).click();
    await page.waitForTimeout(1_000);
    // What sticks to the top would lie over the view.
    await page.addStyleTag({ content: '.bar { position: static !important }' }).catch(() => {});
    await view.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
  }
}
await browser.close();
