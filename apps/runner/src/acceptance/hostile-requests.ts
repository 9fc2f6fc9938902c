import { connect } from 'node:net';
import type { Random } from './random.js';

const METHODS = [
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'FOO',
  'GET ',
];
const PIECES = [
  '..',
  '.',
  '...',
  '%2e%2e',
  '%2E%2e',
  '%252e%252e',
  '..%2f',
  '..%5c',
  '\\',
  '..\\',
  '/',
  '//',
  '%2f',
  '%00',
  '%',
  '%zz',
  '%c0%ae%c0%ae',
  '%c0%af',
  '%u002e',
  '%E0%A4%A',
  'etc/passwd',
  'etc',
  'passwd',
  'proc/self/environ',
  'package.json',
  'node_modules',
  'dist',
  'src',
  'secret.txt',
  'lake.json',
  'current',
  'manifest.json',
  'snapshots',
  'dashboard.json',
  'incidents',
  'data',
  'api',
  'counts',
  'schedule',
  'health',
  'assets',
  'index.html',
  'current.json',
  'catalogue.json',
  'quality.json',
  '__proto__',
  'constructor',
  'toString',
  ';',
  '?',
  '#',
  '*',
  ' ',
  '\u00e9',
  '\u202e',
  '<script>alert(1)</script>',
  "'--",
  '\u0024{7*7}',
  '{{7*7}}',
  'C:',
  'file:',
  'http:',
  'NUL',
  'a'.repeat(300),
] as const;
const NAMES = [
  'source',
  'from',
  'to',
  'crime_category',
  'law_class',
  'weapon_category',
  'arrest_made',
  'victim_age',
  'suspect_sex',
  'jurisdiction',
  'weekday',
  'hour',
  'cell',
  'resolution',
  'units',
  'shift',
  'token',
  '__proto__',
  'constructor',
  'filters[from]',
  'source[]',
  'SOURCE',
  '',
  ' ',
  'sql',
  'q',
  'callback',
] as const;
const VALUES = [
  'nypd',
  'lapd',
  'Robbery',
  '2022-01-01',
  '2022-13-41',
  '0000-00-00',
  '9999-12-31',
  '-1',
  '1e309',
  'NaN',
  '0x10',
  '8',
  '23',
  '24',
  '99999999999999999999',
  '88fffffffffffff',
  '882a100d2dfffff',
  "' OR 1=1 --",
  '); DROP TABLE incidents;',
  "read_csv('/etc/passwd')",
  '../../../../etc/passwd',
  '%00',
  '\u0000',
  '<img src=x onerror=alert(1)>',
  '[object Object]',
  'null',
  'undefined',
  'true',
  '\ud800',
  '%F0%9F%92%A9',
  'x'.repeat(5_000),
  '🚓',
  '12',
  '1',
  '5001',
  '{"$gt":""}',
] as const;
const HEADERS = [
  'Host: evil.example',
  'Host: 127.0.0.1@evil.example',
  'Host: localhost.evil.example',
  'Host:',
  'Host: [::1',
  'Host: a, b',
  'X-Forwarded-Host: evil.example',
  'X-Original-URL: /etc/passwd',
  'Range: bytes=0-0,-1,999999999999-',
  'Range: bytes=-',
  'If-None-Match: *',
  'If-None-Match: W/"',
  `If-None-Match: ${'"a",'.repeat(900)}`,
  'If-Modified-Since: yesterday',
  'Accept-Encoding: gzip;q=0, *;q=0, identity;q=0',
  'Accept-Encoding: br;;;',
  'Accept-Encoding: gzip;q=NaN',
  `Cookie: crimetracker_token=${'a'.repeat(3_000)}`,
  'Cookie: =;=;;',
  'Authorization: Bearer',
  'Authorization: Basic AAAA',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Expect: 100-continue',
  'Expect: nothing',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Connection: Upgrade, HTTP2-Settings',
  'Connection: close, keep-alive',
  'Content-Type: application/json',
  'Content-Type: multipart/form-data; boundary=',
  'Origin: null',
  'Referer: \u00ff\u00fe',
  'no colon here',
  ': no name',
  ' folded: yes',
  'X-Nul: a\u0000b',
  `X-Long: ${'y'.repeat(9_000)}`,
  'Sec-Fetch-Site: cross-site',
  'Purpose: prefetch',
] as const;
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/9.9',
  'HTTP/1.',
  'http/1.1',
  '',
] as const;
const END = '\r\n';

export interface Addresses {
  readonly snapshot: string;
  /** Addresses that are answered, to start from. */
  readonly good: readonly string[];
}

const many = <Item>(random: Random, most: number, make: () => Item): Item[] =>
  Array.from({ length: random.below(most + 1) }, make);

function hostilePath(random: Random, { snapshot, good }: Addresses): string {
  const start = random.pick([
    '/',
    '',
    '//',
    `/data/${snapshot}/`,
    `/api/${snapshot}/`,
    '/assets/',
    random.pick(good),
  ]);
  return start + many(random, 8, () => random.pick(PIECES)).join(random.pick(['/', '/', '', '%2f', '\\']));
}

function hostileQuery(random: Random): string {
  const encode = random.pick([encodeURIComponent, encodeURI, (text: string) => text]);
  const safe = (text: string): string => {
    try {
      return encode(text);
    } catch {
      return '%ED%A0%80';
    }
  };
  const pairs = many(random, 6, () => `${safe(random.pick(NAMES))}=${safe(random.pick(VALUES))}`);
  const repeated = random.chance(0.05) ? Array<string>(700).fill(pairs[0] ?? 'a=b') : pairs;
  return repeated.join(random.pick(['&', '&', '&', ';', '&&']));
}

function written(random: Random, addresses: Addresses): string {
  const method = random.chance(0.75) ? 'GET' : random.pick([...METHODS, 'HEAD']);
  const counted = random.chance(0.4);
  const path = counted ? `/api/${addresses.snapshot}/counts` : hostilePath(random, addresses);
  const query = random.chance(counted ? 1 : 0.4) ? `?${hostileQuery(random)}` : '';
  const host = random.chance(0.85) ? ['Host: localhost'] : [];
  const headers = [...host, ...(random.chance(0.5) ? many(random, 4, () => random.pick(HEADERS)) : [])];
  const wide = random.chance(0.01) ? Array.from({ length: 3_000 }, (_, at) => `X-${at}: 1`) : [];
  const head = [`${method} ${path}${query} ${random.pick(VERSIONS)}`, ...headers, ...wide].join(END);
  const body = random.chance(0.1)
    ? random.pick(['hello', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '{"a":'.repeat(500)])
    : '';
  return head + END + END + body;
}

/** One hostile request as bytes on the wire. */
export function hostileRequest(random: Random, addresses: Addresses): Buffer {
  const kind = random.fraction();
  if (kind < 0.7) return Buffer.from(written(random, addresses), random.chance(0.1) ? 'utf8' : 'latin1');
  if (kind < 0.8) {
    const bytes = Buffer.from(written(random, addresses));
    for (let flips = random.below(20); flips > 0; flips -= 1) {
      bytes[random.below(bytes.length)] = random.below(256);
    }
    return bytes.subarray(0, random.chance(0.3) ? random.below(bytes.length) : bytes.length);
  }
  if (kind < 0.88) return Buffer.from(Array.from({ length: 1 + random.below(600) }, () => random.below(256)));
  if (kind < 0.92) {
    const preface = random.pick([
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      '\r\n\r\n',
      'GET',
      'GET /',
    ]);
    return Buffer.from(preface, 'latin1');
  }
  return Buffer.from(many(random, 12, () => written(random, addresses)).join(''), 'latin1');
}

export interface Exchange {
  readonly sent: Buffer;
  readonly received: string;
  /** Whether nothing more came in good time, and the connection was still open. */
  readonly hung: boolean;
}

/** Sends bytes, ends, and reads what comes back until the server ends too. */
export function exchange(port: number, sent: Buffer, patienceMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const done = (hung: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ sent, received: Buffer.concat(chunks).toString('latin1'), hung });
    };
    const timer = setTimeout(() => done(true), patienceMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => done(false));
    socket.on('error', () => done(false));
    socket.end(sent);
  });
}
