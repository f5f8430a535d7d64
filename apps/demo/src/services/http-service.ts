import { once } from 'node:events';
import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata } from '@opentelemetry/core';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { pino } from 'pino';
import { stopTelemetry } from '../process/telemetry.ts';

/** A service of the shop: Fastify with its logger. Spans and metrics get the route's pattern as their name, which only a framework knows. */
export function createHttpService(): FastifyInstance {
  const log: FastifyBaseLogger = pino();
  const service = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
  });
  service.addHook('onRequest', async (request) => {
    const { url: route } = request.routeOptions;
    const metadata = getRPCMetadata(context.active());
    if (route === undefined || metadata === undefined) return;
    metadata.route = route;
    trace.getActiveSpan()?.updateName(`${request.method} ${route}`);
  });
  service.addHook('onResponse', async (request, reply) => {
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    const line = `${request.method} ${request.url} answered ${reply.statusCode} in ${durationMs} ms`;
    request.log.info({ route: request.routeOptions.url, status: reply.statusCode, durationMs }, line);
  });
  service.addHook('onError', async (request, _reply, error) => {
    if ((error.statusCode ?? 500) < 500) return;
    trace.getActiveSpan()?.recordException(error);
    request.log.error({ err: error }, `${request.method} ${request.routeOptions.url} failed: ${error.message}`);
  });
  return service;
}

/** Listens on loopback; the result ends it, with what it still has to tell. */
export async function listen(
  service: FastifyInstance,
  port: number,
  close: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  await service.listen({ host: '127.0.0.1', port });
  return async () => {
    await service.close();
    await close();
    await stopTelemetry();
    if (service.server.listening) await once(service.server, 'close');
  };
}
