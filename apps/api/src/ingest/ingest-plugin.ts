import { AegisError } from '@aegisguard/model';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { hideContentType } from './content-type.ts';
import { httpRequest, sendAnswer } from './http-request.ts';
import type { IngestGateway } from './ingest-gateway.ts';
import type { IngestRoute } from './ingest-route.ts';
import { answerPreflight } from './preflight.ts';

/** Besides HEAD, which Fastify answers as it does GET. */
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'];

/**
 * Ingest routes, plain Fastify and not Nest controllers: signatures are over the raw bytes, some checks come before the body is read, and a controller's pipeline would cost
 * more than the whole check of a batch.
 */
export function ingestPlugin(
  gateway: IngestGateway,
  routes: readonly IngestRoute[],
  /** Answers what was thrown outside of the gateway, which throws nothing. */
  refuse: (thrown: unknown, reply: FastifyReply) => void,
): (instance: FastifyInstance) => Promise<void> {
  return async (instance) => {
    instance.removeAllContentTypeParsers();
    // The body stays an unread stream: the gateway reads it when its turn comes.
    instance.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    instance.setErrorHandler((thrown, _request, reply) => refuse(thrown, reply));
    instance.addHook('onRequest', async (request) => hideContentType(request));
    for (const route of routes) {
      instance.post(route.path, async (request, reply) => {
        const { answer } = await gateway.handle(route, httpRequest(request));
        sendAnswer(reply, answer);
        return reply;
      });
      if (route.crossOrigin) {
        instance.options(route.path, async (request, reply) => {
          await answerPreflight(gateway, request, reply);
          return reply;
        });
      }
      const allowed = route.crossOrigin ? ['POST', 'OPTIONS'] : ['POST'];
      instance.route({
        url: route.path,
        method: route.crossOrigin ? OTHER_METHODS : [...OTHER_METHODS, 'OPTIONS'],
        handler: async (_request, reply) => {
          void reply.header('allow', allowed.join(', '));
          throw new AegisError('method-not-allowed', { detail: 'Telemetry is sent by POST.' });
        },
      });
    }
  };
}
