import {
  type LogPage,
  type LogPosition,
  type LogSearch,
  type OrgId,
  type StoredLog,
  unixNanos,
} from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import { matcherCondition, nativeColumn } from './label-sql.ts';
import { LOG_ROW_COLUMNS, readLogRow } from './log-row.ts';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { totalStats } from './query-stats.ts';
import { type DensitySlot, type SearchWindow, searchWindows } from './search-windows.ts';
import { filterCondition, orgCondition, timeCondition, timeLiteral } from './selection-sql.ts';
import { int64Literal } from './sql-literal.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Logs that the first window holds when a filter thins them out by an unknown factor: looked through in ~20 ms. */
const FILTERED_TARGET = 200_000;
const MINUTE_NANOS = 60_000_000_000n;
/** Slots of the density: enough to cut windows well, few enough to read at once. */
const SLOTS_MAX = 500n;
/** Below this the density costs more than it saves. */
const WINDOWED_RANGE_NANOS = 2n * MINUTE_NANOS;

/** Finds one page of logs: windows from the search's end on, until the page is full. */
export async function searchLogs(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  search: LogSearch,
  deadline: Deadline,
): Promise<LogPage> {
  const range = searchRange(search);
  const answers: EngineAnswer[] = [];
  const logs: StoredLog[] = [];
  // One more than asked for tells whether there is a next page.
  const wanted = search.limit + 1;
  const windows =
    range.start < range.end ? await windowsOf(runner, tables, orgId, search, range, deadline, answers) : [];
  for (const window of windows) {
    const answer = await runner.run(pageQuery(tables, orgId, search, window, wanted - logs.length), deadline);
    answers.push(answer);
    for (const row of answer.rows) {
      logs.push(readLogRow(row));
    }
    if (logs.length >= wanted) {
      break;
    }
  }
  const page = logs.slice(0, search.limit);
  const last = page.at(-1);
  const stats = totalStats(answers);
  return logs.length > page.length && last !== undefined
    ? { logs: page, next: last.position, stats }
    : { logs: page, stats };
}

/** The search's time range, as far as the last page leaves it. */
function searchRange({ start, end, direction, after }: LogSearch): SearchWindow {
  if (after === undefined) {
    return { start, end };
  }
  const { timestamp } = after;
  return direction === 'forward'
    ? { start: timestamp > start ? timestamp : start, end }
    : { start, end: timestamp + 1n < end ? unixNanos(timestamp + 1n) : end };
}

async function windowsOf(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  search: LogSearch,
  range: SearchWindow,
  deadline: Deadline,
  answers: EngineAnswer[],
): Promise<readonly SearchWindow[]> {
  // Within one service the table's own order is the search's, and the engine stops reading by itself.
  const isOrdered = search.matchers.some(({ name, op }) => nativeColumn(name) === 'service' && op === '=');
  if (isOrdered || range.end - range.start <= WINDOWED_RANGE_NANOS) {
    return [range];
  }
  const counted = search.matchers.filter(({ name }) => ['service', 'level'].includes(nativeColumn(name) ?? ''));
  const isExact = counted.length === search.matchers.length && search.lineFilters.length === 0;
  const slotNanos = roundUp((range.end - range.start) / SLOTS_MAX, MINUTE_NANOS);
  const answer = await runner.run(
    densityQuery(tables, orgId, range, counted.map(matcherCondition), slotNanos),
    deadline,
  );
  answers.push(answer);
  const slots: DensitySlot[] = answer.rows.map(([slot, count]) => ({
    start: unixNanos(BigInt(String(slot)) * slotNanos),
    count: Number(count),
  }));
  return searchWindows(range, search.direction, slots, isExact ? search.limit + 1 : FILTERED_TARGET);
}

/** Counts per slot of whole minutes, from the projection `counts_by_minute`. */
function densityQuery(
  { logs }: TableNames,
  orgId: OrgId,
  { start, end }: SearchWindow,
  conditions: readonly string[],
  slotNanos: bigint,
): string {
  const minute = 'toStartOfMinute(timestamp)';
  const where = [
    orgCondition(orgId),
    `${minute} >= ${minuteLiteral(start)}`,
    `${minute} <= ${minuteLiteral(end)}`,
    ...conditions,
  ];
  const slot = `intDiv(toUnixTimestamp(${minute}), ${slotNanos / 1_000_000_000n})`;
  return `SELECT ${slot} AS slot, count() FROM ${logs} WHERE ${where.join(' AND ')} GROUP BY slot ORDER BY slot`;
}

function minuteLiteral(time: bigint): string {
  return `toStartOfMinute(${timeLiteral(time)})`;
}

function roundUp(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step || 1n) * step;
}

function pageQuery({ logs }: TableNames, orgId: OrgId, search: LogSearch, window: SearchWindow, limit: number): string {
  const { direction, after } = search;
  const where = [orgCondition(orgId), timeCondition(window.start, window.end), filterCondition(search)];
  if (after !== undefined) {
    where.push(afterCondition(after, direction === 'forward' ? '>' : '<'));
  }
  const order = direction === 'forward' ? 'ASC' : 'DESC';
  return `SELECT ${LOG_ROW_COLUMNS} FROM ${logs} WHERE ${where.join(' AND ')} ORDER BY timestamp ${order}, batch_id ${order}, batch_index ${order} LIMIT ${limit}`;
}

function afterCondition({ timestamp, batchId, index }: LogPosition, comparison: '<' | '>'): string {
  const batch = `toFixedString(unhex('${Buffer.from(uuidBytes(batchId)).toString('hex')}'), 16)`;
  return `(timestamp, batch_id, batch_index) ${comparison} (${timeLiteral(timestamp)}, ${batch}, toUInt32(${int64Literal(BigInt(index))}))`;
}
