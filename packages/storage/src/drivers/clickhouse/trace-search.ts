import {
  AegisError,
  type OrgId,
  type TraceListing,
  type TracePage,
  type TraceSearch,
  type TraceSelection,
  type TraceSummary,
  totalStats,
  unixNanos,
} from '@aegisguard/model';
import { attributeEquals } from './attribute-sql.ts';
import type { EngineAnswer } from './engine.ts';
import { searchGroups } from './group-search.ts';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import type { SearchWindow } from './search-windows.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';
import { traceIdLiteral } from './trace-places.ts';

/** Labels that stand for columns, as for logs. */
const NATIVE_COLUMNS: Readonly<Record<string, string>> = {
  service: 'service',
  service_name: 'service',
  host: 'host',
  env: 'env',
  version: 'version',
};

/** Spans further than this outside of the searched range are not looked for: partitions without end would have to be. */
const HORIZON_NANOS = 24n * 3_600_000_000_000n;
/** Spans of a first window: per trace that is wanted, and when a filter thins them out by an unknown factor. */
const SPANS_PER_TRACE = 40;
const FILTERED_TARGET = 100_000;
/** Every window must be looked through. */
const SLOWEST_TARGET = 200_000;
const SERVICES_MAX = 1_000;

const START = 'toUInt64(toUnixTimestamp64Nano(min(timestamp)))';
const DURATION = `max(toUInt64(toUnixTimestamp64Nano(timestamp)) + duration_nanos) - ${START}`;

/** Finds one page of traces: their ids in order first, then what is told of each. */
export async function searchTraces(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  search: TraceSearch,
  deadline: Deadline,
): Promise<TracePage> {
  const answers: EngineAnswer[] = [];
  const indexed = indexedConditions(search);
  const others = otherConditions(search);
  const isNewest = search.sort === 'newest';
  const wanted = search.limit + 1;
  const horizon = horizonOf(search);
  const found = await searchGroups(
    runner,
    orgId,
    {
      table: tables.spans,
      idColumn: 'trace_id',
      condition: [...indexed, ...others, '1'].map((condition) => `(${condition})`).join(' AND '),
      range: search,
      densityConditions: indexed,
      horizon,
      key: isNewest ? START : DURATION,
      isKeyStart: isNewest,
      firstTarget: isNewest ? (others.length === 0 ? wanted * SPANS_PER_TRACE : FILTERED_TARGET) : SLOWEST_TARGET,
      after: placeOf(search),
      wanted,
    },
    deadline,
    answers,
  );
  const page = found.slice(0, search.limit);
  const ids = page.map(({ hexId }) => hexId);
  const traces = await summaries(runner, tables, orgId, ids, horizon, deadline, answers);
  const last = page.at(-1);
  return found.length > page.length && last !== undefined
    ? { traces, next: { key: last.key, traceId: last.hexId }, stats: totalStats(answers) }
    : { traces, stats: totalStats(answers) };
}

function placeOf({ after }: TraceSearch) {
  if (after === undefined) {
    return undefined;
  }
  const idLiteral = traceIdLiteral(after.traceId);
  if (idLiteral === undefined || after.key < 0n || after.key >= 2n ** 64n) {
    throw new AegisError('invalid-cursor', { internal: 'not a place in an order of traces' });
  }
  return { key: after.key, idLiteral };
}

function horizonOf({ start, end }: TraceListing | TraceSelection): SearchWindow {
  return { start: unixNanos(start - HORIZON_NANOS), end: unixNanos(end + HORIZON_NANOS) };
}

/** What the projection `counts_by_minute` can tell apart. */
function indexedConditions({ service, status }: TraceSelection): string[] {
  return [
    ...(service === undefined ? [] : [`service = ${textLiteral(service)}`]),
    ...(status === undefined ? [] : [`status = ${textLiteral(status)}`]),
  ];
}

function otherConditions({ operation, minDurationNanos, maxDurationNanos, attributes }: TraceSelection): string[] {
  return [
    ...(operation === undefined ? [] : [`name = ${textLiteral(operation)}`]),
    ...(minDurationNanos === undefined ? [] : [`duration_nanos >= ${durationLiteral(minDurationNanos)}`]),
    ...(maxDurationNanos === undefined ? [] : [`duration_nanos <= ${durationLiteral(maxDurationNanos)}`]),
    ...Object.entries(attributes ?? {}).map(([name, value]) =>
      Object.hasOwn(NATIVE_COLUMNS, name)
        ? `${NATIVE_COLUMNS[name]} = ${textLiteral(value)}`
        : attributeEquals(name, value),
    ),
  ];
}

/** Clamped to what the column can hold; a negative one is above and below nothing. */
function durationLiteral(nanos: bigint): string {
  return `toInt128('${nanos}')`;
}

/** What is told of traces that were found in a range. */
export async function summarizeTraces(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  asked: TraceListing,
  deadline: Deadline,
): Promise<Pick<TracePage, 'traces' | 'stats'>> {
  const answers: EngineAnswer[] = [];
  const traces = await summaries(runner, tables, orgId, asked.traceIds, horizonOf(asked), deadline, answers);
  return { traces, stats: totalStats(answers) };
}

/** What is told of traces, in their given order. */
async function summaries(
  runner: QueryRunner,
  { spans }: TableNames,
  orgId: OrgId,
  traceIds: readonly string[],
  horizon: SearchWindow,
  deadline: Deadline,
  answers: EngineAnswer[],
): Promise<TraceSummary[]> {
  const ids = traceIds.flatMap((id) => traceIdLiteral(id) ?? []).join(', ');
  if (ids === '') {
    return [];
  }
  const root = 'tuple(NOT is_root, timestamp, span_id)';
  const answer = await runner.run(
    `SELECT lower(hex(trace_id)), argMin(service, ${root}), argMin(name, ${root}), toString(${START}), toString(${DURATION}), uniqExact(span_id), uniqExactIf(span_id, status = 'error'), arraySort(groupUniqArray(${SERVICES_MAX})(service)) FROM ${spans} WHERE ${orgCondition(orgId)} AND ${timeCondition(horizon.start, horizon.end)} AND trace_id IN (${ids}) GROUP BY trace_id`,
    deadline,
  );
  answers.push(answer);
  const byId = new Map(answer.rows.map((row) => [String(row[0]), summaryOf(row)]));
  return traceIds.flatMap((id) => byId.get(id) ?? []);
}

function summaryOf(row: readonly unknown[]): TraceSummary {
  const [traceId, rootService, rootName, start, duration, spanCount, errorCount, services] = row;
  return {
    traceId: String(traceId),
    rootService: String(rootService),
    rootName: String(rootName),
    startTime: unixNanos(BigInt(String(start))),
    durationNanos: BigInt(String(duration)),
    spanCount: Number(spanCount),
    errorCount: Number(errorCount),
    services: services as readonly string[],
  };
}
