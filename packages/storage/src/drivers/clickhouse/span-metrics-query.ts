import type { DurationCounts, OrgId, SpanFigureQuery, SpanFigureSelection, SpanFigures } from '@aegisguard/model';
import { SPAN_KINDS } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

/** The last second that a DateTime holds. */
const DATE_TIME_MAX = 4_294_967_295;
const RESOLUTION_MS = { minute: 60_000, hour: 3_600_000 } as const;

const ORDERS = {
  calls: 'c DESC',
  errors: 'e DESC, c DESC',
  'error-ratio': 'e / c DESC, c DESC',
  nanos: 'n DESC',
  name: '',
} as const;

/** Settings of the statement that looks for the first ones: among two million groups; beyond, those that are read first count. */
export const RANKED = "max_rows_to_group_by = 2000000, group_by_overflow_mode = 'any'";
/** A duration's bucket is a byte. */
const BUCKETS_MAX = 256;

/** A row: the values of `by`, the number of the step, calls, errors, nanoseconds, first and last time, and where durations are asked for buckets, their counts and the slowest span. */
export function spanFiguresSql(tables: TableNames, orgId: OrgId, query: SpanFigureQuery): string {
  const { by, steps, durations, first } = query;
  const [table, time] = figuresOf(tables, query);
  const isRanked = first !== undefined && steps === undefined && by.length > 0 && (durations || first.by !== 'name');
  const step =
    steps === undefined
      ? []
      : [
          `intDiv(toUnixTimestamp(${time}) - ${secondsLiteral(steps.fromMs)}, ${wholeNumberLiteral(steps.stepMs / 1000)}) AS step`,
        ];
  const keys = [...by, ...(steps === undefined ? [] : ['step'])];
  const all = figuresCondition(orgId, query);
  const where = isRanked ? `${all} AND ${hashOf(by)} IN (${firstHashes(table, all, query, first)})` : all;
  const sums = (mark: string) =>
    `sum(calls) AS c${mark}, sumIf(calls, status = 'error') AS e${mark}, sum(nanos) AS n${mark}, min(toUnixTimestamp(${time})) AS low${mark}, max(toUnixTimestamp(${time})) AS high${mark}`;
  const grouped = (more: readonly string[]) => (more.length === 0 ? '' : ` GROUP BY ${more.join(', ')}`);
  const order =
    first === undefined
      ? ''
      : ` ORDER BY ${[ORDERS[first.by], ...by].filter((one) => one !== '').join(', ')} LIMIT ${wholeNumberLiteral(first.limit)}`;
  const from = `FROM ${table} WHERE ${where}`;
  if (!durations) {
    return `SELECT ${[...by, ...step, sums('')].join(', ')} ${from}${grouped(keys)} HAVING c > 0${order}`;
  }
  const ofBuckets = `SELECT ${[...by, ...step, 'bucket', sums('1'), 'max(slowest) AS slow1'].join(', ')} ${from}${grouped([...keys, 'bucket'])}${isRanked ? ` SETTINGS max_rows_to_group_by = ${wholeNumberLiteral(first.limit * BUCKETS_MAX)}` : ''}`;
  const columns = [
    ...keys,
    'sum(c1) AS c, sum(e1) AS e, sum(n1) AS n, min(low1) AS low, max(high1) AS high',
    'arraySort(groupArray((bucket, c1))) AS counts, max(slow1) AS slow',
  ];
  const told = [...keys, 'c, e, n, low, high, counts.1, counts.2, lower(hex(slow.2)), lower(hex(slow.3)), slow.1'];
  return `SELECT ${told.join(', ')} FROM (SELECT ${columns.join(', ')} FROM (${ofBuckets})${grouped(keys)}) WHERE c > 0${order}`;
}

/** Many more groups can be told apart by a hash than by their texts and buckets: what else is asked is asked of the first ones only. */
function firstHashes(
  table: string,
  where: string,
  { by }: SpanFigureQuery,
  { by: order, limit }: NonNullable<SpanFigureQuery['first']>,
): string {
  const sums = "sum(calls) AS c, sumIf(calls, status = 'error') AS e, sum(nanos) AS n";
  const [groups, ranks] = order === 'name' ? [by.join(', '), by.join(', ')] : ['key', `${ORDERS[order]}, key`];
  const ranked = `SELECT ${hashOf(by)} AS key, ${sums} FROM ${table} WHERE ${where} GROUP BY ${groups} HAVING c > 0 ORDER BY ${ranks} LIMIT ${wholeNumberLiteral(limit)}`;
  return `SELECT key FROM (${ranked} SETTINGS ${RANKED})`;
}

function hashOf(by: SpanFigureQuery['by']): string {
  return `cityHash64(${by.join(', ')})`;
}

/** The table of a resolution and its column of time. */
function figuresOf({ spanMinutes, spanHours }: TableNames, { resolution }: Pick<SpanFigureSelection, 'resolution'>) {
  return resolution === 'minute' ? ([spanMinutes, 'minute'] as const) : ([spanHours, 'hour'] as const);
}

function figuresCondition(orgId: OrgId, selection: SpanFigureSelection): string {
  const { startMs, endMs, resolution, services, names, kinds, version, env, search } = selection;
  if (startMs % RESOLUTION_MS[resolution] !== 0 || endMs % RESOLUTION_MS[resolution] !== 0) {
    throw new TypeError(`figures are of whole ${resolution}s`);
  }
  return [
    orgCondition(orgId),
    ...among('service', services),
    `${resolution} >= toDateTime(${secondsLiteral(startMs)}, 'UTC') AND ${resolution} < toDateTime(${secondsLiteral(endMs)}, 'UTC')`,
    ...among('name', names),
    ...among('kind', kinds),
    ...(version === undefined ? [] : [`version = ${textLiteral(version)}`]),
    ...(env === undefined ? [] : [`env = ${textLiteral(env)}`]),
    ...(search === undefined ? [] : [`positionCaseInsensitiveUTF8(${search.in}, ${textLiteral(search.text)}) > 0`]),
  ].join(' AND ');
}

function among(column: string, values: readonly string[] | undefined): string[] {
  if (values === undefined) {
    return [];
  }
  return [values.length === 0 ? '0' : `${column} IN (${values.map(textLiteral).join(', ')})`];
}

/** A time in whole seconds, within what DateTime holds. */
export function secondsLiteral(timeMs: number): string {
  return wholeNumberLiteral(Math.min(DATE_TIME_MAX, Math.max(0, Math.floor(timeMs / 1000))));
}

/** A row of `spanFiguresSql`. */
export function readSpanFigures(row: readonly unknown[], { by, steps, durations }: SpanFigureQuery): SpanFigures {
  const keys = Object.fromEntries(
    by.map((key, place) => [key, key === 'kind' ? kindOf(row[place]) : String(row[place])]),
  );
  const [step, rest] =
    steps === undefined ? [{}, row.slice(by.length)] : [{ step: Number(row[by.length]) }, row.slice(by.length + 1)];
  const [calls = 0, errors = 0, nanos = 0, first = 0, last = 0] = rest.slice(0, 5).map(Number);
  const figures = { ...keys, ...step, calls, errors, nanos, firstMs: first * 1000, lastMs: last * 1000 };
  if (!durations) {
    return figures;
  }
  const [buckets, counts, traceId, spanId, slowNanos] = rest.slice(5);
  return {
    ...figures,
    durations: readDurations(buckets, counts),
    slowest: { traceId: String(traceId), spanId: String(spanId), nanos: Number(slowNanos) },
  };
}

/** Arrays of buckets and of their counts. */
export function readDurations(buckets: unknown, counts: unknown): DurationCounts {
  return { buckets: (buckets as unknown[]).map(Number), counts: (counts as unknown[]).map(Number) };
}

function kindOf(value: unknown) {
  return SPAN_KINDS.find((kind) => kind === value) ?? 'unspecified';
}
