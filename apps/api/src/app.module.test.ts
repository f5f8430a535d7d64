import 'reflect-metadata';
import { ALL_ROUTES, defineRoute, ROUTES, type Route } from '@aegisguard/model';
import { Controller, Get } from '@nestjs/common';
import fastify, { type FastifyPluginAsync } from 'fastify';
import { expect, it } from 'vitest';
import { CONTROLLERS } from './app.module.ts';
import { INGEST_ROUTES } from './ingest/open-ingest.ts';
import { watchRoutes } from './platform/route-watch.ts';
import { servedRoutes } from './platform/served-routes.ts';
import { Serves } from './platform/serves.ts';

/** Served by plugins of Fastify. */
const BY_PLUGINS: readonly Route[] = [ROUTES.openApi, ROUTES.docs];

it('serves every route of the table exactly once', () => {
  const paths = new Set(INGEST_ROUTES.map(({ path }) => path));
  const byGateway = ALL_ROUTES.filter(({ access, path }) => access.kind === 'ingest' && paths.has(path));
  const served = [...servedRoutes(CONTROLLERS), ...byGateway, ...BY_PLUGINS];
  expect(served.map(({ id }) => id).sort()).toEqual(ALL_ROUTES.map(({ id }) => id).sort());
});

it('declares the scope that the gateway checks', () => {
  const declared = ALL_ROUTES.flatMap(({ access, path }) => (access.kind === 'ingest' ? [[path, access.scope]] : []));
  expect(declared.sort()).toEqual(INGEST_ROUTES.map(({ path, scope }) => [path, scope]).sort());
});

it('has no two routes that answer the same request', () => {
  const shapes = ALL_ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
  expect(new Set(shapes).size).toBe(shapes.length);
});

it('does not start with a handler outside the table', () => {
  @Controller()
  class Undeclared {
    @Get('/somewhere')
    read(): string {
      return '';
    }
  }
  expect(() => servedRoutes([Undeclared])).toThrow('Undeclared.read serves no route of the table');
  const elsewhere = defineRoute({ ...ROUTES.health, id: 'elsewhere', path: '/elsewhere' });
  @Controller()
  class Elsewhere {
    @Serves(elsewhere)
    read(): { status: 'ok'; version: string; uptimeSeconds: number } {
      return { status: 'ok', version: '', uptimeSeconds: 0 };
    }
  }
  expect(() => servedRoutes([Elsewhere])).toThrow('Elsewhere.read serves no route of the table');
  expect(() => servedRoutes([...CONTROLLERS, ...CONTROLLERS])).toThrow('is served twice');
});

it('does not start with a route of a plugin outside the table', async () => {
  const instance = fastify();
  const check = watchRoutes(instance);
  const answer = async (): Promise<string> => '';
  const known: FastifyPluginAsync = async (inner) => {
    inner.get('/health', answer);
    inner.get('/assets/*', answer);
    inner.route({ method: ['POST', 'OPTIONS'], url: '/v1/rum', handler: answer });
  };
  await instance.register(known);
  expect(check).not.toThrow();
  const unknown: FastifyPluginAsync = async (inner) => {
    inner.post('/health', answer);
    inner.get('/somewhere', answer);
  };
  await instance.register(unknown);
  expect(check).toThrow('routes): POST /health, GET /somewhere, HEAD /somewhere');
});
