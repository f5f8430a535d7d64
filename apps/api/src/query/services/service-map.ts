import type {
  DependenciesAnswer,
  GraphEdge,
  GraphNode,
  OrgId,
  QueryBounds,
  ServiceMapAnswer,
  ServiceMapRequest,
  ServiceReader,
  SpanFigures,
} from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { type FigureRange, figureSelection, rangeView, secondsOf } from './figure-range.ts';
import { addRed, entryFigures, quantile, redView } from './red-view.ts';

const NANOS_PER_MS = 1e6;
/** On each side. */
const DEPENDENCIES_MAX = 500;

type NodeView = ServiceMapAnswer['nodes'][number];

/** Who calls whom in a range. */
export async function serviceMap(
  reader: ServiceReader,
  orgId: OrgId,
  request: ServiceMapRequest,
  range: FigureRange,
  bounds: QueryBounds,
): Promise<ServiceMapAnswer> {
  const { env, service, hops, limit } = request;
  const selection = figureSelection(range, { env });
  const found = await reader.readEdges(orgId, { ...selection, limit: limit + 1 }, bounds);
  const measured = await reader.measureSpans(orgId, { ...selection, by: ['service', 'kind'], durations: true }, bounds);
  const edges = found.edges.slice(0, limit);
  const near = service === undefined ? undefined : nodesNear({ type: 'service', name: service }, edges, hops);
  const shown = edges.filter(
    ({ client, server }) => near === undefined || (near.has(idOf(client)) && near.has(idOf(server))),
  );
  const services = Map.groupBy(measured.groups, (figures) => figures.service ?? '');
  const nodes = new Map<string, GraphNode>();
  for (const name of services.keys()) {
    nodes.set(idOf({ type: 'service', name }), { type: 'service', name });
  }
  for (const { client, server } of shown) {
    nodes.set(idOf(client), client);
    nodes.set(idOf(server), server);
  }
  return {
    ...rangeView(range),
    nodes: [...nodes.values()]
      .filter((node) => near === undefined || near.has(idOf(node)))
      .map((node) => nodeView(node, services, edges, secondsOf(range))),
    edges: shown.map((edge) => ({
      client: idOf(edge.client),
      server: idOf(edge.server),
      ...callsView(edge, secondsOf(range)),
    })),
    hasMore: found.edges.length > limit,
    stats: totalStats([found.stats, measured.stats]),
  };
}

/** Who calls a service and whom it calls, in a range. */
export async function serviceDependencies(
  reader: ServiceReader,
  orgId: OrgId,
  { service, env }: { readonly service: string; readonly env?: string | undefined },
  range: FigureRange,
  bounds: QueryBounds,
): Promise<DependenciesAnswer> {
  const selection = { ...figureSelection(range, { env }), limit: DEPENDENCIES_MAX };
  const callers = await reader.readEdges(orgId, { ...selection, server: service }, bounds);
  const callees = await reader.readEdges(orgId, { ...selection, client: service }, bounds);
  const viewOf = (edge: GraphEdge, other: GraphNode) => ({
    node: { id: idOf(other), ...other },
    ...callsView(edge, secondsOf(range)),
  });
  return {
    ...rangeView(range),
    upstream: callers.edges.map((edge) => viewOf(edge, edge.client)),
    downstream: callees.edges.map((edge) => viewOf(edge, edge.server)),
    stats: totalStats([callers.stats, callees.stats]),
  };
}

function idOf({ type, name }: GraphNode): string {
  return `${type}:${name}`;
}

/** What can be reached in so many calls, downstream only or upstream only. */
function nodesNear(from: GraphNode, edges: readonly GraphEdge[], hops: number): ReadonlySet<string> {
  const near = new Set([idOf(from)]);
  for (const [own, other] of [
    ['client', 'server'],
    ['server', 'client'],
  ] as const) {
    let border = new Set([idOf(from)]);
    for (let hop = 0; hop < hops; hop += 1) {
      const next = edges.filter((edge) => border.has(idOf(edge[own]))).map((edge) => idOf(edge[other]));
      border = new Set(next);
      for (const id of border) {
        near.add(id);
      }
    }
  }
  return near;
}

function nodeView(
  node: GraphNode,
  services: ReadonlyMap<string, readonly SpanFigures[]>,
  edges: readonly GraphEdge[],
  rangeSeconds: number,
): NodeView {
  const head = { id: idOf(node), ...node };
  if (node.type === 'service') {
    const { basis, figures } = entryFigures(services.get(node.name) ?? []);
    return { ...head, basis, red: redView(addRed(figures), rangeSeconds) };
  }
  if (node.type === 'user') {
    return { ...head, basis: null, red: null };
  }
  const calls = edges.filter(({ server }) => idOf(server) === head.id);
  const red = addRed(calls.map(({ clientSide, ...edge }) => ({ ...edge, ...clientSide })));
  return { ...head, basis: null, red: redView(red, rangeSeconds) };
}

function callsView(
  edge: GraphEdge,
  rangeSeconds: number,
): Omit<ServiceMapAnswer['edges'][number], 'client' | 'server'> {
  const { connectionType, system, destination, calls, errors, clientSide, serverSide } = edge;
  return {
    connectionType,
    system,
    destination,
    calls,
    errors,
    callsPerSecond: calls / rangeSeconds,
    errorRatio: errors / calls,
    clientSide: sideView(clientSide),
    serverSide: sideView(serverSide),
  };
}

function sideView({ nanos, durations }: GraphEdge['clientSide']): ServiceMapAnswer['edges'][number]['clientSide'] {
  const count = durations.counts.reduce((sum, one) => sum + one, 0);
  const at = (share: number) => quantile(durations, share) ?? 0;
  return count === 0
    ? null
    : { meanMs: nanos / NANOS_PER_MS / count, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
