import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CityCounts, CityIndex, MapResolution } from '@crimetracker/crossfilter';
import { CityCounter, filtersToQuery, readCities, readShard, tellCounts } from '@crimetracker/crossfilter';
import type { Catalogue, ShardPlaces } from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import { generateRawFiles } from '@crimetracker/synthetic';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';
import { compareCounts } from './compare-counts.js';
import type { DashboardProcess } from './dashboard-process.js';
import { startDashboard } from './dashboard-process.js';
import { expectCounts } from './expected-counts.js';
import type { Exchange } from './hostile-requests.js';
import { exchange, hostileRequest } from './hostile-requests.js';
import { createRandom } from './random.js';
import { filtersOf } from './random-filters.js';

vi.setConfig({ testTimeout: 120_000 });

const SECRET = 'nobody-may-read-this';
const TOKEN = 'a-token-of-some-length';

let work: string;
let lake: string;
let raw: readonly string[];
let dashboard: DashboardProcess;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-serve-'));
  lake = join(work, 'lake');
  const folder = join(work, 'raw');
  await generateRawFiles({ out: folder, rows: 9_000, seed: 11, years: [2022, 2023] });
  raw = (await readdir(folder)).filter((name) => name.endsWith('.csv')).map((name) => join(folder, name));
  const built = await runCommand(['build', ...raw, '--lake', lake]);
  expect(built, built.stderr).toMatchObject({ exitCode: 0 });
  dashboard = await startDashboard(lake);
  await writeFile(join(lake, 'secret.txt'), SECRET);
  await writeFile(join(lake, 'snapshots', dashboard.snapshot, 'secret.txt'), SECRET);
}, 120_000);

afterAll(async () => {
  const { exitCode, signalCode } = dashboard.process;
  expect([exitCode, signalCode], dashboard.messages()).toEqual([null, null]);
  dashboard.process.kill('SIGKILL');
  await rm(work, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, dashboard.url), { redirect: 'manual', ...init });
const data = (name: string): string => `data/${dashboard.snapshot}/${name}`;
const api = (name: string): string => `api/${dashboard.snapshot}/${name}`;

/** `fetch` allows no Host of one's own. */
function statusAs(host: string, port: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', path: '/data/current.json', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('what is served', () => {
  it('the page, the current snapshot and every document of it', async () => {
    const page = await ask('');
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name ?? '');
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of assets) {
      const answer = await ask(asset);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('immutable');
    }
    const current = await ask('data/current.json');
    expect(current.headers.get('cache-control')).toBe('no-cache');
    expect(await current.json()).toEqual({ snapshot: dashboard.snapshot, mode: 'server' });
    const catalogue = (await (await ask(data('catalogue.json'))).json()) as Catalogue;
    expect(catalogue).toMatchObject({ snapshot: dashboard.snapshot, window: null, tiles: null });
    expect(catalogue.cities.map(({ source }) => source)).toEqual(['lapd', 'nypd']);
    expect(catalogue.defaultRange).toEqual({ from: '2023-01-01', to: '2023-12-31' });
    for (const { source } of catalogue.cities) {
      const names = ['answers', 'hotspots', 'schedule', 'cells'].map((kind) =>
        kind === 'cells' ? `cells-${source}-8.json` : `${kind}-${source}.json`,
      );
      for (const name of [...names, `places-${source}.geojson`, 'quality.json']) {
        const answer = await ask(data(name));
        expect(answer.status, name).toBe(200);
        const text = await answer.text();
        expect(JSON.parse(text), name).toBeTypeOf('object');
        if (text.length > 2_000) expect(answer.headers.get('content-encoding'), name).toBe('gzip');
      }
    }
  });

  it('the ledger, which comes to what the command tells', async () => {
    const quality = (await (await ask(data('quality.json'))).json()) as {
      ledger: { kind: string; rule: string; records: number; meaning: string | null }[];
    };
    const told = await runCommand(['ledger', '--json', '--lake', lake]);
    const { records, curated } = JSON.parse(told.stdout) as { records: number; curated: number };
    const sum = (kind: string): number =>
      quality.ledger.filter((one) => one.kind === kind).reduce((all, one) => all + one.records, 0);
    expect([sum('records'), sum('curated')]).toEqual([records, curated]);
    const touched = quality.ledger.filter(({ kind }) => kind === 'touched');
    expect(touched.length).toBeGreaterThan(0);
    expect(touched.filter(({ meaning }) => meaning === null)).toEqual([]);
  });

  it('nothing again that the reader has', async () => {
    for (const path of ['', 'data/current.json', data('catalogue.json'), api('counts')]) {
      const first = await ask(path);
      const etag = first.headers.get('etag') ?? '';
      await first.arrayBuffer();
      const again = await ask(path, { headers: { 'if-none-match': etag } });
      expect(again.status, path).toBe(304);
      expect(await again.text()).toBe('');
      const other = await ask(path, { headers: { 'if-none-match': '"other"' } });
      expect(other.status, path).toBe(200);
      await other.arrayBuffer();
    }
  });

  it('as plain bytes to who does not unpack', async () => {
    const plain = await ask(data('quality.json'), { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const never = await ask(data('quality.json'), { headers: { 'accept-encoding': 'br, gzip;q=0' } });
    expect(never.headers.get('content-encoding')).toBeNull();
    expect(await never.text()).toBe(await plain.text());
  });

  it('HEAD, and no other method', async () => {
    const head = await ask(data('catalogue.json'), { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const refused = await ask(api('counts'), {
        method,
        ...(method === 'POST' && { body: 'x'.repeat(99_999) }),
      });
      expect(refused.status, method).toBe(405);
      expect(refused.headers.get('allow')).toBe('GET, HEAD');
    }
  });
});

describe('counts', () => {
  let engine: Engine;
  let indexes: readonly CityIndex[];

  beforeAll(async () => {
    engine = await openDuckDb({ threads: 1 });
    await attachSnapshot(engine, await openSnapshot(await openLakeFolder(lake)));
    indexes = (await readCities(engine)).map(({ index }) => index);
  });
  afterAll(() => engine.close());

  it('are those of SQL under any filters', async () => {
    const cases = fc
      .constantFrom(...indexes)
      .chain((index) =>
        fc.tuple(fc.constant(index), filtersOf(index), fc.constantFrom<MapResolution>(7, 8, 9)),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ([index, filters, resolution]) => {
        const query = filtersToQuery({ ...filters, source: [index.source] });
        query.set('resolution', String(resolution));
        const answer = await ask(api(`counts?${query}`));
        expect(answer.status).toBe(200);
        const { counts } = (await answer.json()) as { counts: readonly CityCounts[] };
        expect(counts.map(({ source }) => source)).toEqual([index.source]);
        const [own] = counts;
        if (own === undefined) throw new Error('There are no counts.');
        compareCounts(index, filters, own, await expectCounts(engine, index.source, filters, resolution));
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('are asked for by known filters only', async () => {
    for (const [query, words] of [
      ['sql=SELECT+1', 'not known'],
      ['__proto__=1', 'not known'],
      ['from=2022-02-30', 'from'],
      ['from=2023-01-01&to=2022-01-01', 'first day is after the last'],
      ['from=2022-01-01&from=2022-01-02', 'several'],
      ['crime_category=Murder', 'crime_category'],
      ['hour=24', 'hour'],
      ['weekday=monday', 'weekday'],
      ['cell=xyz', 'cell'],
      ['cell=882a100d2dfffff&victim_sex=Female', 'never counted by cell'],
      ['resolution=10', 'resolution'],
      [`jurisdiction=${'x'.repeat(101)}`, 'jurisdiction'],
    ] as const) {
      const refused = await ask(api(`counts?${query}`));
      expect(refused.status, query).toBe(400);
      const { error, hint } = (await refused.json()) as { error: string; hint: string };
      expect(error, query).toContain(words);
      expect(hint.length, query).toBeGreaterThan(3);
    }
    const long = await ask(api(`counts?${'source=nypd&'.repeat(1_000)}`));
    expect(long.status).toBe(414);
  });

  it('survive readers who leave at once', async () => {
    const leaving = Array.from({ length: 200 }, async (_, at) => {
      const leave = new AbortController();
      const asked = ask(
        api(`counts?hour=${at % 24}&from=2022-01-${String(1 + (at % 28)).padStart(2, '0')}`),
        {
          signal: leave.signal,
        },
      );
      await sleep(at % 5);
      leave.abort();
      await asked.catch(() => undefined);
    });
    await Promise.all(leaving);
    expect((await ask(api('counts?hour=3'))).status).toBe(200);
  });
});

describe('schedules', () => {
  it('are made for units and shifts within limits', async () => {
    const made = await ask(api('schedule?source=lapd&units=20&shift=10'));
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ source: 'lapd' });
    for (const query of [
      '',
      'source=lapd',
      'source=sfpd&units=10',
      'source=lapd&units=0',
      'source=lapd&units=5001',
      'source=lapd&units=1e3',
      'source=lapd&units=10&shift=9',
      'source=lapd&units=10&gap=0',
    ]) {
      expect((await ask(api(`schedule?${query}`))).status, query).toBe(400);
    }
  });
});

describe('safety', () => {
  it('tells browsers to run nothing but the page itself, and other sites to keep out', async () => {
    for (const path of ['', data('quality.json'), 'nowhere', api('counts?sql=1')]) {
      const { headers } = await ask(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('answers to names of this machine only', async () => {
    const { port } = new URL(dashboard.url);
    for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, '[::1]:80']) {
      expect(await statusAs(host, port), host).toBe(200);
    }
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '10.0.0.1']) {
      expect(await statusAs(host, port), host).not.toBe(200);
    }
  });

  it('gives no file that is not the page’s or a document', async () => {
    const { port } = new URL(dashboard.url);
    for (const path of [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../package.json',
      '/assets/%2e%2e%2findex.html',
      '/..\\..\\package.json',
      `/${data('..%2f..%2fsecret.txt')}`,
      `/${data('../secret.txt')}`,
      `/${data('dashboard.json')}`,
      `/${data('manifest.json')}`,
      '/data/..%2f..%2fsecret.txt',
      '/data/../secret.txt',
      '//etc/passwd',
      '/.git/config',
    ]) {
      const sent = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const { received } = await exchange(Number(port), sent, 5_000);
      expect(received, path).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(received, path).toContain('"hint"');
    }
  });

  it('says of a snapshot that is gone that it is gone', async () => {
    for (const path of [
      'data/20200101T000000Z-aaaaaaaa/catalogue.json',
      'api/20200101T000000Z-aaaaaaaa/counts',
    ]) {
      const gone = await ask(path);
      expect(gone.status).toBe(410);
      expect(await gone.json()).toMatchObject({ hint: expect.stringContaining('current.json') });
    }
  });

  it('with a token, lets in who has it, by cookie afterwards', async () => {
    const guarded = await startDashboard(lake, ['--token', TOKEN]);
    const at = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(new URL(path, guarded.url), { redirect: 'manual', headers });
    try {
      expect(new URL(guarded.url).searchParams.get('token')).toBe(TOKEN);
      for (const path of ['/', '/data/current.json', `/${api('counts')}`, '/assets/x.js', '/nowhere']) {
        expect((await at(path)).status, path).toBe(401);
        expect((await at(`${path}?token=${TOKEN}x`)).status, path).toBe(401);
        expect((await at(path, { cookie: `crimetracker_token=${TOKEN.slice(1)}` })).status, path).toBe(401);
      }
      expect((await at('/api/health')).status).toBe(200);
      const entered = await at(`/?token=${TOKEN}&source=nypd`);
      expect(entered.status).toBe(303);
      expect(entered.headers.get('location')).toBe('/?source=nypd');
      const cookie = entered.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
      const [pair = ''] = cookie.split(';');
      expect((await at('/', { cookie: pair })).status).toBe(200);
      expect((await at('/data/current.json', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      for (const path of ['//evil.example/', '/\\\\evil.example', '//\\evil.example/%2e%2e']) {
        const sent = `GET ${path}?token=${TOKEN} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
        const { received } = await exchange(Number(new URL(guarded.url).port), Buffer.from(sent), 5_000);
        const location = /^location: (.*)$/im.exec(received)?.[1] ?? '';
        expect(new URL(location, guarded.url).host, path).toBe(new URL(guarded.url).host);
      }
      const byLink = await at(`/?token=${TOKEN}&source="><script>`, { 'sec-fetch-site': 'cross-site' });
      expect(byLink.status).toBe(200);
      expect(await byLink.text()).not.toContain('<script>');
    } finally {
      await guarded.stop();
    }
  });

  it('10,000 hostile requests give no fault, no trace, no foreign file, and leave the server as it was', async () => {
    const { port } = new URL(dashboard.url);
    const counts = await (await ask(api('counts'))).text();
    const good = [
      '/',
      '/api/health',
      '/data/current.json',
      `/${data('catalogue.json')}`,
      `/${api('counts?hour=1')}`,
    ];
    const addresses = { snapshot: dashboard.snapshot, good };
    const random = createRandom(20);
    const problems: string[] = [];
    const statuses = new Map<string, number>();
    let left = 10_000;
    const send = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const one = await exchange(Number(port), hostileRequest(random, addresses), 20_000);
        const problem = problemOf(one);
        if (problem !== undefined) problems.push(`${problem}: ${one.sent.toString('latin1').slice(0, 300)}`);
        for (const status of statusesOf(one)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 24 }, send));
    expect(problems.slice(0, 5)).toEqual([]);
    // It was no use if all were refused in the same way.
    for (const status of ['200', '400', '401', '404', '405', '410', '414', '421', '431']) {
      if (status !== '401') expect([...statuses.keys()], `${[...statuses]}`).toContain(status);
    }
    expect(await (await ask(api('counts'))).text()).toBe(counts);
    expect(dashboard.process.exitCode, dashboard.messages()).toBeNull();
    expect(dashboard.messages()).not.toMatch(/^\s+at /m);
    const status = await readFile(`/proc/${dashboard.process.pid}/status`, 'utf8').catch(() => undefined);
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status ?? '')?.[1] ?? 0);
    expect(kilobytes).toBeLessThan(600_000);
  });
});

const statusesOf = ({ received }: Exchange): readonly string[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status ?? '');

function problemOf(one: Exchange): string | undefined {
  const { received, hung } = one;
  if (hung) return 'no end';
  const fault = statusesOf(one).find((status) => status.startsWith('5') && status !== '503');
  if (fault !== undefined) return fault;
  if (/\n\s+at .+:\d+:\d+|node_modules|node:internal/.test(received)) return 'trace';
  if (/nobody-may-read-this|root:x:0|"@crimetracker\/|"inputsDigest"/.test(received)) return 'foreign file';
  return undefined;
}

describe('the command', () => {
  it('ends within two seconds of Ctrl-C', async () => {
    const own = await startDashboard(lake);
    const idle = fetch(new URL('/api/health', own.url));
    await (await idle).text();
    const { exitCode, ms } = await own.stop();
    expect(exitCode).toBe(0);
    expect(ms).toBeLessThan(2_000);
  });

  it('says what to do about a port that is taken, flags that are wrong and lakes that are empty', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const empty = join(work, 'empty');
    for (const [flags, words] of [
      [['--port', String(port), '--lake', lake], '--port 0'],
      [['--port', '70000', '--lake', lake], '--port'],
      [['--token', 'short', '--lake', lake], '16'],
      [['--host', '203.0.113.7', '--lake', lake], 'cannot listen'],
      [['--tiles', 'ftp://x', '--lake', lake], '{z}'],
      [['--boundaries', 'nypd', '--lake', lake], '=precincts.geojson'],
      [['--boundaries', `nypd=${join(work, 'absent')}`, '--lake', lake], 'path'],
      [['--lake', empty], 'Build one'],
    ] as const) {
      const refused = await runCommand(['serve', ...flags]);
      expect(refused, flags.join(' ')).toMatchObject({ exitCode: 2 });
      expect(refused.stderr, flags.join(' ')).toContain(words);
    }
    taken.close();
  });
});

describe('crimetracker site', () => {
  it('writes a folder with what the page needs to count by itself, and replaces it whole', async () => {
    const out = join(work, 'site');
    const boundaries = join(work, 'boundaries.geojson');
    const square = [
      [
        [-74, 40.7],
        [-73.9, 40.7],
        [-73.9, 40.8],
        [-74, 40.8],
        [-74, 40.7],
      ],
    ];
    const feature = {
      type: 'Feature',
      properties: { name: 75 },
      geometry: { type: 'Polygon', coordinates: square },
    };
    await writeFile(boundaries, JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    const flags = ['--out', out, '--boundaries', `nypd=${boundaries}`, '--lake', lake];
    const made = await runCommand(['site', ...flags, '--json']);
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({ window: { from: '2022-01-01', to: '2023-12-31' } });
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(out, name), 'utf8'));
    expect(await read('data/current.json')).toEqual({ snapshot: dashboard.snapshot, mode: 'static' });
    const catalogue = (await read(data('catalogue.json'))) as Catalogue;
    for (const { source, years } of catalogue.cities) {
      for (const { year, bytes } of years) {
        const shard = await readFile(join(out, data(`shard-${source}-${year}.bin.gz`)));
        expect(shard.length).toBe(bytes);
      }
      await read(data(`shard-places-${source}.json`));
    }
    const places = (await read(data('places-nypd.geojson'))) as {
      features: { properties: { name: string; isOfficial: boolean } }[];
    };
    expect(
      places.features
        .filter(({ properties }) => properties.isOfficial)
        .map(({ properties }) => properties.name),
    ).toEqual(['Precinct 75']);
    expect(await readFile(join(out, 'index.html'), 'utf8')).not.toMatch(/(?:src|href)="\//);

    const again = await runCommand(['site', ...flags]);
    expect(again).toMatchObject({ exitCode: 2 });
    await writeFile(join(out, 'data', 'old.json'), '{}');
    const over = await runCommand(['site', ...flags, '--overwrite', '--years', '1', '--json']);
    expect(JSON.parse(over.stdout)).toMatchObject({ window: { from: '2023-01-01', to: '2023-12-31' } });
    expect((await readdir(join(out, 'data'))).sort()).toEqual([dashboard.snapshot, 'current.json'].sort());
  });
});

describe('the folder of a site', () => {
  it('lets a page below any address of a plain file server count what SQL gives', async () => {
    const out = join(work, 'plain');
    const made = await runCommand(['site', '--out', out, '--lake', lake]);
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    const server = createHttpServer((request, answer) => {
      const name = (request.url ?? '').replace(/^\/some\/where\//, '');
      readFile(join(out, name === '' ? 'index.html' : name)).then(
        (bytes) => answer.end(bytes),
        () => answer.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const base = `http://127.0.0.1:${port}/some/where/`;
    const read = async (name: string): Promise<unknown> => (await fetch(base + name)).json();
    const engine = await openDuckDb({ threads: 1 });
    try {
      const html = await (await fetch(base)).text();
      for (const [, asset = ''] of html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
        expect((await fetch(base + asset)).status, asset).toBe(200);
      }
      await attachSnapshot(engine, await openSnapshot(await openLakeFolder(lake)));
      const { snapshot } = (await read('data/current.json')) as { snapshot: string };
      const { cities } = (await read(`data/${snapshot}/catalogue.json`)) as Catalogue;
      for (const entry of cities) {
        const { source } = entry;
        const [seven, eight, nine] = (await Promise.all(
          [7, 8, 9].map((resolution) => read(`data/${snapshot}/cells-${source}-${resolution}.json`)),
        )) as [string[], string[], string[]];
        const cells = { 7: seven, 8: eight, 9: nine };
        const cellOf = (await read(`data/${snapshot}/shard-places-${source}.json`)) as ShardPlaces;
        const places = {
          7: Uint32Array.from(cellOf[7]),
          8: Uint32Array.from(cellOf[8]),
          9: Uint32Array.from(cellOf[9]),
        };
        const shards = entry.years.map(async ({ year }) => {
          const packed = await fetch(`${base}data/${snapshot}/shard-${source}-${year}.bin.gz`);
          const unpacked = packed.body?.pipeThrough(new DecompressionStream('gzip'));
          return readShard(new Uint8Array(await new Response(unpacked).arrayBuffer()));
        });
        const index = { ...entry, cells };
        const counter = new CityCounter(index, { cells, cellOf: places }, await Promise.all(shards));
        const request = {
          filters: { law_class: [source === 'nypd' ? 'Felony' : 'Part 1'] },
          resolution: 8,
        } as const;
        const counts = tellCounts(index, request, counter.tally(request));
        compareCounts(index, request.filters, counts, await expectCounts(engine, source, request.filters));
      }
    } finally {
      server.close();
      await engine.close();
    }
  });
});

describe('a new snapshot', () => {
  it('is shown by itself, and no request is lost meanwhile', async () => {
    const before = dashboard.snapshot;
    let going = true;
    const failures: string[] = [];
    const reader = async (): Promise<number> => {
      let answered = 0;
      while (going) {
        const { snapshot } = (await (await ask('data/current.json')).json()) as { snapshot: string };
        for (const path of [
          `data/${snapshot}/catalogue.json`,
          `api/${snapshot}/counts?hour=${answered % 24}`,
        ]) {
          const answer = await ask(path);
          await answer.arrayBuffer();
          if (!answer.ok) failures.push(`${answer.status} ${path}`);
        }
        answered += 1;
        await sleep(20);
      }
      return answered;
    };
    const readers = [reader(), reader(), reader()];
    const built = await runCommand(['build', ...raw, '--to', '2023-06-30', '--lake', lake]);
    expect(built, built.stderr).toMatchObject({ exitCode: 0 });
    const currentOf = async (): Promise<string> =>
      ((await (await ask('data/current.json')).json()) as { snapshot: string }).snapshot;
    await expect.poll(currentOf, { timeout: 60_000, interval: 200 }).not.toBe(before);
    await sleep(300);
    going = false;
    const answered = await Promise.all(readers);
    expect(failures).toEqual([]);
    expect(Math.min(...answered)).toBeGreaterThan(10);
    const now = await currentOf();
    expect((await ask(`api/${before}/counts?weekday=1`)).status).toBe(200);
    const catalogue = (await (await ask(`data/${now}/catalogue.json`)).json()) as Catalogue;
    expect(catalogue.cities.every(({ range }) => range.to <= '2023-06-30')).toBe(true);
  });
});
