import type { Filters } from '@crimetracker/crossfilter';
import { filtersFromQuery, filtersSchema, MAP_RESOLUTIONS } from '@crimetracker/crossfilter';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import * as z from 'zod';
import type { Access } from './access.js';
import { TooBusy } from './counting-pool.js';
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
}

const LONGEST_ADDRESS = 8_192;
const REQUEST_MS = 15_000;
const COUNT_MS = 10_000;
const MOST_UNITS = 5_000;

const resolutionSchema = z.literal(MAP_RESOLUTIONS.map(String)).transform(Number).optional();
const scheduleSchema = z.strictObject({
  source: z.string().max(40),
  units: z.coerce.number().int().min(1).max(MOST_UNITS),
  shift: z.literal(['8', '10', '12']).transform(Number).default(8),
});

/** An answer that a user can act on. */
class Refusal extends Error {
  readonly status: number;
  readonly hint: string;
  constructor(status: number, message: string, hint: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/**
 * The server of the dashboard: the page, its documents, and counts under filters.
 *
 * It only reads, takes no SQL and no path: documents are looked up by name in a list, filters are values of known
 * columns. Errors are JSON `{error, hint}` without what happened inside.
 */
export async function createDashboardServer(
  serving: Serving,
  { access, page, tileOrigin }: ServerOptions,
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: 1_024,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 2 * REQUEST_MS,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
    http: { maxHeaderSize: 2 * LONGEST_ADDRESS },
    exposeHeadRoutes: true,
    frameworkErrors: (_error, _request, reply) => {
      send(reply as FastifyReply, 400, 'The address cannot be read.', 'Open the page at its root.');
    },
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...(tileOrigin === undefined ? [] : [tileOrigin])],
        connectSrc: ["'self'", ...(tileOrigin === undefined ? [] : [tileOrigin])],
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
    if (request.url.length > LONGEST_ADDRESS) {
      throw new Refusal(414, 'The address is too long.', 'Choose fewer values.');
    }
    if (access.isForeignHost(request.headers.host)) {
      throw new Refusal(403, 'This name of the server is not known.', 'Open it as localhost.');
    }
    const { token } = request.query as { readonly token?: unknown };
    const given = typeof token === 'string' ? token : undefined;
    if (!access.admits({ cookie: request.headers.cookie, token: given })) {
      throw new Refusal(
        401,
        'A token is needed.',
        'Open the address that the server printed when it started.',
      );
    }
    if (given === undefined) return;
    const rest = new URLSearchParams(request.url.split('?')[1] ?? '');
    rest.delete('token');
    const query = rest.toString();
    const path = request.url.split('?')[0]?.replace(/^\/+/, '/') ?? '/';
    reply.header('set-cookie', access.cookie(given));
    await reply.redirect(query === '' ? path : `${path}?${query}`, 303);
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return send(reply, error.status, error.message, error.hint);
    if (error instanceof TooBusy) {
      reply.header('retry-after', '1');
      return send(reply, 503, 'Too many requests wait.', 'Try again in a moment.');
    }
    const status = (error as { readonly statusCode?: number }).statusCode ?? 500;
    if (status < 500) return send(reply, status, 'The request cannot be read.', 'Open the page at its root.');
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return send(
      reply,
      500,
      'The server failed to answer.',
      'Try again; the terminal of the server says more.',
    );
  });
  server.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply.header('allow', 'GET, HEAD');
      return send(reply, 405, 'This server only reads.', 'Use GET.');
    }
    return send(reply, 404, 'There is nothing at this address.', 'Open the page at its root.');
  });

  const found = (id: string): ServedSnapshot => {
    const snapshot = serving.find(id);
    if (snapshot !== undefined) return snapshot;
    throw new Refusal(
      410,
      `Snapshot ${id} is not served.`,
      'Load the page again: data/current.json names the one that is.',
    );
  };

  server.get('/api/health', () => ({ ok: true, snapshot: serving.current().id }));
  server.get('/data/current.json', (request, reply) => {
    const { id } = serving.current();
    const tag = `"${id}"`;
    reply.header('cache-control', 'no-cache').header('etag', tag);
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return { snapshot: id, mode: 'server' };
  });
  server.get<{ Params: { snapshot: string; name: string } }>('/data/:snapshot/:name', (request, reply) => {
    const { snapshot, name } = request.params;
    const document = found(snapshot).document(name);
    if (document === undefined)
      throw new Refusal(404, 'There is no such document.', 'Open the page at its root.');
    // What --tiles says is in the catalogue, and may be another at the next start.
    reply.header(
      'cache-control',
      name === 'catalogue.json' ? 'no-cache' : 'private, max-age=31536000, immutable',
    );
    return reply.type('application/json; charset=utf-8').send(document);
  });
  server.get<{ Params: { snapshot: string } }>('/api/:snapshot/counts', async (request, reply) => {
    const { filters, resolution } = readCountQuery(request);
    const left = new AbortController();
    request.raw.once('close', () => {
      if (request.raw.destroyed && !reply.raw.writableEnded) left.abort(new Error('left'));
    });
    const signal = AbortSignal.any([left.signal, AbortSignal.timeout(COUNT_MS)]);
    const text = await found(request.params.snapshot)
      .pool.count({ filters, resolution }, signal)
      .catch((error: unknown) => {
        if (signal.aborted) throw new TooBusy();
        throw error;
      });
    reply.header('cache-control', 'private, max-age=3600');
    return reply.type('application/json; charset=utf-8').send(text);
  });
  server.get<{ Params: { snapshot: string } }>('/api/:snapshot/schedule', async (request) => {
    const parsed = scheduleSchema.safeParse(request.query);
    const snapshot = found(request.params.snapshot);
    if (!parsed.success || !snapshot.hasCity(parsed.data.source)) {
      throw new Refusal(
        400,
        'This schedule cannot be made.',
        `Give source, units (1 to ${MOST_UNITS}) and shift (8, 10 or 12).`,
      );
    }
    return snapshot.schedule(parsed.data);
  });
  await server.register(fastifyStatic, {
    root: page,
    wildcard: false,
    dotfiles: 'deny',
    setHeaders: (response, path) => {
      const isNamedByContent = /[\\/]assets[\\/]/.test(path);
      response.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return server;
}

function readCountQuery(request: FastifyRequest): {
  readonly filters: Filters;
  readonly resolution: 7 | 8 | 9 | undefined;
} {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const known = new Set([...Object.keys(filtersSchema.shape), 'resolution']);
  for (const name of query.keys()) {
    if (!known.has(name))
      throw new Refusal(400, 'There is a filter that is not known.', `Known: ${[...known].join(', ')}.`);
  }
  const resolution = resolutionSchema.safeParse(query.get('resolution') ?? undefined);
  if (!resolution.success) throw new Refusal(400, 'There is no such resolution.', 'Resolutions: 7, 8, 9.');
  const filters = filtersFromQuery(query);
  if (!filters.success) {
    const [issue] = filters.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new Refusal(
      400,
      `A filter cannot be read${place === '' ? '' : `: ${place}`}.`,
      issue?.message ?? '',
    );
  }
  return { filters: filters.data, resolution: resolution.data as 7 | 8 | 9 | undefined };
}

function send(reply: FastifyReply, status: number, error: string, hint: string): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send({ error, hint });
}
