import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AegisError } from '@aegisguard/model';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendProblem } from './problem.ts';

/** Where `npm run build` leaves the web application. */
const WEB_ROOT = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the web application: hashed assets for a year, and the one page for every path that a browser navigates to and nothing else owns. */
export function webPlugin(logger: Logger): (instance: FastifyInstance) => Promise<void> {
  return async (instance) => {
    if (existsSync(`${WEB_ROOT}index.html`)) {
      await serveWeb(instance);
    } else {
      logger.warn('the web application is not built; npm run build does');
    }
  };
}

async function serveWeb(instance: FastifyInstance): Promise<void> {
  await instance.register(fastifyStatic, { root: WEB_ROOT, serve: false });
  await instance.register(fastifyStatic, {
    root: `${WEB_ROOT}assets`,
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: YEAR_MS,
    preCompressed: true,
  });
  const page = async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', WEB_ROOT, { cacheControl: false });
  instance.get('/', page);
  instance.get('/favicon.svg', async (_request, reply) => reply.sendFile('favicon.svg', WEB_ROOT));
  instance.get('/*', async (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html')) {
      sendProblem(reply, new AegisError('not-found', { detail: 'There is nothing at this path.' }));
      return reply;
    }
    return page(request, reply);
  });
}
