import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { CityIndex, Filters, ValueDimension } from '@crimetracker/crossfilter';
import { filtersToQuery, hasPersonFilter, namesSexOffence, readCities } from '@crimetracker/crossfilter';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import { generateRawFiles } from '@crimetracker/synthetic';
import axe from 'axe-core';
import { parseString } from 'fast-csv';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_BROWSER, openBrowser } from './browser.js';
import { runCommand } from './command.js';
import type { DashboardProcess } from './dashboard-process.js';
import { startDashboard } from './dashboard-process.js';
import type { ExpectedCounts } from './expected-counts.js';
import { expectCounts } from './expected-counts.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

/** A lake of one's own, such as one of a million records; without it a small one is made. */
const GIVEN_LAKE = process.env.CRIMETRACKER_TEST_LAKE;
const DIMENSION_TITLES: Readonly<Record<string, ValueDimension>> = {
  Category: 'crime_category',
  'Class in law': 'law_class',
  Location: 'location_category',
  Weapon: 'weapon_category',
  'Arrest made': 'arrest_made',
  'Victim: age': 'victim_age',
  'Victim: sex': 'victim_sex',
  'Victim: race group': 'victim_race_group',
  'Suspect: age': 'suspect_age',
  'Suspect: sex': 'suspect_sex',
  'Suspect: race group': 'suspect_race_group',
};
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

let work: string;
let lake: string;
let engine: Engine;
let indexes: readonly CityIndex[];
let dashboard: DashboardProcess;
/** The days that the page shows at first. */
let usualDays: Filters;
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  if (browser === undefined) return;
  work = await mkdtemp(join(tmpdir(), 'crimetracker-page-'));
  lake = GIVEN_LAKE ?? join(work, 'lake');
  if (GIVEN_LAKE === undefined) {
    await generateRawFiles({ out: join(work, 'raw'), rows: 30_000, seed: 17, years: [2018, 2023] });
    await buildFrom('raw');
  }
  await readLake();
  dashboard = await startDashboard(lake);
  const catalogue = await fetch(`${dashboard.url}data/${dashboard.snapshot}/catalogue.json`);
  usualDays = ((await catalogue.json()) as { readonly defaultRange: Filters }).defaultRange;
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.stop();
  await engine?.close();
  if (work !== undefined) await rm(work, { recursive: true, force: true });
});

async function buildFrom(folder: string, ...flags: readonly string[]): Promise<void> {
  const names = (await readdir(join(work, folder))).filter((name) => name.endsWith('.csv'));
  const files = names.map((name) => join(work, folder, name));
  const built = await runCommand(['build', ...files, '--lake', lake, ...flags]);
  expect(built, built.stderr).toMatchObject({ exitCode: 0 });
}

async function readLake(): Promise<void> {
  await engine?.close();
  engine = await openDuckDb({ memoryLimit: '2GB' });
  await attachSnapshot(engine, await openSnapshot(await openLakeFolder(lake)));
  indexes = (await readCities(engine)).map(({ index }) => index);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** A file server that knows nothing of the dashboard. */
async function serveFolder(
  folder: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    const path = asked === '/' ? 'index.html' : asked;
    readFile(join(folder, path)).then(
      (bytes) =>
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const addressOf = (filters: Filters): string => {
  const query = filtersToQuery(filters).toString();
  return query === '' ? dashboard.url : `${dashboard.url}?${query}`;
};

/** Waits until the page shows the counts of its filters. */
async function settled(on: Page = page): Promise<void> {
  await on.waitForSelector('main .panel');
  await expect
    .poll(() => on.locator('.panel[aria-busy=true]').count(), { timeout: 20_000, interval: 20 })
    .toBe(0);
}

async function open(filters: Filters = {}): Promise<void> {
  await page.goto(addressOf(filters));
  await settled();
}

/** The numbers of a panel, from the CSV that it offers. */
async function numbersOf(id: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const panel = page.locator(`#${id}`);
  await panel.locator('summary', { hasText: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Numbers (CSV)' }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  const rows: Record<string, string>[] = [];
  for await (const row of parseString(text.replace(/^\ufeff/, ''), { headers: true }) as AsyncIterable<
    Record<string, string>
  >) {
    rows.push(row);
  }
  return rows;
}

/** A count as the page writes it into a CSV. */
function told(count: number, filters: Filters, ofPersons = false): string {
  const least = namesSexOffence(filters) ? 10 : 5;
  const isHidden = (ofPersons || hasPersonFilter(filters)) && count > 0 && count < least;
  return isHidden ? `fewer than ${least}` : String(count);
}

/** Holds every linked view of the page against what SQL gives for the filters. */
async function expectViews(filters: Filters): Promise<void> {
  const shown = indexes.filter(({ source }) => filters.source?.includes(source) ?? true);
  const expected = new Map<string, ExpectedCounts>();
  for (const { source, city } of shown)
    expected.set(city, await expectCounts(engine, source, { ...usualDays, ...filters }));
  const of = (city: string | undefined): ExpectedCounts => {
    const found = expected.get(city ?? '');
    if (found === undefined) throw new Error(`${city} is shown`);
    return found;
  };

  for (const row of await numbersOf('headlines')) {
    expect(row.Incidents, `total of ${row.City}`).toBe(told(of(row.City).total, filters));
  }
  for (const id of ['categories', 'kinds', 'persons']) {
    for (const row of await numbersOf(id)) {
      const dimension = DIMENSION_TITLES[row.Kind ?? ''];
      expect(dimension, row.Kind).toBeDefined();
      for (const { city } of shown) {
        const count = of(city).values[dimension ?? 'law_class'][row.Value ?? ''] ?? 0;
        expect(row[`Incidents, ${city}`], `${city}, ${row.Kind} ${row.Value}`).toBe(
          told(count, filters, id === 'persons'),
        );
      }
    }
  }
  for (const row of await numbersOf('jurisdictions')) {
    const count = of(row.City).values.jurisdiction[row.Jurisdiction ?? ''] ?? 0;
    expect(row.Incidents, `${row.Jurisdiction}`).toBe(told(count, filters));
  }
  let hours = 0;
  for (const row of await numbersOf('week-hours')) {
    if (row.Hour === 'no time') continue;
    hours += 1;
    const slot = WEEKDAYS.indexOf(row.Weekday ?? '') * 24 + Number(row.Hour);
    expect(row.Incidents, `${row.City} ${row.Weekday} ${row.Hour}`).toBe(
      told(of(row.City).weekHours[slot] ?? 0, filters),
    );
  }
  expect(hours).toBe(168 * shown.length);
  const series = new Map<string, number>();
  for (const row of await numbersOf('series')) {
    if (/^\d+$/.test(row.Incidents ?? ''))
      series.set(row.City ?? '', (series.get(row.City ?? '') ?? 0) + Number(row.Incidents));
  }
  if (!hasPersonFilter(filters))
    for (const { city } of shown) expect(series.get(city) ?? 0, `series of ${city}`).toBe(of(city).total);
  const map = await numbersOf('map');
  for (const { city } of shown) {
    const { cells, values } = of(city);
    const own = Object.fromEntries(
      map.filter((row) => row.City === city).map((row) => [row.Place, row.Incidents]),
    );
    const places = Object.entries(cells ?? values.jurisdiction).map(([name, count]) => [
      name,
      told(count, filters),
    ]);
    for (const [name = '', count] of places) expect(own[name], `${city}, ${name}`).toBe(count);
    if (cells !== undefined) expect(Object.keys(own).length).toBe(places.length);
  }
}

/** Chooses a value in a filter of the bar, as a user would. */
async function choose(button: string, legend: string, value: string): Promise<void> {
  const bar = page.getByRole('region', { name: 'Filters' });
  const summary = bar.locator('summary', { hasText: button });
  await summary.click();
  const list = bar.locator('fieldset', {
    has: page.locator('legend', { hasText: new RegExp(`^${legend}$`) }),
  });
  await list.getByLabel(value, { exact: true }).check();
  await summary.click();
  await settled();
}

describe('the page of the dashboard', () => {
  beforeEach(({ skip }) => {
    if (browser === undefined) skip(NO_BROWSER);
  });

  it('shows the last whole year at first, without asking anyone else for anything, and says nothing to the console', async () => {
    const foreign: string[] = [];
    const messages: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(dashboard.url) && !/^(?:blob|data):/.test(request.url()))
        foreign.push(request.url());
    });
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    await open();
    await expectViews({});
    expect(foreign).toEqual([]);
    expect(messages).toEqual([]);
  });

  it.each([
    ['City', 'City', 'New York', { source: ['nypd'] }],
    ['Category', 'Crime category', 'Burglary', { crime_category: ['Burglary'] }],
    ['Category', 'Crime category', 'Rape', { crime_category: ['Rape'] }],
    ['Law class', 'Law class', 'Felony', { law_class: ['Felony'] }],
    ['Weapon', 'Weapon', 'Firearm', { weapon_category: ['Firearm'] }],
    ['Location', 'Location type', 'Street', { location_category: ['Street'] }],
    ['Jurisdiction', 'Jurisdiction', 'Precinct 75', { jurisdiction: ['Precinct 75'], source: ['nypd'] }],
    ['Weekday and hour', 'Weekday', 'Saturday', { weekday: [5] }],
    ['Weekday and hour', 'Hour', '22:00', { hour: [22] }],
    ['Persons', 'Victim age', '18-24', { victim_age: ['18-24'] }],
    ['Persons', 'Suspect sex', 'Male', { suspect_sex: ['Male'] }],
    ['Arrest', 'Arrest recorded', 'Yes', { arrest_made: ['Yes'] }],
  ] satisfies readonly (readonly [string, string, string, Filters])[])(
    'filter %s: %s %s changes every view to what SQL gives',
    async (button, legend, value, filters) => {
      await open();
      await choose(button, legend, value);
      expect(new URL(page.url()).search.slice(1)).toBe(filtersToQuery(filters).toString());
      await expectViews(filters);
    },
  );

  it('filters by dates and several things at once, and goes back and forth through them', async () => {
    await open();
    await page.getByRole('region', { name: 'Filters' }).locator('summary', { hasText: '2023' }).click();
    await page.getByLabel('First day').fill('2022-03-10');
    await page.getByLabel('First day').press('Enter');
    await settled();
    await page.locator('#categories').getByRole('button', { name: 'Robbery' }).click();
    await settled();
    await page.locator('#jurisdictions').getByRole('button', { name: 'Central', exact: true }).click();
    await settled();
    const all: Filters = {
      from: '2022-03-10',
      to: '2023-12-31',
      source: ['lapd'],
      crime_category: ['Robbery'],
      jurisdiction: ['Central'],
    };
    expect(filtersToQuery(all).toString()).toContain(new URL(page.url()).search.slice(1));
    await expectViews(all);
    await page.goBack();
    await settled();
    expect(page.url()).not.toContain('jurisdiction');
    await page.goForward();
    await settled();
    await page.getByRole('button', { name: 'Clear Crime category' }).click();
    await settled();
    expect(page.url()).not.toContain('crime_category');
    await page.getByRole('button', { name: 'Reset' }).click();
    await settled();
    expect(new URL(page.url()).search).toBe('');
  });

  it('restores exactly what a link holds, in a new window', async () => {
    const filters: Filters = {
      from: '2021-02-03',
      to: '2023-04-05',
      crime_category: ['Robbery', 'Burglary'],
      weekday: [4, 5],
      hour: [20, 21, 22],
      cell: indexes[1]?.cells[8].slice(0, 30) ?? [],
    };
    await open(filters);
    await expectViews(filters);
    const chips = await page.getByRole('list', { name: 'Active filters' }).textContent();
    for (const word of ['Robbery', 'Friday', '20:00']) expect(chips).toContain(word);
  });

  it('says what is wrong with an address, and offers a way out', async () => {
    await page.goto(`${dashboard.url}?crime_category=Murder`);
    await settled();
    expect(await page.getByRole('alert').first().textContent()).toContain('address');
    await page.getByRole('button', { name: 'Show without filters' }).click();
    await settled();
    expect(new URL(page.url()).search).toBe('');
  });

  it('can be used by the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Skip');
    const first = page.getByRole('slider', { name: 'First month' });
    await first.focus();
    for (let month = 0; month < 6; month += 1) await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/from=2022-07-01/);
    await settled();
    await expectViews({ from: '2022-07-01', to: '2023-12-31' });
    await open();
    const grid = page.getByRole('grid', { name: /Los Angeles/ });
    await grid.focus();
    await page.keyboard.press('Home');
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Enter'])
      await page.keyboard.press(key);
    await settled();
    expect(page.url()).toMatch(/weekday=\d.*hour=\d/);
    await grid.focus();
    await page.keyboard.press('Escape');
    await settled();
    expect(new URL(page.url()).search).toBe('');
    const burglary = page.locator('#categories').getByRole('button', { name: 'Burglary' });
    await burglary.focus();
    await page.keyboard.press('Enter');
    await settled();
    expect(page.url()).toContain('crime_category=Burglary');
    const map = page.getByRole('application', { name: /Map of New York/ });
    await map.focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await settled();
    await expect.poll(() => page.locator('#map details code').last().textContent()).toMatch(/^89/);
    await page.locator('#map details').last().locator('summary').press('Enter');
    await page.locator('#map details input').last().press('Space');
    await settled();
    expect(page.url()).toMatch(/cell=8[789]/);
  });

  it('exports pictures that open, and explains its numbers by a query that gives them', async () => {
    await open();
    for (const [id, item, begin] of [
      ['series', 'Chart (SVG)', '<svg'],
      ['series', 'Picture (PNG)', '\u0089PNG'],
      ['week-hours', 'Picture (PNG)', '\u0089PNG'],
      ['map', 'Picture (PNG)', '\u0089PNG'],
    ] as const) {
      await page.locator(`#${id}`).scrollIntoViewIfNeeded();
      await page.locator(`#${id} summary`, { hasText: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`#${id}`).getByRole('button', { name: item }).click(),
      ]);
      const bytes = await readFile(await file.path());
      expect(bytes.length).toBeGreaterThan(1_000);
      expect(bytes.subarray(0, 4).toString('latin1'), `${id} ${item}`).toBe(begin);
    }
    for (const id of ['headlines', 'categories', 'week-hours', 'jurisdictions', 'map']) {
      await page
        .locator(`#${id}`)
        .getByRole('button', { name: /^Explain this number/ })
        .click();
      const dialog = page.getByRole('dialog');
      const sql = await dialog.locator('pre').first().textContent();
      expect(await dialog.textContent()).toContain(dashboard.snapshot);
      const rows = await engine.query(sql ?? '');
      const sum = rows.reduce((all, row) => all + Number(row.incidents ?? 0), 0);
      expect(rows.length, `${id}: ${sql}`).toBeGreaterThan(0);
      if (id !== 'headlines') expect(sum).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
    }
  });

  it.each(['light', 'dark'] as const)(
    'has no serious fault of access in %s, wide and on a phone',
    async (colorScheme) => {
      for (const width of [1280, 360]) {
        const own = await (browser as Browser).newPage({
          viewport: { width, height: 800 },
          colorScheme,
          reducedMotion: 'reduce',
        });
        await own.goto(dashboard.url);
        await settled(own);
        await own.waitForTimeout(2_500);
        expect(
          await own.evaluate('document.documentElement.scrollWidth - innerWidth'),
          `${width} px`,
        ).toBeLessThanOrEqual(0);
        // Beside the policy of the page, which forbids scripts of others.
        await own.evaluate(axe.source);
        const result = (await own.evaluate('axe.run()')) as axe.AxeResults;
        const serious = result.violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(
            ({ id, nodes }) =>
              `${id}: ${nodes
                .map(({ target }) => target.join(' '))
                .slice(0, 3)
                .join(', ')}`,
          );
        expect(serious, `${width} px`).toEqual([]);
        await own.close();
      }
    },
  );

  it('shows the same numbers without a server, from files', async () => {
    const site = GIVEN_LAKE === undefined ? join(work, 'site') : join(work, 'given-site');
    const made = await runCommand(['site', '--lake', lake, '--out', site]);
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    const files = await serveFolder(site);
    try {
      const messages: string[] = [];
      page.on('console', (message) => messages.push(message.text()));
      for (const filters of [
        {},
        { crime_category: ['Burglary'], weekday: [5, 6] },
        { victim_sex: ['Female'] },
      ] satisfies Filters[]) {
        const query = filtersToQuery(filters).toString();
        await page.goto(`${files.url}${query === '' ? '' : `?${query}`}`);
        await settled();
        await expectViews(filters);
      }
      expect(messages).toEqual([]);
    } finally {
      await files.close();
    }
  });

  it('moves to a new snapshot by itself, with the filters as they are', async ({ skip }) => {
    if (GIVEN_LAKE !== undefined) skip('A lake that was given is not built anew.');
    await page.clock.install();
    await open({ crime_category: ['Burglary'], weekday: [5, 6] });
    const before = page.url();
    await buildFrom('raw', '--from', '2019-01-01');
    await readLake();
    await expect
      .poll(
        async () => {
          await page.clock.runFor(31_000);
          return (await page.locator('header').first().textContent())?.includes(dashboard.snapshot);
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe(false);
    await settled();
    expect(page.url()).toBe(before);
    await page.clock.resume();
    await expectViews({ crime_category: ['Burglary'], weekday: [5, 6] });
  });
});
