import { ALL_ROUTES } from '@aegisguard/model';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** What is served beside the table: the web application, which is files, and what `/docs` consists of. */
const FILES = /^\/(?:\*|assets\/\*|favicon\.svg|docs\/.*)?$/;

/**
 * Watches every route that an instance gets, from controllers and plugins alike; the function that it gives throws when one of them is not in the table: the OpenAPI document would not know it, nor would the test of who may call what.
 */
export function watchRoutes(instance: FastifyInstance): () => void {
  const strangers: string[] = [];
  instance.addHook('onRoute', ({ method, url }: RouteOptions) => {
    for (const verb of [method].flat()) {
      if (!isKnown(verb, url)) {
        strangers.push(`${verb} ${url}`);
      }
    }
  });
  return () => {
    if (strangers.length > 0) {
      throw new TypeError(`not in the table of routes (packages/model/src/routes): ${strangers.join(', ')}`);
    }
  };
}

/** HEAD goes wherever GET does, and the gateway answers other methods on its paths itself: with 405, or a preflight. */
function isKnown(verb: string, url: string): boolean {
  const isRead = verb === 'GET' || verb === 'HEAD';
  return (
    (isRead && FILES.test(url)) ||
    ALL_ROUTES.some(
      ({ method, path, access }) =>
        path === url && (method === verb || (verb === 'HEAD' && method === 'GET') || access.kind === 'ingest'),
    )
  );
}
