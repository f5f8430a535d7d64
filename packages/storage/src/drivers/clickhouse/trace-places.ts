import { formatRfc3339Nanos, type OrgId, type SpanPlace, type UnixNanos, unixNanos } from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
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

/** Where rows lie in the table's order. */
type RowPlace = Pick<SpanPlace, 'service' | 'startTime'>;

/** Rows of one service, from the first to the last. */
interface PlaceRange {
  readonly service: string;
  readonly first: UnixNanos;
  readonly last: UnixNanos;
}

/** What the projection `by_trace` says of a trace: how many rows it has, and a condition that they meet and the primary key can use. */
export interface TracePlaces {
  readonly ofTrace: string;
  readonly condition: string;
  readonly rows: number;
  readonly answer: EngineAnswer;
}

/** Finds out where a trace lies; undefined when the text is no trace id. */
export async function tracePlaces(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  traceId: string,
  deadline: Deadline,
): Promise<TracePlaces | undefined> {
  const id = traceIdLiteral(traceId);
  if (id === undefined) {
    return undefined;
  }
  const ofTrace = `FROM ${spans} WHERE ${orgCondition(orgId)} AND trace_id = ${id}`;
  const nanos = 'toUnixTimestamp64Nano(timestamp)';
  const answer = await runner.run(
    `SELECT service, count(), toString(min(${nanos})), toString(max(${nanos})), arrayMap(time -> toString(time), groupArray(${PLACES_MAX + 1})(${nanos})) ${ofTrace} GROUP BY service`,
    deadline,
    { isOfProjection: true },
  );
  const ranges: PlaceRange[] = [];
  const places: RowPlace[] = [];
  let rows = 0;
  for (const row of answer.rows) {
    const [service, count, first, last, times] = row as unknown as [string, number, string, string, readonly string[]];
    rows += Number(count);
    ranges.push({ service, first: unixNanos(BigInt(first)), last: unixNanos(BigInt(last)) });
    places.push(...times.map((time) => ({ service, startTime: unixNanos(BigInt(time)) })));
  }
  const condition = rows <= PLACES_MAX ? placesCondition(places) : rangesCondition(ranges);
  return { ofTrace, condition, rows, answer };
}

/** A condition that holds of rows at these places, one at the least, and that the primary key can use: the places themselves, or ranges that hold them. */
export function placesCondition(places: readonly RowPlace[]): string {
  const length = places.reduce((sum, { service }) => sum + service.length, 0);
  if (places.length <= PLACES_MAX && length <= PLACES_LENGTH_MAX) {
    const tuples = places.map(({ service, startTime }) => `(${textLiteral(service)}, ${timeText(startTime)})`);
    return `(service, timestamp) IN (${tuples.join(', ')})`;
  }
  const ranges = new Map<string, PlaceRange>();
  for (const { service, startTime } of places) {
    const range = ranges.get(service) ?? { service, first: startTime, last: startTime };
    ranges.set(service, widened(range, startTime));
  }
  return rangesCondition([...ranges.values()]);
}

function rangesCondition(ranges: readonly PlaceRange[]): string {
  if (ranges.length > SERVICES_MAX || ranges.some(({ service }) => service.length > SERVICE_LENGTH_MAX)) {
    return timesCondition(ranges.reduce((all, { first, last }) => widened(widened(all, first), last)));
  }
  const conditions = ranges.map((range) => `(service = ${textLiteral(range.service)} AND ${timesCondition(range)})`);
  return `(${conditions.join(' OR ')})`;
}

function timesCondition({ first, last }: PlaceRange): string {
  return `timestamp >= ${timeText(first)} AND timestamp <= ${timeText(last)}`;
}

function widened(range: PlaceRange, time: UnixNanos): PlaceRange {
  if (time < range.first) {
    return { ...range, first: time };
  }
  return time > range.last ? { ...range, last: time } : range;
}

/** A time as a text that is compared with the column: a thousand calls that make constants take the engine longer than to read the rows. */
function timeText(time: UnixNanos): string {
  return `'${formatRfc3339Nanos(time).replace('T', ' ').slice(0, -1)}'`;
}
