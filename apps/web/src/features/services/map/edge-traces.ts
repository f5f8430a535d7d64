import { quoteText } from '@aegisguard/traceql/syntax';
import { ofEnvironment } from '../service-links.ts';
import { calledAfter } from './called-after.ts';
import type { MapEdge, MapNode } from './map-edges.ts';

const CALLS = '(kind = client || kind = producer)';
const ANSWERS = '(kind = server || kind = consumer)';
const IS_FIRST = 'nestedSetParent < 0';

function ofService(name: string): string {
  return `resource.service.name = ${quoteText(name)}`;
}

function filter(...conditions: readonly string[]): string {
  return `{ ${conditions.join(' && ')} }`;
}

/**
 * The traces in which one node calls another, as TraceQL asks for them; undefined where neither sends spans. A call belongs to the environment of the span that calls, or that begins the trace.
 */
export function edgeTraces(
  client: MapNode,
  server: MapNode,
  { destination }: Pick<MapEdge, 'destination'>,
  env: string | undefined,
): string | undefined {
  const ofEnv = ofEnvironment(env);
  if (client.type === 'service' && server.type === 'service') {
    // Within one service not every child is a call.
    const isItself = client.name === server.name;
    const caller = [ofService(client.name), ...(isItself ? [CALLS] : []), ...ofEnv];
    const called = [ofService(server.name), ...(isItself ? [ANSWERS] : [])];
    if (destination === '') {
      return `${filter(...caller)} > ${filter(...called)}`;
    }
    // Either side may say through what the message went; who sends it may do so as to any host.
    const sent = calledAfter(destination, ['messaging', 'external']);
    const taken = calledAfter(destination, ['messaging']);
    return `(${filter(...caller, sent)} > ${filter(...called)}) || (${filter(...caller)} > ${filter(...called, taken)})`;
  }
  if (client.type === 'service' && server.type !== 'service' && server.type !== 'user') {
    return filter(ofService(client.name), CALLS, calledAfter(server.name, [server.type]), ...ofEnv);
  }
  if (server.type !== 'service' || client.type === 'service') {
    return undefined;
  }
  return client.type === 'user'
    ? filter(ofService(server.name), 'kind = server', IS_FIRST, ...ofEnv)
    : filter(ofService(server.name), 'kind = consumer', IS_FIRST, calledAfter(client.name, [client.type]), ...ofEnv);
}
