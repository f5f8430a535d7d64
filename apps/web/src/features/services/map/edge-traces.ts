import { quoteText } from '@aegisguard/traceql/syntax';
import type { MapEdge, MapNode } from './map-edges.ts';

/** What may have given a node without spans its name, by OpenTelemetry's names of today and before. */
const NAMED_BY = {
  database: ['peer.service', 'db.namespace', 'db.name', 'db.system.name', 'db.system'],
  messaging: ['messaging.destination.template', 'messaging.destination.name', 'messaging.destination'],
  external: ['peer.service', 'server.address', 'net.peer.name', 'http.host'],
} as const satisfies Partial<Record<MapNode['type'], readonly string[]>>;

function ofService(name: string): string {
  return `resource.service.name = ${quoteText(name)}`;
}

function isCalled(name: string, fields: readonly string[]): string {
  return `(${fields.map((field) => `span.${field} = ${quoteText(name)}`).join(' || ')})`;
}

/** The traces in which one node calls another, as TraceQL asks for them; undefined where neither sends spans. */
export function edgeTraces(
  client: MapNode,
  server: MapNode,
  { destination }: Pick<MapEdge, 'destination'>,
): string | undefined {
  if (client.type === 'service' && server.type === 'service') {
    const through = destination === '' ? '' : ` && ${isCalled(destination, NAMED_BY.messaging)}`;
    return `{ ${ofService(client.name)}${through} } > { ${ofService(server.name)} }`;
  }
  if (client.type === 'service' && server.type !== 'service' && server.type !== 'user') {
    return `{ ${ofService(client.name)} && ${isCalled(server.name, NAMED_BY[server.type])} }`;
  }
  if (server.type !== 'service' || client.type === 'service') {
    return undefined;
  }
  return client.type === 'user'
    ? `{ ${ofService(server.name)} && nestedSetParent < 0 }`
    : `{ ${ofService(server.name)} && ${isCalled(client.name, NAMED_BY[client.type])} }`;
}
