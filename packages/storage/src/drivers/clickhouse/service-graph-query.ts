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

const KEYS = ['client', 'server', 'client_type', 'server_type', 'connection_type', 'system', 'destination'] as const;
/** What tells edges apart that are merged. */
const MERGED_KEYS: ReadonlySet<string> = new Set(['client', 'server', 'connection_type']);

/** A row: who, whom, calls, errors, nanoseconds and buckets of both sides, the slowest span; most calls first. */
export function graphEdgesSql({ graphMinutes, graphHours }: TableNames, orgId: OrgId, query: GraphEdgeQuery): string {
  const { startMs, endMs, resolution, env, client, server, isMerged = false, withoutDurations = false, limit } = query;
  const where = [
    orgCondition(orgId),
    `${resolution} >= toDateTime(${secondsLiteral(startMs)}, 'UTC') AND ${resolution} < toDateTime(${secondsLiteral(endMs)}, 'UTC')`,
    ...(env === undefined ? [] : [`env = ${textLiteral(env)}`]),
    ...(client === undefined ? [] : [`client = ${textLiteral(client)} AND client_type = 'service'`]),
    ...(server === undefined ? [] : [`server = ${textLiteral(server)} AND server_type = 'service'`]),
  ].join(' AND ');
  const keys = KEYS.filter((key) => !isMerged || MERGED_KEYS.has(key)).join(', ');
  const columns = KEYS.map((key, at) => (isMerged && !MERGED_KEYS.has(key) ? `min(${key})` : key).concat(` AS k${at}`));
  const said = KEYS.map((_, at) => `k${at}`).join(', ');
  const buckets = (side: 'client' | 'server') =>
    withoutDurations ? `CAST(map(), 'Map(UInt8, UInt64)')` : `sumMap(${side}_buckets)`;
  const figures = `sum(calls) AS c, sum(errors) AS e, sum(client_nanos) AS cn, sum(server_nanos) AS sn, ${buckets('client')} AS cb, ${buckets('server')} AS sb, max(slowest) AS slow`;
  const table = resolution === 'minute' ? graphMinutes : graphHours;
  const most = wholeNumberLiteral(limit);
  // Buckets of all would be too much, where there are very many.
  const ranked = `SELECT cityHash64(${keys}) AS key, sum(calls) AS c FROM ${table} WHERE ${where} GROUP BY key ORDER BY c DESC, key LIMIT ${most}`;
  const first = `cityHash64(${keys}) IN (SELECT key FROM (${ranked} SETTINGS ${RANKED}))`;
  return `SELECT ${said}, c, e, cn, sn, mapKeys(cb), mapValues(cb), mapKeys(sb), mapValues(sb), lower(hex(slow.2)), lower(hex(slow.3)), slow.1 FROM (SELECT ${columns.join(', ')}, ${figures} FROM ${table} WHERE ${where} AND ${first} GROUP BY ${keys}) ORDER BY c DESC, ${said} LIMIT ${most}`;
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
