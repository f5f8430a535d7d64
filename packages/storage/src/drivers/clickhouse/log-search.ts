import { type LogPage, type LogSearch, type OrgId, type StoredLog, totalStats, unixNanos } from '@aegisguard/model';
import { readDensity } from './density.ts';
import type { EngineAnswer } from './engine.ts';
import { isCounted, matcherCondition, nativeColumn } from './label-sql.ts';
import { isPrunableLine } from './line-filter-sql.ts';
import { LOG_ROW_COLUMNS, readLogRow } from './log-row.ts';
import type { TableNames } from './log-table.ts';
import { positionCondition } from './position-condition.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { type SearchWindow, searchWindows } from './search-windows.ts';
import { filterCondition, isOfLabelsAlone, orgCondition, timeCondition } from './selection-sql.ts';

/** Logs that the first window holds when a filter thins them out by an unknown factor: looked through in ~20 ms. */
const FILTERED_TARGET = 200_000;
/** The same for rows that the filters leave: granules have few of their rows. */
const LEFT_ROWS_MAX = 1_000_000;
/** Below this the density costs more than it saves. */
const WINDOWED_RANGE_NANOS = 120_000_000_000n;

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
  // An id is of few logs, and the filter over ids finds where they lie.
  const isNarrow = search.matchers.some(({ name, op, value }) => name === 'trace_id' && op === '=' && value !== '');
  if (isOrdered || isNarrow || range.end - range.start <= WINDOWED_RANGE_NANOS) {
    return [range];
  }
  if (
    isPrunable(search) &&
    (await rowsAfterFilters(runner, tables, orgId, search, range, deadline, answers)) <= LEFT_ROWS_MAX
  ) {
    return [range];
  }
  const counted = search.matchers.filter(isCounted);
  const isExact = counted.length === search.matchers.length && isOfLabelsAlone(search);
  const { slots, answer } = await readDensity(
    runner,
    tables.logs,
    orgId,
    range,
    counted.map(matcherCondition),
    deadline,
  );
  answers.push(answer);
  return searchWindows(range, search.direction, slots, isExact ? search.limit + 1 : FILTERED_TARGET);
}

/** Whether the filters over messages or attributes can tell where nothing is. */
function isPrunable({ matchers, lineFilters }: LogSearch): boolean {
  return (
    lineFilters.some(isPrunableLine) ||
    matchers.some(({ name, op, value }) => op === '=' && value !== '' && nativeColumn(name) === undefined)
  );
}

/** How many rows the engine would read: asked of its filters alone, which costs little. When they are few, windows would only ask again and again. */
async function rowsAfterFilters(
  runner: QueryRunner,
  { logs }: TableNames,
  orgId: OrgId,
  search: LogSearch,
  { start, end }: SearchWindow,
  deadline: Deadline,
  answers: EngineAnswer[],
): Promise<number> {
  const where = `${orgCondition(orgId)} AND ${timeCondition(start, end)} AND ${filterCondition(search)}`;
  const answer = await runner.run(
    `SELECT sum(rows) FROM (EXPLAIN ESTIMATE SELECT message FROM ${logs} WHERE ${where})`,
    deadline,
  );
  answers.push(answer);
  return Number(answer.rows[0]?.[0] ?? 0);
}

function pageQuery({ logs }: TableNames, orgId: OrgId, search: LogSearch, window: SearchWindow, limit: number): string {
  const { direction, after } = search;
  const where = [orgCondition(orgId), timeCondition(window.start, window.end), filterCondition(search)];
  if (after !== undefined) {
    where.push(positionCondition(after, direction === 'forward' ? '>' : '<'));
  }
  const order = direction === 'forward' ? 'ASC' : 'DESC';
  return `SELECT ${LOG_ROW_COLUMNS} FROM ${logs} WHERE ${where.join(' AND ')} ORDER BY timestamp ${order}, batch_id ${order}, batch_index ${order} LIMIT ${limit}`;
}
