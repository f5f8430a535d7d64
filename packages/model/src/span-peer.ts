import type { JsonObject, JsonValue } from './json.ts';
import type { SpanRecord } from './span-record.ts';

/*
 * OpenTelemetry's conventions, today's names before those of earlier versions:
 * https://opentelemetry.io/docs/specs/semconv/general/attributes/ https://opentelemetry.io/docs/specs/semconv/db/database-spans/
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
const DATABASE_SYSTEM = ['db.system.name', 'db.system'];
const MESSAGING_SYSTEM = ['messaging.system'];
const RPC_SYSTEM = ['rpc.system.name', 'rpc.system'];
const HTTP_METHOD = ['http.request.method', 'http.method'];

/** An attribute that may name a peer, and what it has: the name itself, one that is none where it is a number, a host with or without a port, or a URL. */
export interface PeerName {
  readonly attribute: string;
  readonly holds: 'name' | 'name-or-number' | 'host' | 'url';
}

/** What a peer may be that sends no spans itself. */
export type PeerType = 'database' | 'messaging' | 'external';

function named(holds: PeerName['holds'], attributes: readonly string[]): readonly PeerName[] {
  return attributes.map((attribute) => ({ attribute, holds }));
}

/** What a peer is called after: the first that says something. */
export const PEER_NAMES: Readonly<Record<PeerType, readonly PeerName[]>> = {
  database: [
    ...named('name', ['peer.service']),
    // Redis numbers its databases: the number says nothing without the name of the system.
    ...named('name-or-number', ['db.namespace', 'db.name']),
    ...named('name', DATABASE_SYSTEM),
  ],
  messaging: named('name', [
    'messaging.destination.template',
    'messaging.destination.name',
    'messaging.destination',
    'peer.service',
    ...MESSAGING_SYSTEM,
  ]),
  external: [
    ...named('name', ['peer.service']),
    ...named('host', ['server.address', 'net.peer.name', 'http.host']),
    ...named('url', ['url.full', 'http.url']),
    ...named('name', ['network.peer.address', 'net.peer.ip', 'rpc.service']),
  ],
};

/** A peer's name is cut behind so many characters. */
export const PEER_NAME_MAX = 256;

/** What a span says of whom it calls or gets messages from. */
export interface SpanPeer {
  readonly type: '' | PeerType;
  readonly name: string;
  /** What is spoken. */
  readonly system: string;
}

const NONE: SpanPeer = { type: '', name: '', system: '' };

/** The peer of a span of a client, a producer or a consumer; nothing for others, and where nothing is said. */
export function spanPeer({ kind, attributes }: Pick<SpanRecord, 'kind' | 'attributes'>): SpanPeer {
  if (kind !== 'client' && kind !== 'producer' && kind !== 'consumer') {
    return NONE;
  }
  const database = firstText(attributes, DATABASE_SYSTEM);
  if (database !== '') {
    return peerOf('database', attributes, database);
  }
  const messaging = firstText(attributes, MESSAGING_SYSTEM);
  if (messaging !== '' || kind !== 'client') {
    return peerOf('messaging', attributes, messaging);
  }
  const http = firstText(attributes, HTTP_METHOD) === '' ? '' : 'http';
  return peerOf('external', attributes, firstText(attributes, RPC_SYSTEM) || http);
}

function peerOf(type: PeerType, attributes: JsonObject, system: string): SpanPeer {
  for (const { attribute, holds } of PEER_NAMES[type]) {
    const name = NAME_IN[holds](textOf(attributes, attribute));
    if (name !== '') {
      return { type, name: cut(name), system };
    }
  }
  return NONE;
}

const NAME_IN: Readonly<Record<PeerName['holds'], (text: string) => string>> = {
  name: (text) => text,
  'name-or-number': (text) => (/^\d+$/.test(text) ? '' : text),
  // What has more colons than that of a port is an address of IPv6.
  host: (text) => text.replace(/^([^:]*|\[[^\]]*\]):\d{1,5}$/, '$1'),
  url: (text) => (URL.canParse(text) ? new URL(text).hostname : ''),
};

function cut(text: string): string {
  return text.length > PEER_NAME_MAX ? text.slice(0, PEER_NAME_MAX).toWellFormed() : text;
}

function firstText(attributes: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const text = textOf(attributes, name);
    if (text !== '') {
      return text;
    }
  }
  return '';
}

function textOf(attributes: JsonObject, name: string): string {
  const value = attributes[name] ?? nested(attributes, name);
  return typeof value === 'string' ? value : '';
}

/** Attributes may be objects within objects instead of names with dots. */
function nested(attributes: JsonObject, name: string): JsonValue | undefined {
  const [head = '', ...rest] = name.split('.');
  let value: JsonValue | undefined = attributes[head];
  for (const part of rest) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return undefined;
    }
    value = Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}
