import type { JsonObject, JsonValue, SpanRecord } from '@aegisguard/model';

/*
 * OpenTelemetry's conventions, today's names before those of earlier versions:
 * https://opentelemetry.io/docs/specs/semconv/general/attributes/ https://opentelemetry.io/docs/specs/semconv/db/database-spans/
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
const DATABASE_SYSTEM = ['db.system.name', 'db.system'];
const DATABASE_NAME = ['db.namespace', 'db.name'];
const MESSAGING_SYSTEM = ['messaging.system'];
const DESTINATION = ['messaging.destination.template', 'messaging.destination.name', 'messaging.destination'];
const RPC_SYSTEM = ['rpc.system.name', 'rpc.system'];
const HTTP_METHOD = ['http.request.method', 'http.method'];
const SERVICE = ['peer.service'];
const HOST = ['server.address', 'net.peer.name', 'http.host'];
const URL_NAMES = ['url.full', 'http.url'];
const ADDRESS = ['network.peer.address', 'net.peer.ip', 'rpc.service'];

/** A peer's name is cut behind so many characters. */
const NAME_MAX = 256;

/** What a span says of whom it calls or gets messages from. */
export interface SpanPeer {
  readonly type: '' | 'database' | 'messaging' | 'external';
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
  const first = (names: readonly string[]) => firstText(attributes, names);
  const database = first(DATABASE_SYSTEM);
  if (database !== '') {
    return { type: 'database', name: databaseName(first(SERVICE) || first(DATABASE_NAME), database), system: database };
  }
  const messaging = first(MESSAGING_SYSTEM);
  if (messaging !== '' || kind !== 'client') {
    const name = cut(first(DESTINATION) || first(SERVICE) || messaging);
    return name === '' ? NONE : { type: 'messaging', name, system: messaging };
  }
  const name = cut(first(SERVICE) || hostOf(first(HOST)) || urlHost(first(URL_NAMES)) || first(ADDRESS));
  const system = first(RPC_SYSTEM) || (first(HTTP_METHOD) === '' ? '' : 'http');
  return name === '' ? NONE : { type: 'external', name, system };
}

/** Redis numbers its databases: the number says nothing without the name of the system. */
function databaseName(name: string, system: string): string {
  return cut(name === '' || /^\d+$/.test(name) ? system : name);
}

/** Without the port. */
function hostOf(text: string): string {
  return text.replace(/:\d{1,5}$/, '');
}

function urlHost(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : '';
}

function cut(text: string): string {
  return text.length > NAME_MAX ? text.slice(0, NAME_MAX).toWellFormed() : text;
}

function firstText(attributes: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const value = attributes[name] ?? nested(attributes, name);
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return '';
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
