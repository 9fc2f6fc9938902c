import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { CrimeTrackerError } from '@crimetracker/schema';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import * as z from 'zod';
import type { Access } from './access.js';
import { isLoopback } from './access.js';
import { readCountQuery } from './count-query.js';
import { Closed, TooBusy } from './counting-pool.js';
import type { Packable } from './packable.js';
import { PageFiles } from './page-files.js';
import { Refusal } from './refusal.js';
import type { ServedSnapshot } from './served-snapshot.js';

/** What the server asks for at every request, as it changes when a new snapshot is published. */
export interface Serving {
  /** The snapshot that a new page is given. */
  readonly current: () => ServedSnapshot;
  /** Any snapshot that is still served. */
  readonly find: (id: string) => ServedSnapshot | undefined;
}

export interface ServerOptions {
  readonly access: Access;
  /** Folder of the page. */
  readonly page: string;
  /** Origin of map tiles, when there are any. */
  readonly tileOrigin?: string | undefined;
  /** Is told what went wrong inside, which readers are not told. */
  readonly onProblem: (problem: string) => void;
}

const LONGEST_ADDRESS = 8_192;
const MOST_CONNECTIONS = 4_096;
const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;
const COUNT_MS = 25_000;
const MOST_UNITS = 5_000;
const JSON_TYPE = 'application/json; charset=utf-8';
const OPEN_ROOT = 'Open the page at its root.';
/** Answers differ by program and settings too, so a browser asks whether what it has still holds. */
const ASK_AGAIN = 'private, no-cache';

const scheduleSchema = z.strictObject({
  source: z.string().max(40),
  units: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MOST_UNITS)),
  shift: z
    .literal(['8', '10', '12'])
    .transform((hours) => Number(hours))
    .default(8),
});

/**
 * The server of the dashboard: the page, its documents, and counts under filters.
 *
 * It only reads, and takes no SQL and no path: files are looked up by name in lists, filters are values of known columns.
 * Errors are JSON `{error, hint}` without what happened inside.
 */
export async function createDashboardServer(
  serving: Serving,
  { access, page, tileOrigin, onProblem }: ServerOptions,
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: 1_024,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 2 * REQUEST_MS,
    keepAliveTimeout: REQUEST_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
    http: {
      maxHeaderSize: 2 * LONGEST_ADDRESS,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: HEADERS_MS / 2,
    },
    exposeHeadRoutes: true,
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply as FastifyReply, 400, 'The address cannot be read.', OPEN_ROOT);
    },
    clientErrorHandler: answerMalformed,
  });
  server.server.maxConnections = MOST_CONNECTIONS;
  const tiles = tileOrigin === undefined ? [] : [tileOrigin];
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        // Charts place their marks by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...tiles],
        connectSrc: ["'self'", ...tiles],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // The server speaks plain HTTP; whoever puts it behind TLS says so there.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

  server.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // What comes with the request is not read.
      reply.header('allow', 'GET, HEAD').header('connection', 'close');
      throw new Refusal(405, 'This server only reads.', 'Use GET.');
    }
    if (request.url.length > LONGEST_ADDRESS) {
      throw new Refusal(414, 'The address is too long.', 'Choose fewer values.');
    }
    if (access.isForeignHost(request.headers.host)) {
      throw new Refusal(
        421,
        'The server does not go by this name.',
        'Open it as http://localhost with its port.',
      );
    }
    if (!access.needsToken || pathOf(request) === '/api/health') return;
    const query = queryOf(request);
    const token = query.get('token') ?? undefined;
    const { authorization, cookie } = request.headers;
    if (!access.admits({ token, authorization, cookie })) {
      throw new Refusal(
        401,
        'A token is needed.',
        'Open the address that the server printed when it started.',
      );
    }
    if (token === undefined) return;
    query.delete('token');
    reply.header('set-cookie', access.cookie(token)).header('cache-control', 'no-store');
    await goTo(request, reply, query);
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return refuse(reply, error.status, error.message, error.hint);
    if (error instanceof TooBusy) {
      reply.header('retry-after', '1');
      return refuse(reply, 503, 'Too many requests wait.', 'Try again in a moment.');
    }
    const isGone =
      error instanceof Closed || (error instanceof CrimeTrackerError && error.code === 'snapshot-missing');
    if (isGone) return refuse(reply, 410, ...GONE);
    const status = (error as { readonly statusCode?: number }).statusCode ?? 500;
    if (status >= 400 && status < 500) return refuse(reply, status, 'The request cannot be read.', OPEN_ROOT);
    onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return refuse(reply, 500, 'The server failed to answer.', 'Try again; its terminal says more.');
  });
  const pageFiles = new PageFiles(page);
  server.setNotFoundHandler(async (request, reply) => {
    const file = await pageFiles.find(pathOf(request));
    if (file === undefined) throw new Refusal(404, 'There is nothing at this address.', OPEN_ROOT);
    const keep = file.isNamedByContent ? 'private, max-age=31536000, immutable' : ASK_AGAIN;
    return answer(request, reply.code(200).header('cache-control', keep).type(file.type), file.content, true);
  });

  const found = (id: string): ServedSnapshot => {
    const snapshot = serving.find(id);
    if (snapshot === undefined) throw new Refusal(410, ...GONE);
    return snapshot;
  };
  server.get('/api/health', (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { ok: true, snapshot: serving.current().id };
  });
  server.get('/data/current.json', (request, reply) => {
    const { id } = serving.current();
    reply.header('cache-control', 'no-cache');
    if (isKnown(request, reply, id)) return reply.code(304).send();
    return { snapshot: id, mode: 'server' };
  });
  server.get<{ Params: { snapshot: string; name: string } }>('/data/:snapshot/:name', (request, reply) => {
    const { snapshot, name } = request.params;
    const document = found(snapshot).document(name);
    if (document === undefined) throw new Refusal(404, 'There is no such document.', OPEN_ROOT);
    return answer(request, reply.header('cache-control', ASK_AGAIN).type(JSON_TYPE), document, true);
  });
  server.get<{ Params: { snapshot: string } }>('/api/:snapshot/counts', async (request, reply) => {
    const { pool } = found(request.params.snapshot);
    const asked = readCountQuery(queryOf(request));
    const counts = await inTime(reply, (signal) => pool.count(asked, signal));
    reply.header('cache-control', 'private, max-age=600').type(JSON_TYPE);
    // On this machine packing takes longer than sending.
    return answer(request, reply, counts, !isLoopback(request.ip));
  });
  server.get<{ Params: { snapshot: string } }>('/api/:snapshot/schedule', async (request, reply) => {
    const snapshot = found(request.params.snapshot);
    const parsed = scheduleSchema.safeParse(Object.fromEntries(queryOf(request)));
    if (!parsed.success || !snapshot.hasCity(parsed.data.source)) {
      const hint = `Give source, units (1 to ${MOST_UNITS}) and shift (8, 10 or 12).`;
      throw new Refusal(400, 'This schedule cannot be made.', hint);
    }
    reply.header('cache-control', ASK_AGAIN);
    return snapshot.schedule(parsed.data);
  });
  return server;
}

const GONE = [
  'This snapshot is not served any more.',
  'Load data/current.json: it names the one that is.',
] as const;

function pathOf({ raw }: FastifyRequest): string {
  return (raw.url ?? '/').split('?', 1)[0] ?? '/';
}

function queryOf({ raw }: FastifyRequest): URLSearchParams {
  const url = raw.url ?? '';
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

function refuse(reply: FastifyReply, status: number, error: string, hint: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type(JSON_TYPE).send({ error, hint });
}

/** Sends the reader to the same address without its token. */
async function goTo(request: FastifyRequest, reply: FastifyReply, query: URLSearchParams): Promise<void> {
  // Two slashes would lead to another host.
  const path = `/${pathOf(request).replace(/^[/\\]+/, '')}`;
  const address = query.size === 0 ? path : `${path}?${query}`;
  if (request.headers['sec-fetch-site'] !== 'cross-site') return reply.redirect(address, 303);
  // Who comes by a link of another site would be redirected without the cookie, for it is strict.
  const escaped = address.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><meta http-equiv="refresh" content="0;url=${escaped}"><title>CrimeTracker 360</title>`,
    );
}

/** Tags an answer; tells whether the reader has it already. */
function isKnown({ headers }: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const own = `W/"${tag}"`;
  reply.header('etag', own);
  const known = headers['if-none-match'];
  return known?.split(',').some((one) => one.trim() === own || one.trim() === `"${tag}"`) ?? false;
}

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/.test(
    String(headers['accept-encoding'] ?? ''),
  );

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  content: Packable,
  mayPack: boolean,
): Promise<FastifyReply> {
  if (isKnown(request, reply, content.tag)) return reply.code(304).send();
  if (!mayPack || !content.isWorthPacking) return reply.send(content.body);
  reply.header('vary', 'accept-encoding');
  if (!takesGzip(request)) return reply.send(content.body);
  return reply.header('content-encoding', 'gzip').send(await content.packed());
}

/** Does work until it takes too long or the reader has left. */
async function inTime<Answer>(
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new TooBusy()), COUNT_MS);
  const leave = (): void => stop.abort(new TooBusy());
  reply.raw.once('close', leave);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    reply.raw.off('close', leave);
  }
}

const MALFORMED: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP, or does not come to its end. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = MALFORMED[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ error: 'The request cannot be read.', hint: OPEN_ROOT });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
