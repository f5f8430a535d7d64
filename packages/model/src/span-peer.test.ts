import { expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { spanPeer } from './span-peer.ts';
import type { SpanKind } from './span-record.ts';

it.each<[string, SpanKind, JsonObject, string]>([
  [
    'a database, as it was called',
    'client',
    { 'db.system': 'postgresql', 'db.name': 'orders' },
    'database orders postgresql',
  ],
  [
    'a database, as it is called',
    'client',
    { 'db.system.name': 'mysql', 'db.namespace': 'shop' },
    'database shop mysql',
  ],
  ['a nested database', 'client', { db: { system: 'mongodb', name: 'docs' } }, 'database docs mongodb'],
  ['a numbered database', 'client', { 'db.system': 'redis', 'db.namespace': '0' }, 'database redis redis'],
  ['a database that is a service', 'client', { 'db.system': 'redis', 'peer.service': 'cache' }, 'database cache redis'],
  [
    'a topic',
    'producer',
    { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' },
    'messaging orders kafka',
  ],
  ['an old topic', 'consumer', { 'messaging.system': 'sqs', 'messaging.destination': 'mails' }, 'messaging mails sqs'],
  [
    'a topic of a template',
    'producer',
    { 'messaging.destination.name': 'a-1', 'messaging.destination.template': 'a-{n}' },
    'messaging a-{n} ',
  ],
  ['a queue by its system', 'client', { 'messaging.system': 'rabbitmq' }, 'messaging rabbitmq rabbitmq'],
  [
    'a host',
    'client',
    { 'server.address': 'api.example.com', 'http.request.method': 'GET' },
    'external api.example.com http',
  ],
  [
    'an old host',
    'client',
    { 'net.peer.name': 'api.example.com', 'rpc.system': 'grpc' },
    'external api.example.com grpc',
  ],
  [
    'a host with its port',
    'client',
    { 'http.host': 'example.com:8080', 'http.method': 'GET' },
    'external example.com http',
  ],
  ['an address of IPv6', 'client', { 'server.address': '2001:db8::1' }, 'external 2001:db8::1 '],
  ['an address of IPv6 with its port', 'client', { 'http.host': '[2001:db8::1]:80' }, 'external [2001:db8::1] '],
  [
    'a URL behind a port alone',
    'client',
    { 'http.host': ':80', 'http.url': 'http://a.example/' },
    'external a.example ',
  ],
  ['a host in a URL', 'client', { 'url.full': 'https://user@example.com:1/a' }, 'external example.com '],
  ['an address', 'client', { 'url.full': 'no url', 'network.peer.address': '10.0.0.1' }, 'external 10.0.0.1 '],
  ['a service of a client', 'client', { 'server.address': 'x', 'peer.service': 'billing' }, 'external billing '],
  ['nothing', 'client', { 'server.address': 7, 'db.system': '' }, '  '],
  ['nothing of a message', 'producer', {}, '  '],
  ['nothing of a server', 'server', { 'db.system': 'redis' }, '  '],
  ['nothing of what is within', 'internal', { 'server.address': 'x' }, '  '],
])('finds %s', (_, kind, attributes, expected) => {
  const { type, name, system } = spanPeer({ kind, attributes });
  expect(`${type} ${name} ${system}`).toBe(expected);
});

it('cuts long names', () => {
  expect(spanPeer({ kind: 'client', attributes: { 'peer.service': 'x'.repeat(10_000) } }).name).toHaveLength(256);
});
