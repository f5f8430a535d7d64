import {
  AegisError,
  type LogCountQuery,
  type LogCountSeries,
  type LogCounts,
  type OrgId,
  totalStats,
} from '@aegisguard/model';
import { isCounted, labelExpression, nativeColumn } from './label-sql.ts';
import { MESSAGE_BYTES } from './log-columns.ts';
import type { TableNames } from './log-table.ts';
import { minuteRanges } from './minute-ranges.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { filterCondition, isOfLabelsAlone, orgCondition, timeCondition } from './selection-sql.ts';
import { int64Literal } from './sql-literal.ts';

const SECOND_NANOS = 1_000_000_000n;
const MINUTE_NANOS = 60n * SECOND_NANOS;
const BUCKET_MAX = 2n ** 63n - 1n;

/** Counts logs per bucket and group. */
export async function countLogs(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  query: LogCountQuery,
  deadline: Deadline,
): Promise<LogCounts> {
  if (query.bucket <= 0n) {
    throw new AegisError('query-not-runnable', { internal: 'a bucket must be wider than 0' });
  }
  if (query.start >= query.end) {
    return { series: [], stats: totalStats([]) };
  }
  const { sql, firstBucket } = countQuery(tables, orgId, query);
  const answer = await runner.run(sql, deadline);
  return { series: seriesOf(answer.rows, query.by, firstBucket), stats: totalStats([answer]) };
}

function countQuery({ logs }: TableNames, orgId: OrgId, query: LogCountQuery): { sql: string; firstBucket: bigint } {
  const { start, end, by, edges } = query;
  const added = query.of === 'bytes' ? MESSAGE_BYTES : 'count()';
  // Wider than all of time makes no difference, and 64 bits hold it.
  const bucket = query.bucket < BUCKET_MAX ? query.bucket : BUCKET_MAX;
  // A time on an edge belongs to the bucket before it when upper edges count: the same as counting a nanosecond earlier.
  const origin = query.origin + (edges === '(]' ? 1n : 0n);
  // Bucket numbers from the first one on, so that integer division rounds the same way everywhere.
  const firstBucket = floorDivide(start - origin, bucket);
  const base = origin + firstBucket * bucket;
  const select = (bucketExpression: string, where: string) =>
    `SELECT ${[...by.map((name, place) => `${labelExpression(name)} AS g${place}`), `${bucketExpression} AS bucket`].join(', ')}, ${added} AS counted FROM ${logs} WHERE ${orgCondition(orgId)} AND ${where} AND ${filterCondition(query)} GROUP BY ${groupNames(by)}`;
  // Unsigned, for the sum may need the 64th bit.
  const exactBucket = `toInt64(intDiv(toUInt64(toUnixTimestamp64Nano(timestamp) - ${int64Literal(start)}) + toUInt64('${start - base}'), toUInt64('${bucket}')))`;
  const ranges = edges === '[)' && isOfMinutes(query) ? minuteRanges(query) : undefined;
  if (ranges === undefined) {
    return { sql: select(exactBucket, timeCondition(start, end)), firstBucket };
  }
  const minuteBucket = `intDiv(toInt64(toUnixTimestamp(toStartOfMinute(timestamp))) - ${int64Literal(base / SECOND_NANOS)}, ${int64Literal(bucket / SECOND_NANOS)})`;
  const parts = [
    select(minuteBucket, ranges.minutes),
    ...ranges.rest.map((condition) => select(exactBucket, condition)),
  ];
  const sql = `SELECT ${groupNames(by)}, sum(counted) FROM (${parts.join(' UNION ALL ')}) GROUP BY ${groupNames(by)}`;
  return { sql, firstBucket };
}

function groupNames(by: readonly string[]): string {
  return [...by.map((_, place) => `g${place}`), 'bucket'].join(', ');
}

/** Whether the projection `counts_by_minute` can answer for whole minutes: it knows services and levels, and buckets must begin and end with minutes. */
function isOfMinutes(query: LogCountQuery): boolean {
  const { matchers, by, of, origin, bucket } = query;
  return (
    of === 'logs' &&
    isOfLabelsAlone(query) &&
    by.every((name) => ['service', 'level'].includes(nativeColumn(name) ?? '')) &&
    matchers.every(isCounted) &&
    bucket % MINUTE_NANOS === 0n &&
    origin % MINUTE_NANOS === 0n
  );
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

function seriesOf(
  rows: readonly (readonly unknown[])[],
  by: readonly string[],
  firstBucket: bigint,
): readonly LogCountSeries[] {
  const groups = new Map<string, { labels: Record<string, string>; cells: [bucket: number, count: number][] }>();
  for (const row of rows) {
    const values = row.slice(0, by.length).map(String);
    const key = JSON.stringify(values);
    let group = groups.get(key);
    if (group === undefined) {
      group = { labels: Object.fromEntries(by.map((name, place) => [name, values[place] ?? ''])), cells: [] };
      groups.set(key, group);
    }
    group.cells.push([Number(firstBucket) + Number(row[by.length]), Number(row[by.length + 1])]);
  }
  return [...groups.values()].map(({ labels, cells }) => {
    cells.sort(([a], [b]) => a - b);
    return { labels, buckets: cells.map(([bucket]) => bucket), counts: cells.map(([, count]) => count) };
  });
}
