import type { TableNames } from './log-table.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

/** A pair of spans is found when the later one comes in this long after the earlier one. */
const PARTNER_SECONDS = 1800;
/** Whole windows. What a client calls is taken to send no spans when none has come so long after the client's; messages may wait for longer. */
export const CLIENT_SECONDS = 30;
export const PRODUCER_SECONDS = 300;
/** Edges of an organization in a window, those with most calls. */
const EDGES_MAX = 2000;

/** A window of time in which spans came in, unix seconds, and a part of what came in it. */
export interface GraphPart {
  readonly from: number;
  readonly to: number;
  /** Those of its traces, or of its hours' figures, whose hash leaves `slice` when it is divided by `slices`. */
  readonly slice: number;
  readonly slices: number;
  /** Ids of organizations that it is without. */
  readonly without: readonly string[];
}

/** What is known of a span in the statement below; the place in the list is its place in a tuple. */
const SPAN = [
  'inserted_at',
  'minute',
  'service',
  'env',
  'kind',
  'status',
  'duration_nanos',
  'peer_type',
  'peer',
  'peer_system',
  'retention_days',
  'trace_id',
  'span_id',
  'is_root',
] as const;

type SpanColumn = (typeof SPAN)[number];

function of(span: 'p' | 'c', column: SpanColumn): string {
  return `${span}.${SPAN.indexOf(column) + 1}`;
}

/** An edge in the statement, by the columns of its table. */
interface EdgeSql {
  readonly span: 'p' | 'c';
  readonly client: string;
  readonly server: string;
  readonly clientType: string;
  readonly serverType: string;
  readonly connectionType: string;
  readonly system: string;
  readonly destination: string;
  readonly isError: string;
  readonly clientNanos: string;
  readonly serverNanos: string;
  readonly hasClient: string;
  readonly hasServer: string;
}

function edge(sql: EdgeSql): string {
  const { span } = sql;
  const slowest = `tuple(greatest(${sql.clientNanos}, ${sql.serverNanos}), ${of(span, 'trace_id')}, ${of(span, 'span_id')})`;
  return `tuple(${[
    of(span, 'minute'),
    sql.client,
    sql.server,
    sql.clientType,
    sql.serverType,
    sql.connectionType,
    sql.system,
    sql.destination,
    of(span, 'env'),
    sql.isError,
    sql.clientNanos,
    sql.serverNanos,
    sql.hasClient,
    sql.hasServer,
    slowest,
    of(span, 'retention_days'),
  ].join(', ')})`;
}

const CALLS = "('client', 'producer')";
const ANSWERS = "('server', 'consumer')";
const ZERO = 'toUInt64(0)';
/** Span p has child c in another service, or they are the two sides of one call: a service may call itself. */
const IS_CALL = `(${of('c', 'service')} != ${of('p', 'service')} OR (${of('p', 'kind')} IN ${CALLS} AND ${of('c', 'kind')} IN ${ANSWERS}))`;
const IS_MESSAGE = `(${of('p', 'kind')} = 'producer' OR ${of('c', 'kind')} = 'consumer')`;

const PAIR = edge({
  span: 'p',
  client: of('p', 'service'),
  server: of('c', 'service'),
  clientType: "'service'",
  serverType: "'service'",
  connectionType: `if(${IS_MESSAGE}, 'messaging_system', 'direct')`,
  system: of('p', 'peer_system'),
  destination: `if(NOT ${IS_MESSAGE}, '', if(${of('p', 'peer')} = '', ${of('c', 'peer')}, ${of('p', 'peer')}))`,
  isError: `(${of('p', 'status')} = 'error' OR ${of('c', 'status')} = 'error')`,
  clientNanos: `if(${of('p', 'kind')} IN ${CALLS}, ${of('p', 'duration_nanos')}, ${ZERO})`,
  serverNanos: of('c', 'duration_nanos'),
  hasClient: `(${of('p', 'kind')} IN ${CALLS})`,
  hasServer: 'true',
});

const PEER = edge({
  span: 'p',
  client: of('p', 'service'),
  server: of('p', 'peer'),
  clientType: "'service'",
  serverType: of('p', 'peer_type'),
  connectionType: `transform(${of('p', 'peer_type')}, ['database', 'messaging'], ['database', 'messaging_system'], 'virtual_node')`,
  system: of('p', 'peer_system'),
  destination: "''",
  isError: `(${of('p', 'status')} = 'error')`,
  clientNanos: of('p', 'duration_nanos'),
  serverNanos: ZERO,
  hasClient: 'true',
  hasServer: 'false',
});

/** A trace begins with a span that serves somebody who sends none, or takes a message whose sender is not known. */
const ENTRY = edge({
  span: 'p',
  client: `if(${of('p', 'kind')} = 'consumer', ${of('p', 'peer')}, 'user')`,
  server: of('p', 'service'),
  clientType: `if(${of('p', 'kind')} = 'consumer', 'messaging', 'user')`,
  serverType: "'service'",
  connectionType: `if(${of('p', 'kind')} = 'consumer', 'messaging_system', 'virtual_node')`,
  system: of('p', 'peer_system'),
  destination: "''",
  isError: `(${of('p', 'status')} = 'error')`,
  clientNanos: ZERO,
  serverNanos: of('p', 'duration_nanos'),
  hasClient: 'false',
  hasServer: 'true',
});

const TRACE_HASH = 'cityHash64(trace_id)';
/** Groups of hours differ in these, but for some hundreds: slices by them take any spans apart that a statement keeps apart. */
const HOURS_HASH = 'cityHash64(service, name, version, env)';
/** A span in the memory of the statement below, with long texts as several. */
const WEIGHT = 'sum(1 + intDiv(length(service) + length(env) + length(peer), 256))';

function came({ from, to }: GraphPart, column: string, seconds: number): string {
  const [first, end] = [from - seconds, to - seconds].map(wholeNumberLiteral);
  return `(${column} >= toDateTime(${first}, 'UTC') AND ${column} < toDateTime(${end}, 'UTC'))`;
}

/** The spans that are looked at for a part: those of its traces that came in the half hour up to the window's end. */
function lookedAt({ graphSpans }: TableNames, part: GraphPart): string {
  const ofPart = partCondition(part, TRACE_HASH);
  const waited = (kind: 'client' | 'producer', seconds: number) =>
    `(${came(part, 'inserted_at', seconds)} AND kind = '${kind}' AND peer_type != '')`;
  const traces = `SELECT organization_id, trace_id FROM ${graphSpans} WHERE ${ofPart} AND (${came(part, 'inserted_at', 0)} OR ${waited('client', CLIENT_SECONDS)} OR ${waited('producer', PRODUCER_SECONDS)})`;
  return `${ofPart} AND ${cameInHalfHour(part)} AND (organization_id, trace_id) IN (${traces})`;
}

function cameInHalfHour(part: GraphPart): string {
  return came({ ...part, from: part.from - PARTNER_SECONDS }, 'inserted_at', 0);
}

function tracesLookedAt(tables: TableNames, part: GraphPart): string {
  return `SELECT organization_id, trace_id, ${WEIGHT} AS weight FROM ${tables.graphSpans} WHERE ${lookedAt(tables, part)} GROUP BY organization_id, trace_id`;
}

/** A row: an organization, the spans that are looked at for its edges, those of traces that are too large, and how many traces these are. */
export function graphWorkSql(tables: TableNames, part: GraphPart, traceSpansMax: number): string {
  const isTooLarge = `weight > ${wholeNumberLiteral(traceSpansMax)}`;
  return `SELECT toString(organization_id), sumIf(weight, NOT ${isTooLarge}), sumIf(weight, ${isTooLarge}), countIf(${isTooLarge}) FROM (${tracesLookedAt(tables, part)}) GROUP BY organization_id`;
}

/**
 * Adds the edges that a window completes. A pair belongs to the window in which the later of the two came; a call of somebody that sends no spans to the one in which that was waited for long enough. A span that was sent more
 * than once counts where it came first. Spans are grouped by the id that parent and child share, so that one pass finds both. Traces of more than so many spans are left out: they are counted before anything of them is sorted.
 */
export function edgesInsert(tables: TableNames, part: GraphPart, traceSpansMax: number): string {
  const { graphSpans, graphMinutes } = tables;
  const traces = `SELECT organization_id, trace_id FROM (${tracesLookedAt(tables, part)}) WHERE weight <= ${wholeNumberLiteral(traceSpansMax)}`;
  const columns = SPAN.map((column) => (TEXTS.has(column) ? `toString(${column}) AS ${column}` : column));
  const spans = `SELECT organization_id, parent_span_id, ${columns.join(', ')} FROM ${graphSpans} WHERE ${partCondition(part, TRACE_HASH)} AND ${cameInHalfHour(part)} AND (organization_id, trace_id) IN (${traces}) ORDER BY inserted_at LIMIT 1 BY organization_id, trace_id, span_id`;
  const span = `tuple(${SPAN.join(', ')})`;
  const keyed = `SELECT organization_id, trace_id, anyIf(${span}, is_self) AS p, countIf(is_self) > 0 AS has_self, groupArrayIf(${span}, NOT is_self) AS children FROM (SELECT *, arrayJoin(if(is_root, [true], [true, false])) AS is_self, if(is_self, span_id, parent_span_id) AS id FROM (${spans})) GROUP BY organization_id, trace_id, id HAVING has_self`;
  const completed = `greatest(${of('p', 'inserted_at')}, ${of('c', 'inserted_at')}) >= toDateTime(${wholeNumberLiteral(part.from)}, 'UTC')`;
  const waited = `if(${of('p', 'kind')} = 'producer', ${came(part, of('p', 'inserted_at'), PRODUCER_SECONDS)}, ${came(part, of('p', 'inserted_at'), CLIENT_SECONDS)})`;
  const isPeer = `${of('p', 'kind')} IN ${CALLS} AND ${of('p', 'peer_type')} != '' AND ${waited} AND NOT arrayExists(c -> ${IS_CALL}, children)`;
  const isEntry = `${of('p', 'is_root')} AND ${came(part, of('p', 'inserted_at'), 0)} AND (${of('p', 'kind')} = 'server' OR (${of('p', 'kind')} = 'consumer' AND ${of('p', 'peer')} != ''))`;
  const edges = `arrayConcat(arrayMap(c -> ${PAIR}, arrayFilter(c -> ${IS_CALL} AND ${completed}, children)), if(${isPeer}, [${PEER}], []), if(${isEntry}, [${ENTRY}], []))`;
  const names = [
    'minute',
    'client',
    'server',
    'client_type',
    'server_type',
    'connection_type',
    'system',
    'destination',
    'env',
  ];
  const keys = names.map((name, place) => `e.${place + 1} AS ${name}`).join(', ');
  const figures = `count() AS calls, sum(e.10) AS errors, sum(e.11) AS client_nanos, sum(e.12) AS server_nanos, sumMapIf(map(${bucketOf('e.11')}, toUInt64(1)), e.13) AS client_buckets, sumMapIf(map(${bucketOf('e.12')}, toUInt64(1)), e.14) AS server_buckets, max(e.15) AS slowest, max(e.16) AS retention_days`;
  const target = `organization_id, ${names.join(', ')}, calls, errors, client_nanos, server_nanos, client_buckets, server_buckets, slowest, retention_days`;
  return `INSERT INTO ${graphMinutes} (${target}) SELECT organization_id, ${keys}, ${figures} FROM (SELECT organization_id, arrayJoin(${edges}) AS e FROM (${keyed})) GROUP BY organization_id, ${names.join(', ')} ORDER BY organization_id, calls DESC, ${names.join(', ')} LIMIT ${EDGES_MAX} BY organization_id`;
}

const TEXTS: ReadonlySet<string> = new Set<SpanColumn>([
  'service',
  'env',
  'kind',
  'status',
  'peer_type',
  'peer',
  'peer_system',
]);

/** Adds a window's spans to the figures of their hours. */
export function hoursInsert({ graphSpans, spanHours }: TableNames, part: GraphPart): string {
  const keys = 'organization_id, service, hour, name, kind, status, version, env, bucket';
  return `INSERT INTO ${spanHours} (${keys}, calls, nanos, slowest, retention_days) SELECT organization_id, service, toStartOfHour(minute) AS hour, name, kind, status, version, env, ${bucketOf('duration_nanos')} AS bucket, count(), sum(duration_nanos), max(tuple(duration_nanos, trace_id, span_id)), max(retention_days) FROM ${graphSpans} WHERE ${partCondition(part, HOURS_HASH)} AND ${came(part, 'inserted_at', 0)} GROUP BY ${keys} ORDER BY ${keys}`;
}

function partCondition({ slice, slices, without }: GraphPart, hash: string): string {
  const conditions = [
    ...(slices === 1 ? [] : [`${hash} % ${wholeNumberLiteral(slices)} = ${wholeNumberLiteral(slice)}`]),
    ...(without.length === 0 ? [] : [`organization_id NOT IN (${without.map(textLiteral).join(', ')})`]),
  ];
  return conditions.length === 0 ? '1' : conditions.join(' AND ');
}

/** As the view of minutes counts durations. */
function bucketOf(nanos: string): string {
  return `toUInt8(least(greatest(ceil(log2(${nanos} / 1e6) * 4) + 80, 0), 255))`;
}
