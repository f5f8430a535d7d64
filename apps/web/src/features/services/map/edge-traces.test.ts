import {
  type FetchedSpan,
  type JsonObject,
  parseOrgId,
  type SpanKind,
  type SpanQueryReader,
  spanPeer,
  unixNanos,
} from '@aegisguard/model';
import { parseQuery, searchTraces } from '@aegisguard/traceql';
import { describe, expect, it } from 'vitest';
import { edgeTraces } from './edge-traces.ts';
import type { MapNode } from './map-edges.ts';

const node = (type: MapNode['type'], name: string) => ({ id: `${type}:${name}`, type, name }) as MapNode;
const [web, api, mails] = [node('service', 'web'), node('service', 'a"pi'), node('messaging', 'mails')];
const queryOf = (
  client: MapNode,
  server: MapNode,
  { destination = '', env }: { destination?: string; env?: string } = {},
) => edgeTraces(client, server, { destination }, env) ?? '';

const ORG = parseOrgId('00000000-0000-4000-8000-000000000001');
const TRACE_ID = 'a'.repeat(32);
const STATS = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };
const START = unixNanos(1_800_000_000_000_000_000n);

/** What a test says of a span; the parent is the one before it. */
interface SpanNote {
  readonly service: string;
  readonly kind: SpanKind;
  readonly attributes?: JsonObject;
  readonly resource?: JsonObject;
}

function trace(notes: readonly SpanNote[]): readonly FetchedSpan[] {
  const id = (at: number) => (at === 0 ? '' : String(at).padStart(16, '0'));
  return notes.map(({ service, kind, attributes = {}, resource = {} }, at) => ({
    traceId: TRACE_ID,
    spanId: id(at + 1),
    parentSpanId: id(at),
    name: 'call',
    kind,
    service,
    startTime: START,
    durationNanos: 1n,
    status: 'unset',
    statusMessage: '',
    attributes,
    resource,
  }));
}

/** Whether a query finds a trace of these spans, each called by the one before. */
async function finds(query: string, notes: readonly SpanNote[]): Promise<boolean> {
  const { body } = parseQuery(query);
  const reader: Pick<SpanQueryReader, 'findTraces' | 'fetchSpans'> = {
    findTraces: async () => ({ traces: [{ traceId: TRACE_ID, key: 0n }], stats: STATS }),
    fetchSpans: async () => ({ spans: trace(notes), stats: STATS }),
  };
  if (body.kind !== 'pipeline') {
    return false;
  }
  const range = { start: START, end: unixNanos(START + 1n) };
  const quest = { query: body, ...range, sort: 'newest' as const, limit: 1, spansPerTrace: 0, spansetsPerTrace: 0 };
  const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
  const { traces } = await searchTraces(reader as SpanQueryReader, ORG, quest, bounds);
  return traces.length === 1;
}

describe('what sends no spans is found by what it is called after', () => {
  it.each<[string, SpanKind, JsonObject]>([
    ['database cache', 'client', { 'db.system.name': 'redis', 'peer.service': 'cache' }],
    ['database shop', 'client', { 'db.system.name': 'mysql', 'db.namespace': 'shop' }],
    ['database shop', 'client', { 'db.system': 'mysql', 'db.name': 'shop' }],
    ['database docs', 'client', { db: { system: 'mongodb', name: 'docs' } }],
    ['database redis', 'client', { 'db.system': 'redis', 'db.namespace': '0' }],
    ['messaging a-{n}', 'producer', { 'messaging.destination.template': 'a-{n}', 'messaging.destination.name': 'a-1' }],
    ['messaging orders', 'producer', { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' }],
    ['messaging orders', 'client', { 'messaging.system': 'sqs', 'messaging.destination': 'orders' }],
    ['messaging broker', 'producer', { 'messaging.system': 'kafka', 'peer.service': 'broker' }],
    ['messaging rabbitmq', 'client', { 'messaging.system': 'rabbitmq' }],
    ['external billing', 'client', { 'server.address': 'x', 'peer.service': 'billing' }],
    ['external api.example.com', 'client', { 'server.address': 'api.example.com' }],
    ['external api.example.com', 'client', { 'net.peer.name': 'api.example.com:443' }],
    ['external api.example.com', 'client', { 'http.host': 'api.example.com:443' }],
    ['external ::1', 'client', { 'server.address': '::1' }],
    ['external [::1]', 'client', { 'http.host': '[::1]:8080' }],
    ['external [::1]', 'client', { 'url.full': 'http://[::1]:8080/' }],
    ['external api.example.com', 'client', { 'url.full': 'HTTPS://me:secret@API.example.com:8443/a?b=@c' }],
    ['external api.example.com', 'client', { 'http.url': 'http://api.example.com' }],
    ['external 10.0.0.1', 'client', { 'url.full': 'no url', 'network.peer.address': '10.0.0.1' }],
    ['external 10.0.0.1', 'client', { 'net.peer.ip': '10.0.0.1' }],
    ['external shop.Cart', 'client', { 'rpc.system': 'grpc', 'rpc.service': 'shop.Cart' }],
    [`external ${'x'.repeat(256)}`, 'client', { 'peer.service': 'x'.repeat(300) }],
    [`external ${'x'.repeat(255)}\uFFFD`, 'client', { 'server.address': `${'x'.repeat(255)}😀` }],
  ])('%s, of a %s with %j', async (title, kind, attributes) => {
    const { type, name } = spanPeer({ kind, attributes });
    expect(`${type} ${name}`).toBe(title);
    const query = type === '' ? '' : queryOf(web, node(type, name));
    expect(await finds(query, [{ service: 'web', kind, attributes }])).toBe(true);
    expect(await finds(query, [{ service: 'other', kind, attributes }])).toBe(false);
    expect(await finds(query, [{ service: 'web', kind: 'server', attributes }])).toBe(false);
  });

  it.each<[string, JsonObject]>([
    ['api.example.com', { 'server.address': 'api-example.com' }],
    ['api.example.com', { 'server.address': 'api.example.com.example.net' }],
    ['api.example.com', { 'url.full': 'https://example.net/https://api.example.com' }],
    ['api.example.com', { 'url.full': 'https://api.example.com.example.net/' }],
    ['x', { 'peer.service': 'xy' }],
  ])('and not %s by %j', async (name, attributes) => {
    expect(await finds(queryOf(web, node('external', name)), [{ service: 'web', kind: 'client', attributes }])).toBe(
      false,
    );
  });
});

describe('calls between services', () => {
  const client: SpanNote = { service: 'web', kind: 'client' };
  const called: SpanNote = { service: 'a"pi', kind: 'server' };

  it('are those of one to a child in the other', async () => {
    expect(queryOf(web, api)).toBe('{ resource.service.name = "web" } > { resource.service.name = "a\\"pi" }');
    expect(await finds(queryOf(web, api), [client, called])).toBe(true);
    expect(await finds(queryOf(api, web), [client, called])).toBe(false);
  });

  it('within one service are those of a client to a server', async () => {
    expect(await finds(queryOf(web, web), [client, { ...called, service: 'web' }])).toBe(true);
    expect(await finds(queryOf(web, web), [{ service: 'web', kind: 'server' }, client])).toBe(false);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['the sender', { 'messaging.destination.name': 'mails' }, {}],
    ['the taker', {}, { 'messaging.destination.name': 'mails' }],
    ['a client of a queue behind a host', { 'server.address': 'mails:5672' }, {}],
  ])('go through the queue that %s names', async (_, sent, taken) => {
    const query = queryOf(web, api, { destination: 'mails' });
    const trip = (from: JsonObject, to: JsonObject): SpanNote[] => [
      { ...client, attributes: from },
      { ...called, kind: 'consumer', attributes: to },
    ];
    expect(await finds(query, trip(sent, taken))).toBe(true);
    expect(await finds(query, trip({ 'messaging.destination.name': 'orders' }, {}))).toBe(false);
  });
});

it('what begins a trace is found where it is entered', async () => {
  const entry: SpanNote = { service: 'web', kind: 'server' };
  const taker: SpanNote = { service: 'web', kind: 'consumer', attributes: { 'messaging.destination.name': 'mails' } };
  expect(await finds(queryOf(node('user', 'user'), web), [entry])).toBe(true);
  expect(await finds(queryOf(node('user', 'user'), web), [{ ...entry, service: 'other' }, entry])).toBe(false);
  expect(await finds(queryOf(node('user', 'user'), web), [taker])).toBe(false);
  expect(await finds(queryOf(mails, web), [taker])).toBe(true);
  expect(await finds(queryOf(mails, web), [entry, taker])).toBe(false);
  expect(edgeTraces(mails, node('database', 'shop'), { destination: '' }, undefined)).toBeUndefined();
});

describe('a map of one environment leads to its traces', () => {
  const attributes = { 'db.system': 'mysql', 'messaging.destination.name': 'mails' };
  const [staging, older, none] = [
    { 'deployment.environment.name': 'staging' },
    { 'deployment.environment': 'staging' },
    { 'deployment.environment.name': '' },
  ];
  const production = { 'deployment.environment.name': 'production' };
  const edges: readonly [string, (env: string) => string, (resource: JsonObject) => readonly SpanNote[]][] = [
    [
      'calls',
      (env) => queryOf(web, api, { env }),
      // A call belongs to where the caller runs.
      (resource) => [
        { service: 'web', kind: 'client', resource },
        { service: 'a"pi', kind: 'server', resource: production },
      ],
    ],
    [
      'messages',
      (env) => queryOf(web, api, { destination: 'mails', env }),
      (resource) => [
        { service: 'web', kind: 'producer', attributes, resource },
        { service: 'a"pi', kind: 'consumer', attributes },
      ],
    ],
    [
      'calls of a database',
      (env) => queryOf(web, node('database', 'mysql'), { env }),
      (resource) => [{ service: 'web', kind: 'client', attributes, resource }],
    ],
    [
      'entries',
      (env) => queryOf(node('user', 'user'), web, { env }),
      (resource) => [{ service: 'web', kind: 'server', resource }],
    ],
    [
      'messages of nobody',
      (env) => queryOf(mails, web, { env }),
      (resource) => [{ service: 'web', kind: 'consumer', attributes, resource }],
    ],
  ];

  it.each(edges)('%s', async (_, query, spans) => {
    const found = async (env: string, resource: JsonObject) => finds(query(env), spans(resource));
    expect(await Promise.all([staging, older, production, none, {}].map((one) => found('staging', one)))).toEqual([
      ...[true, true, false, false, false],
    ]);
    expect(await Promise.all([staging, older, production, none, {}].map((one) => found('', one)))).toEqual([
      ...[false, false, false, true, true],
    ]);
  });
});
