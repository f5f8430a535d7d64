import type { FastifyInstance } from 'fastify';
import type { Engines } from '../platform/engines.ts';
import { sendProblem, toAegisError } from '../platform/problem.ts';
import { logProblem } from '../platform/problem-filter.ts';
import { WORKER_GROUP } from '../platform/worker-group.ts';
import { BackPressure } from './back-pressure.ts';
import { BodyBudget } from './body-budget.ts';
import { IdempotencyKeeper } from './idempotency.ts';
import { IngestGateway } from './ingest-gateway.ts';
import { KeyDirectory } from './key-directory.ts';
import { NATIVE_LOG_ROUTE } from './log-route.ts';
import { hideMediaType } from './media-type.ts';
import { RateGate } from './rate-gate.ts';

const ROUTES = [NATIVE_LOG_ROUTE];

/**
 * The ingest routes, plain Fastify and not Nest controllers: signatures are over the raw bytes, some checks come before the body is read, and a controller's pipeline would cost
 * more than the whole check of a batch.
 */
export function ingestPlugin(engines: Engines): (instance: FastifyInstance) => Promise<void> {
  const { config, logger, metrics, queue } = engines;
  const gateway = new IngestGateway({
    keys: new KeyDirectory(engines.accounts),
    rates: new RateGate(engines.limits.limiter, config.limits),
    idempotency: new IdempotencyKeeper(queue, Date.now),
    bodies: new BodyBudget(),
    backPressure: new BackPressure(queue, WORKER_GROUP),
    queue,
    metrics,
    logger,
    bodyBytesMax: config.limits.bodyBytesMax,
    nowMs: Date.now,
  });
  return async (instance) => {
    instance.removeAllContentTypeParsers();
    // The body stays an unread stream: the gateway reads it when its turn comes.
    instance.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    instance.setErrorHandler((thrown, request, reply) => {
      const error = toAegisError(thrown);
      logProblem(logger, request.id, error, thrown);
      sendProblem(reply, error);
    });
    instance.addHook('onRequest', async (request) => hideMediaType(request));
    for (const route of ROUTES) {
      instance.post(route.path, (request, reply) => gateway.handle(route, request, reply));
    }
    instance.addHook('onResponse', async (request, reply) => {
      const route = ROUTES.find(({ path }) => path === request.routeOptions.url);
      if (route !== undefined) {
        metrics.ingestRequests.inc({ signal: route.signal, status: String(reply.statusCode) });
        metrics.ingestSeconds.observe({ signal: route.signal }, reply.elapsedTime / 1000);
      }
    });
  };
}
