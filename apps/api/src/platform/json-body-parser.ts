import type { FastifyInstance } from 'fastify';

/**
 * Reads JSON bodies as Fastify does, but for one of no bytes, which is no body: many clients name the content type with every request, also with a DELETE that has nothing to say. Who
 * needs a body refuses its absence by its schema.
 */
export function acceptEmptyJsonBodies(instance: FastifyInstance): void {
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') {
      done(null, undefined);
    } else {
      void parse(request, body, done);
    }
  });
}
