// https://opentelemetry.io/docs/specs/otlp/#otlphttp
import { AegisError } from '@aegisguard/model';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { toAegisError } from '../platform/problem.ts';
import { logProblem } from '../platform/problem-filter.ts';
import { sendAnswer } from './http-request.ts';
import type { IngestGateway } from './ingest-gateway.ts';
import { ingestPlugin } from './ingest-plugin.ts';
import { OTLP_PORT_ROUTES } from './otlp-routes.ts';
import { otlpStyle } from './otlp-style.ts';

const STYLE = otlpStyle('json');

/** A server for OTLP's own port: the main port's handlers on the three paths, and its `Status` for everything else. */
export async function createOtlpHttp(
  gateway: IngestGateway,
  logger: Logger,
  options: FastifyServerOptions,
): Promise<FastifyInstance> {
  const refuse = (reply: FastifyReply, thrown: unknown) => {
    const error = toAegisError(thrown);
    logProblem(logger, reply.request.id, error, thrown);
    sendAnswer(reply, STYLE.failed(error, reply.request.id));
  };
  const instance = fastify({
    ...options,
    frameworkErrors: (error, _request, reply) => refuse(reply, error),
  }) as unknown as FastifyInstance;
  instance.setErrorHandler((thrown, _request, reply) => refuse(reply, thrown));
  instance.setNotFoundHandler((_request, reply) => refuse(reply, new AegisError('not-found')));
  await instance.register(ingestPlugin(gateway, OTLP_PORT_ROUTES, (error, reply) => refuse(reply, error)));
  return instance;
}
