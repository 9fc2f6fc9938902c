import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { writeVintage } from '@crimetracker/synthetic';
import { format, parse } from 'fast-csv';
import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NO_BROWSER, openBrowser } from './browser.js';
import { runCommand } from './command.js';
import { startDashboard } from './dashboard-process.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Texts that do harm where they are taken for anything but text. */
const HOSTILE = [
  '<script>window.hostile = 1</script>',
  '</script><script>window.hostile = 1</script>',
  '"><img src=x onerror="window.hostile = 1">',
  "' onmouseover='window.hostile = 1",
  '<svg/onload=window.hostile=1>',
  '](javascript:window.hostile=1) [a](http://example.com/)',
  '| a | b |\u0060c\u0060 # d',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd',
  '+1-1+cmd',
  '-2+3+cmd',
  '\t=1+1',
  '\u202egnp.exe\u202c and \u2066text\u2069',
  `<b>${'A'.repeat(65_536)}</b>`,
  '&lt;script&gt;&amp;&#60;',
] as const;
/** Columns that the files write in words, of which some come through to a reader as they are. */
const COLUMNS = [
  'OFNS_DESC',
  'PD_DESC',
  'JURIS_DESC',
  'PREM_TYP_DESC',
  'LAW_CAT_CD',
  'Crm Cd Desc',
  'Premis Desc',
  'Status',
  'Status Desc',
  'Weapon Desc',
  'Vict Descent',
];
const EVERY = 7;

let work: string;
let lake: string;
let browser: Browser | undefined;

/** Copies a raw file with a hostile text in every few cells of the columns. */
async function plant(from: string, to: string): Promise<void> {
  let count = 0;
  await pipeline(
    createReadStream(from),
    parse({ headers: true }),
    async function* change(rows: AsyncIterable<Record<string, string>>) {
      for await (const row of rows) {
        for (const column of COLUMNS) {
          if (row[column] === undefined) continue;
          count += 1;
          if (count % EVERY === 0) row[column] = HOSTILE[(count / EVERY) % HOSTILE.length] ?? '';
        }
        yield row;
      }
    },
    format({ headers: true }),
    createWriteStream(to),
  );
  expect(count).toBeGreaterThan(EVERY * HOSTILE.length);
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-hostile-'));
  lake = join(work, 'lake');
  const planted: string[] = [];
  for (const vintage of ['nypd-b', 'lapd-a'] as const) {
    const clean = join(work, `${vintage}-clean.csv`);
    await writeVintage({ path: clean, vintage, rows: 3_000, seed: 11 });
    const file = join(work, `=cmd()<img src=x onerror=window.hostile=1> ${vintage}.csv`);
    await plant(clean, file);
    planted.push(file);
  }
  const built = await runCommand(['build', ...planted, '--lake', lake]);
  expect(built, built.stderr).toMatchObject({ exitCode: 0 });
  const made = await runCommand(['report', '--out', join(work, 'report'), '--lake', lake]);
  expect(made, made.stderr).toMatchObject({ exitCode: 0 });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

describe('a report of files full of hostile text', () => {
  it('has them to tell, so that something is tested', async () => {
    const page = await readFile(join(work, 'report', 'report.html'), 'utf8');
    expect(page).toContain('=cmd()&lt;img src=x onerror=window.hostile=1&gt; nypd-b.csv');
    const { stdout } = await runCommand(['ledger', '--lake', lake, '--json']);
    for (const text of HOSTILE.filter((one) => one.length < 100 && one === one.trim())) {
      expect(stdout).toContain(JSON.stringify(text).slice(1, -1));
    }
  });

  it('is valid HTML', async () => {
    const page = await readFile(join(work, 'report', 'report.html'), 'utf8');
    const { results } = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(page);
    const messages = results.flatMap((result) =>
      result.messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
    );
    expect(messages).toEqual([]);
  });

  it('has no element, attribute or link that came from the data', async () => {
    const page = await readFile(join(work, 'report', 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('img, b, iframe, object, embed').length).toBe(0);
    for (const script of document.querySelectorAll('script'))
      expect(script.getAttribute('type')).toBe('application/json');
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/i);
        expect(value).not.toMatch(/^\s*javascript:/i);
      }
    }
  });

  it('runs nothing and asks for nothing in a browser', async ({ skip }) => {
    if (browser === undefined) skip(NO_BROWSER);
    const page = await browser?.newPage();
    if (page === undefined) return;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = pathToFileURL(join(work, 'report', 'report.html')).href;
    await page.goto(address);
    await page.mouse.move(200, 200);
    expect(await page.evaluate(() => 'hostile' in globalThis)).toBe(false);
    expect(asked.filter((url) => url !== address)).toEqual([]);
    // The page is no wider than the window, whatever the length of a text.
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.close();
  });

  it('is Markdown without tag or link of the data', async () => {
    const text = await readFile(join(work, 'report', 'report.md'), 'utf8');
    expect(text).not.toMatch(/<(?:script|img|svg|b)\b/i);
    expect(text).not.toMatch(/(?<!\\)\]\(javascript:/);
  });

  it('is CSV in which no cell is a formula', async () => {
    const folder = join(work, 'report', 'csv');
    for (const name of await readdir(folder)) {
      const rows = createReadStream(join(folder, name)).pipe(parse());
      for await (const row of rows as AsyncIterable<readonly string[]>) {
        for (const cell of row) if (!/^[-+]?\d/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }
    }
  });
});

it('the dashboard of such files runs nothing, and shows the texts as texts', async ({ skip }) => {
  if (browser === undefined) skip(NO_BROWSER);
  const dashboard = await startDashboard(lake);
  const page = await browser?.newPage();
  if (page === undefined) return;
  try {
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('dialog', (dialog) => messages.push(dialog.message()));
    await page.goto(dashboard.url);
    const quality = page.locator('#quality');
    await quality.scrollIntoViewIfNeeded();
    await quality.locator('details').first().waitFor();
    for (const summary of await quality.locator('summary').all()) await summary.click();
    await expect.poll(() => quality.textContent()).toContain('=cmd()<img src=x onerror=window.hostile=1>');
    expect(await quality.locator('script, img, iframe, b:has-text("AAAA")').count()).toBe(0);
    await page.mouse.move(300, 300);
    expect(await page.evaluate(() => 'hostile' in globalThis)).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(messages).toEqual([]);
    for (const address of [
      '?crime_category=<script>window.hostile=1</script>',
      '?jurisdiction=<img src=x onerror=window.hostile=1>',
      '#<img src=x onerror=window.hostile=1>',
    ]) {
      await page.goto(`${dashboard.url}${address}`);
      await page.locator('#categories').waitFor();
      expect(await page.evaluate(() => 'hostile' in globalThis), address).toBe(false);
      expect(await page.locator('img').count()).toBe(0);
    }
  } finally {
    await page.close();
    await dashboard.stop();
  }
});
