import type { TracePosition } from '@aegisguard/model';
import type { FoundGroup } from '../group-search.ts';
import { timeCondition } from '../selection-sql.ts';
import { traceIdLiteral } from '../trace-places.ts';
import { type Approximation, EVERYTHING } from './approximation.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import type { TraceQuest } from './find-traces.ts';
import { spanPlaces } from './span-places.ts';
import type { SpanReading } from './span-reading.ts';

/** Traces that are looked at one by one, as many as are wanted and some more; their ids stand in a statement of at most 256 KiB. */
export const TRACES_MAX = 1_000;
export const TRACES_GROWTH = 4;

/** Those of some traces that are wanted, with their keys. `known`: a condition that a span of each meets in the range. */
export async function confirmedTraces(
  reading: SpanReading,
  quest: TraceQuest,
  asked: { readonly hexIds: readonly string[]; readonly key: string; readonly known?: Approximation },
): Promise<readonly FoundGroup[]> {
  const { hexIds, key, known } = asked;
  if (hexIds.length === 0) {
    return [];
  }
  const { spans, org } = reading;
  const { range, horizon, after } = quest;
  const inRange = timeCondition(range.start, range.end);
  const having = [
    ...(after === undefined ? [] : [placeAfter(after)]),
    ...quest.having.map(({ sql }) => sql),
    ...(known === undefined ? [`countIf(${inRange}) > 0`] : []),
  ];
  const ofTraces = `${org} AND ${timeCondition(horizon.start, horizon.end)} AND trace_id IN (${idList(hexIds)})`;
  const rows = await reading.rows(
    `SELECT lower(hex(trace_id)), toString(${key} AS sort_key) FROM ${spans} WHERE ${ofTraces} GROUP BY trace_id${having.length === 0 ? '' : ` HAVING ${having.join(' AND ')}`}`,
    { isOfProjection: true },
  );
  const found = rows.map(([id, sortKey]) => ({ hexId: String(id), key: BigInt(String(sortKey)) }));
  const others = quest.conditions.filter((one) => one !== known && one !== EVERYTHING).map(({ sql }) => sql);
  if (others.length === 0 || found.length === 0) {
    return found;
  }
  const ofFound = `${org} AND ${inRange} AND trace_id IN (${idList(found.map(({ hexId }) => hexId))})`;
  const meetingSql = (filter: string) =>
    `SELECT lower(hex(trace_id)) FROM ${spans} WHERE ${spanPlaces(spans, ofFound)} AND ${ofFound}${filter} GROUP BY trace_id HAVING ${others.map((sql) => `countIf(${sql}) > 0`).join(' AND ')}`;
  // Faster, where the conditions may be said twice.
  const filtered = meetingSql(` AND (${others.join(' OR ')})`);
  const meeting = await reading.rows(Buffer.byteLength(filtered) <= STATEMENT_BYTES_MAX ? filtered : meetingSql(''));
  const ids = new Set(meeting.map(([id]) => String(id)));
  return found.filter(({ hexId }) => ids.has(hexId));
}

/** That a trace comes behind a place in the order of its `sort_key`. */
export function placeAfter({ key, traceId }: TracePosition): string {
  return `(sort_key, trace_id) < (toUInt64('${key}'), ${traceIdLiteral(traceId) ?? "''"})`;
}

function idList(hexIds: readonly string[]): string {
  return hexIds.flatMap((id) => traceIdLiteral(id) ?? []).join(', ');
}
