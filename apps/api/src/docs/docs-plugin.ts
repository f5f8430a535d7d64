import { createHash } from 'node:crypto';
import { ALL_ROUTES, ROUTES } from '@aegisguard/model';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi-document.ts';

/** As everywhere else, but for styles, which Swagger UI writes into elements. No script of a page's own is let in here either. */
const POLICY = {
  'default-src': "'self'",
  'base-uri': "'none'",
  'connect-src': "'self'",
  'font-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'img-src': ["'self'", 'data:'],
  'object-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
};

/** A document and its text. */
interface Written {
  readonly document: ReturnType<typeof openApiDocument>;
  readonly json: string;
  readonly etag: string;
}

function write(): Written {
  const document = openApiDocument(ALL_ROUTES);
  const json = JSON.stringify(document);
  return { document, json, etag: `"${createHash('sha256').update(json).digest('base64url')}"` };
}

/** Serves the OpenAPI document at `/openapi.json`, and to be read and tried out at `/docs`. It is made when it is first asked for: that takes a few hundred milliseconds, which no start should wait for. */
export async function docsPlugin(instance: FastifyInstance): Promise<void> {
  let made: Written | undefined;
  const written = (): Written => {
    made ??= write();
    return made;
  };
  instance.get(ROUTES.openApi.path, async (request, reply) => {
    const { json, etag } = written();
    void reply.header('etag', etag).header('cache-control', 'no-cache');
    return request.headers['if-none-match'] === etag
      ? reply.code(304).send()
      : reply.type('application/json').send(json);
  });
  // The user interface asks for this plugin, and for a document before there is one.
  await instance.register(fastifySwagger, {
    mode: 'static',
    specification: { document: { openapi: '3.1.1', info: { title: 'AegisGuard API', version: '' }, paths: {} } },
  });
  await instance.register(fastifySwaggerUi, {
    transformSpecification: () => written().document,
    transformSpecificationClone: false,
    routePrefix: ROUTES.docs.path,
    staticCSP: POLICY,
    uiConfig: {
      deepLinking: true,
      displayOperationId: false,
      docExpansion: 'none',
      filter: true,
      tryItOutEnabled: false,
    },
    theme: { title: 'AegisGuard API' },
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO) },
  });
}

/** Swagger UI wants one in its bar; the name says enough. */
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 40"><text x="0" y="28" fill="#fff" font-family="sans-serif" font-size="24" font-weight="600">AegisGuard</text></svg>';
