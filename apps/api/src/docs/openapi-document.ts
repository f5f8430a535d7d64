// https://spec.openapis.org/oas/v3.1.1
import * as model from '@aegisguard/model';
import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { PRODUCT_VERSION } from '../platform/product-version.ts';
import { openApiPath, operationOf } from './operation.ts';
import { SECURITY_SCHEMES } from './security-schemes.ts';
import { TAGS } from './tags.ts';

type Document = ReturnType<typeof createDocument>;

/** The OpenAPI document of a table of routes: made of the schemas that the server parses with. Schemas that `packages/model` gives a name have the same one here. */
export function openApiDocument(routes: readonly model.Route[]): Document {
  const schemas: Record<string, z.ZodType> = {};
  for (const [name, value] of Object.entries<unknown>(model)) {
    if (value instanceof z.ZodType) {
      schemas[name] = value;
    }
  }
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'AegisGuard',
        version: PRODUCT_VERSION,
        description:
          'Errors are problem documents (RFC 9457). Lists are `{items, nextCursor}`, taken page by page with `?limit=&cursor=`. Another organization’s object is 404.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: pathsOf(routes),
      components: { schemas, securitySchemes: SECURITY_SCHEMES },
    },
    // What is not walked through (free-form JSON) has no more to say of itself than its `meta`.
    { allowEmptySchema: { custom: true } },
  );
  return withoutUnused(document);
}

function pathsOf(routes: readonly model.Route[]): ZodOpenApiPathsObject {
  const byPath = Map.groupBy(routes, ({ path }) => openApiPath(path));
  return Object.fromEntries(
    [...byPath].map(([path, found]) => [
      path,
      Object.fromEntries(found.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}

/** Without the named schemas that nothing refers to. The library names those of answers `…Output`: where there is no other of the name, it is left at that. */
function withoutUnused(document: Document): Document {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (!used.has(name)) {
        used.add(name);
        visit(JSON.stringify(schemas[name]));
      }
    }
  };
  visit(JSON.stringify(document.paths));
  const shortName = (name: string): string => {
    const short = name.replace(/Output$/, '');
    return used.has(short) ? name : short;
  };
  const kept = Object.entries(schemas).flatMap(([name, schema]) => (used.has(name) ? [[shortName(name), schema]] : []));
  const whole = { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } };
  const json = JSON.stringify(whole).replaceAll(/(?<="#\/components\/schemas\/)[^"]+(?=")/g, (name) => shortName(name));
  return JSON.parse(json) as Document;
}
