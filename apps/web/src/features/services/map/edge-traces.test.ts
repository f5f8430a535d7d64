import { parseQuery } from '@aegisguard/traceql/syntax';
import { expect, it } from 'vitest';
import { edgeTraces } from './edge-traces.ts';
import type { MapNode } from './map-edges.ts';

const node = (type: MapNode['type'], name: string) => ({ id: `${type}:${name}`, type, name }) as MapNode;
const ask = (client: MapNode, server: MapNode, destination = '') => {
  const query = edgeTraces(client, server, { destination });
  if (query !== undefined) {
    parseQuery(query);
  }
  return query;
};

it('asks for the calls of an edge, whatever its ends are', () => {
  const [web, api] = [node('service', 'web'), node('service', 'a"pi')];
  expect(ask(web, api)).toBe('{ resource.service.name = "web" } > { resource.service.name = "a\\"pi" }');
  expect(ask(web, api, 'mails')).toContain('span.messaging.destination.name = "mails"');
  expect(ask(web, node('database', 'shop'))).toMatch(
    /^\{ resource\.service\.name = "web" && \(.*span\.db\.namespace = "shop"/,
  );
  expect(ask(web, node('external', 'api.example.com'))).toContain('span.server.address = "api.example.com"');
  expect(ask(node('messaging', 'mails'), api)).toMatch(/^\{ resource\.service\.name = "a\\"pi" && /);
  expect(ask(node('user', 'user'), web)).toBe('{ resource.service.name = "web" && nestedSetParent < 0 }');
  expect(ask(node('messaging', 'mails'), node('database', 'shop'))).toBeUndefined();
});
