import { type OrgId, type TraceSpans, totalStats, unixNanos } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition, timeLiteral } from './selection-sql.ts';
import { readSpanRow, SPAN_ROW_COLUMNS } from './span-row.ts';
import { textLiteral } from './sql-literal.ts';

const TRACE_ID = /^[0-9a-f]{32}$/;
/** More places than this, or with more text in their services, are not listed one by one: a statement may have 256 KiB, and a character up to 3 bytes. */
const PLACES_MAX = 1_000;
const PLACES_LENGTH_MAX = 50_000;
/** More services than this are not told apart either. */
const SERVICES_MAX = 200;
const SERVICE_LENGTH_MAX = 200;

/** A trace id as a constant of its column's type; undefined when it is none, and so no span has it. */
export function traceIdLiteral(traceId: string): string | undefined {
  return TRACE_ID.test(traceId) ? `toFixedString(unhex('${traceId}'), 16)` : undefined;
}

/** Where a span lies in the table's order. */
interface SpanPlace {
  readonly service: string;
  readonly timestamp: bigint;
}

/**
 * Reads a trace. The projection `by_trace` says where its spans lie: their services and start times, which are the table's order. A span that was sent twice counts once, as it came
 * last.
 */
export async function readTrace(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  traceId: string,
  limit: number,
  deadline: Deadline,
): Promise<TraceSpans> {
  const id = traceIdLiteral(traceId);
  if (id === undefined) {
    return { spans: [], isCut: false, stats: totalStats([]) };
  }
  const ofTrace = `FROM ${spans} WHERE ${orgCondition(orgId)} AND trace_id = ${id}`;
  // One more than asked for tells whether the trace is cut.
  const index = await runner.run(
    `SELECT lower(hex(span_id)), groupUniqArray((service, toString(toUnixTimestamp64Nano(timestamp)))) ${ofTrace} GROUP BY span_id ORDER BY min(timestamp), span_id LIMIT ${limit + 1}`,
    deadline,
  );
  const wanted = new Set(index.rows.slice(0, limit).map(([spanId]) => String(spanId)));
  const isCut = index.rows.length > limit;
  if (wanted.size === 0) {
    return { spans: [], isCut, stats: totalStats([index]) };
  }
  const places = index.rows.slice(0, limit).flatMap(([, found]) => (found as [string, string][]).map(placeOf));
  const answer = await runner.run(
    `SELECT ${SPAN_ROW_COLUMNS} ${ofTrace} AND ${placesCondition(places)} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`,
    deadline,
  );
  const read = answer.rows.map(readSpanRow).filter(({ spanId }) => wanted.has(spanId));
  read.sort((a, b) => compare(a.startTime, b.startTime) || compare(a.spanId, b.spanId));
  return { spans: read, isCut, stats: totalStats([index, answer]) };
}

function placeOf([service, timestamp]: [string, string]): SpanPlace {
  return { service, timestamp: BigInt(timestamp) };
}

/** A condition that the primary key can use: the places themselves, or ranges that hold them. */
function placesCondition(places: readonly SpanPlace[]): string {
  const services = new Set(places.map(({ service }) => service));
  if (services.size > SERVICES_MAX || [...services].some(({ length }) => length > SERVICE_LENGTH_MAX)) {
    return rangeCondition(places);
  }
  const length = places.reduce((sum, { service }) => sum + service.length, 0);
  if (places.length <= PLACES_MAX && length <= PLACES_LENGTH_MAX) {
    const tuples = places.map(({ service, timestamp }) => `(${textLiteral(service)}, ${timeLiteral(timestamp)})`);
    return `(service, timestamp) IN (${tuples.join(', ')})`;
  }
  const ranges = [...services].map((service) => {
    const own = places.filter((place) => place.service === service);
    return `(service = ${textLiteral(service)} AND ${rangeCondition(own)})`;
  });
  return `(${ranges.join(' OR ')})`;
}

function rangeCondition(places: readonly SpanPlace[]): string {
  let [first, last] = [places[0]?.timestamp ?? 0n, places[0]?.timestamp ?? 0n];
  for (const { timestamp } of places) {
    first = timestamp < first ? timestamp : first;
    last = timestamp > last ? timestamp : last;
  }
  return `timestamp >= ${timeLiteral(unixNanos(first))} AND timestamp <= ${timeLiteral(unixNanos(last))}`;
}

function compare<Key extends bigint | string>(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
