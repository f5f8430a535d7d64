import {
  EVENT_SEVERITIES,
  nanosFromMs,
  type OrgId,
  type SecurityEventFilter,
  type SecurityEventPage,
  type SecurityEventReader,
  type SecurityEventSearch,
  type SecurityEventTrend,
  type StoredSecurityEvent,
  totalStats,
  unixNanos,
} from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import type { TableNames } from './log-table.ts';
import { positionCondition } from './position-condition.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import type { SearchWindow } from './search-windows.ts';
import { readSecurityEventRow, SECURITY_EVENT_ROW_COLUMNS } from './security-event-row.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { containsPatternLiteral, textLiteral, wholeNumberLiteral } from './sql-literal.ts';

/** The columns that a text is looked for in. */
const TEXT_COLUMNS = ['type', 'actor', 'target', 'message'];

const DAY_NANOS = 24n * 3_600_000_000_000n;
/** Days of the windows that a search looks through, newest first; the last takes the rest. Small ones find a page at once; large ones are bounded, since the parts of a window are read side by side. */
const WINDOW_DAYS = [1n, 4n, 16n, 64n, 64n, 64n, 64n, 64n, 64n];

/** Finds one page: windows from the newest on, until the page is full. */
export async function searchSecurityEvents(
  runner: QueryRunner,
  { securityEvents }: TableNames,
  orgId: OrgId,
  search: SecurityEventSearch,
  deadline: Deadline,
): Promise<SecurityEventPage> {
  const { before, limit } = search;
  const conditions = [orgCondition(orgId), ...filterConditions(search)];
  if (before !== undefined) {
    conditions.push(positionCondition(before, '<'));
  }
  // One more than asked for tells whether there is a next page.
  const wanted = limit + 1;
  const answers: EngineAnswer[] = [];
  const found: StoredSecurityEvent[] = [];
  for (const { start, end } of windowsOf(search)) {
    const where = [...conditions, timeCondition(start, end)].join(' AND ');
    const answer = await runner.run(
      `SELECT ${SECURITY_EVENT_ROW_COLUMNS} FROM ${securityEvents} WHERE ${where} ORDER BY timestamp DESC, batch_id DESC, batch_index DESC LIMIT ${wholeNumberLiteral(wanted - found.length)}`,
      deadline,
    );
    answers.push(answer);
    found.push(...answer.rows.map(readSecurityEventRow));
    if (found.length >= wanted) {
      break;
    }
  }
  const events = found.slice(0, limit);
  const last = events.at(-1);
  const stats = totalStats(answers);
  if (found.length <= limit || last === undefined) {
    return { events, stats };
  }
  const { batchId, index, timestamp } = last;
  return { events, next: { timestamp, batchId, index }, stats };
}

function* windowsOf({ before, end: searchEnd, start }: SecurityEventSearch): Generator<SearchWindow> {
  let end = before === undefined || before.timestamp >= searchEnd ? searchEnd : unixNanos(before.timestamp + 1n);
  for (const days of WINDOW_DAYS) {
    const windowStart = end - days * DAY_NANOS;
    if (windowStart <= start) {
      break;
    }
    yield { start: unixNanos(windowStart), end };
    end = unixNanos(windowStart);
  }
  if (end > start) {
    yield { start, end };
  }
}

/** Counts what happened: by step and severity, by type, by actor. */
export async function securityEventTrend(
  runner: QueryRunner,
  { securityEvents }: TableNames,
  orgId: OrgId,
  selection: Parameters<SecurityEventReader['trend']>[1],
  deadline: Deadline,
): Promise<SecurityEventTrend> {
  const { fromMs, stepMs, toMs, topMax } = selection;
  const range = timeCondition(nanosFromMs(fromMs), nanosFromMs(toMs));
  const source = `FROM ${securityEvents} WHERE ${[orgCondition(orgId), range, ...filterConditions(selection)].join(' AND ')}`;
  const step = `intDiv(toUnixTimestamp64Milli(timestamp) - ${wholeNumberLiteral(fromMs)}, ${wholeNumberLiteral(stepMs)})`;
  const top = (column: string) =>
    `SELECT ${column}, sum(occurrences) AS total ${source} AND ${column} != '' GROUP BY ${column} ORDER BY total DESC, ${column} LIMIT ${wholeNumberLiteral(topMax)}`;
  const steps = await runner.run(
    `SELECT ${step} AS step, severity, sum(occurrences) ${source} GROUP BY step, severity ORDER BY step, severity`,
    deadline,
  );
  const types = await runner.run(top('type'), deadline);
  const actors = await runner.run(top('actor'), deadline);
  return {
    steps: steps.rows.map(([at, severity, count]) => ({
      step: Number(at),
      severity: EVENT_SEVERITIES.find((known) => known === severity) ?? 'info',
      count: Number(count),
    })),
    topTypes: types.rows.map(([type, count]) => ({ type: String(type), count: Number(count) })),
    topActors: actors.rows.map(([actor, count]) => ({ actor: String(actor), count: Number(count) })),
    stats: totalStats([steps, types, actors]),
  };
}

function filterConditions({ actor, ip, severities, source, text, types }: SecurityEventFilter): string[] {
  const among = (column: string, values: readonly string[]) => `${column} IN (${values.map(textLiteral).join(', ')})`;
  const conditions: string[] = [];
  if (types !== undefined && types.length > 0) {
    conditions.push(among('type', types));
  }
  if (severities !== undefined && severities.length > 0) {
    conditions.push(among('severity', severities));
  }
  for (const [column, value] of Object.entries({ actor, ip, source })) {
    if (value !== undefined) {
      conditions.push(`${column} = ${textLiteral(value)}`);
    }
  }
  if (text !== undefined) {
    const pattern = containsPatternLiteral(text);
    conditions.push(`(${TEXT_COLUMNS.map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`);
  }
  return conditions;
}
