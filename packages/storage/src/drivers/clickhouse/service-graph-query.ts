import {
  CONNECTION_TYPES,
  GRAPH_NODE_TYPES,
  type GraphEdge,
  type GraphEdgeQuery,
  type GraphNode,
  type OrgId,
} from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { orgCondition } from './selection-sql.ts';
import { RANKED, readDurations, secondsLiteral } from './span-metrics-query.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

const KEYS = 'client, server, client_type, server_type, connection_type, system, destination';

/** A row: who, whom, calls, errors, nanoseconds and buckets of both sides, the slowest span; most calls first. */
export function graphEdgesSql({ graphMinutes, graphHours }: TableNames, orgId: OrgId, query: GraphEdgeQuery): string {
  const { startMs, endMs, resolution, env, client, server, limit } = query;
  const where = [
    orgCondition(orgId),
    `${resolution} >= toDateTime(${secondsLiteral(startMs)}, 'UTC') AND ${resolution} < toDateTime(${secondsLiteral(endMs)}, 'UTC')`,
    ...(env === undefined ? [] : [`env = ${textLiteral(env)}`]),
    ...(client === undefined ? [] : [`client = ${textLiteral(client)} AND client_type = 'service'`]),
    ...(server === undefined ? [] : [`server = ${textLiteral(server)} AND server_type = 'service'`]),
  ].join(' AND ');
  const figures =
    'sum(calls) AS c, sum(errors) AS e, sum(client_nanos) AS cn, sum(server_nanos) AS sn, sumMap(client_buckets) AS cb, sumMap(server_buckets) AS sb, max(slowest) AS slow';
  const table = resolution === 'minute' ? graphMinutes : graphHours;
  const most = wholeNumberLiteral(limit);
  // Buckets of all would be too much, where there are very many.
  const ranked = `SELECT cityHash64(${KEYS}) AS key, sum(calls) AS c FROM ${table} WHERE ${where} GROUP BY key ORDER BY c DESC, key LIMIT ${most}`;
  const first = `cityHash64(${KEYS}) IN (SELECT key FROM (${ranked} SETTINGS ${RANKED}))`;
  return `SELECT ${KEYS}, c, e, cn, sn, mapKeys(cb), mapValues(cb), mapKeys(sb), mapValues(sb), lower(hex(slow.2)), lower(hex(slow.3)), slow.1 FROM (SELECT ${KEYS}, ${figures} FROM ${table} WHERE ${where} AND ${first} GROUP BY ${KEYS}) ORDER BY c DESC, ${KEYS} LIMIT ${most}`;
}

/** A row of `graphEdgesSql`. */
export function readGraphEdge(row: readonly unknown[]): GraphEdge {
  const [client, server, clientType, serverType, connection, system, destination, ...figures] = row;
  const [calls, errors, clientNanos, serverNanos, ...rest] = figures;
  const [clientBuckets, clientCounts, serverBuckets, serverCounts, traceId, spanId, slowest] = rest;
  return {
    client: nodeOf(clientType, client),
    server: nodeOf(serverType, server),
    connectionType: CONNECTION_TYPES.find((type) => type === connection) ?? 'direct',
    system: String(system),
    destination: String(destination),
    calls: Number(calls),
    errors: Number(errors),
    clientSide: { nanos: Number(clientNanos), durations: readDurations(clientBuckets, clientCounts) },
    serverSide: { nanos: Number(serverNanos), durations: readDurations(serverBuckets, serverCounts) },
    slowest: { traceId: String(traceId), spanId: String(spanId), nanos: Number(slowest) },
  };
}

function nodeOf(type: unknown, name: unknown): GraphNode {
  return { type: GRAPH_NODE_TYPES.find((known) => known === type) ?? 'external', name: String(name) };
}
