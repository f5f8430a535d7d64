import { type OrgId, type RumReader, type RumSession, totalStats, unixNanos } from '@aegisguard/model';
import { readDensity } from './density.ts';
import type { EngineAnswer } from './engine.ts';
import { type FoundGroup, searchGroups } from './group-search.ts';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { RUM_ROW_COLUMNS, readRumRow } from './rum-row.ts';
import type { SearchWindow } from './search-windows.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

type SessionSelection = Parameters<RumReader['listSessions']>[1];

/** Events further than this outside of the listed range are not looked for. */
const HORIZON_NANOS = 24n * 3_600_000_000_000n;
/** Events of the first window per session that is wanted. */
const EVENTS_PER_SESSION = 100;
/** Digits of ids in one statement, which may have 256 KiB. */
const IDS_LENGTH_MAX = 150_000;
/** What a session says of itself, it says in its first event. */
const FIRST = '(timestamp, batch_id, batch_index)';

/** Reads a session: the table's order is by sessions. */
export async function readSession(
  runner: QueryRunner,
  { rumEvents }: TableNames,
  orgId: OrgId,
  sessionId: string,
  limit: number,
  deadline: Deadline,
): ReturnType<RumReader['readSession']> {
  const answer = await runner.run(
    `SELECT ${RUM_ROW_COLUMNS} FROM ${rumEvents} WHERE ${orgCondition(orgId)} AND session_id = ${textLiteral(sessionId)} ORDER BY timestamp, batch_id, batch_index LIMIT ${limit + 1}`,
    deadline,
  );
  const events = answer.rows.map(readRumRow);
  return { events: events.slice(0, limit), isCut: events.length > limit, stats: totalStats([answer]) };
}

/** Lists sessions, newest first: their ids in order from the projection `by_time` and the table, then what is told of each. */
export async function listSessions(
  runner: QueryRunner,
  { rumEvents }: TableNames,
  orgId: OrgId,
  { application, start, end, limit }: SessionSelection,
  deadline: Deadline,
): ReturnType<RumReader['listSessions']> {
  const answers: EngineAnswer[] = [];
  if (start >= end) {
    return { sessions: [], stats: totalStats([]) };
  }
  const range = { start, end };
  const conditions = application === undefined ? [] : [`application = ${textLiteral(application)}`];
  const density = await readDensity(runner, rumEvents, orgId, range, conditions, deadline);
  answers.push(density.answer);
  const horizon: SearchWindow = { start: unixNanos(start - HORIZON_NANOS), end: unixNanos(end + HORIZON_NANOS) };
  const found = await searchGroups(
    runner,
    orgId,
    {
      table: rumEvents,
      idColumn: 'session_id',
      condition: conditions[0] ?? '1',
      range,
      density,
      horizon: timeCondition(horizon.start, horizon.end),
      key: 'toUInt64(toUnixTimestamp64Nano(min(timestamp)))',
      isKeyStart: true,
      firstTarget: limit * EVENTS_PER_SESSION,
      after: undefined,
      wanted: limit,
    },
    deadline,
    answers,
  );
  if (found.length === 0) {
    return { sessions: [], stats: totalStats(answers) };
  }
  const byId = new Map<string, RumSession>();
  for (const part of partsOf(found)) {
    const ids = part.map(({ hexId }) => `unhex('${hexId}')`).join(', ');
    const answer = await runner.run(
      `SELECT lower(hex(session_id)), session_id, argMin(application, ${FIRST}), argMinIf(user_id, ${FIRST}, user_id != ''), toString(toUnixTimestamp64Nano(min(timestamp) AS session_start)), toString(toUnixTimestamp64Nano(max(timestamp))), count(), countIf(type = 'error'), countIf(type = 'view'), countIf(type = 'replay') FROM ${rumEvents} WHERE ${orgCondition(orgId)} AND ${timeCondition(horizon.start, horizon.end)} AND session_id IN (${ids}) GROUP BY session_id`,
      deadline,
    );
    answers.push(answer);
    for (const [hexId, ...row] of answer.rows) {
      byId.set(String(hexId), sessionOf(row));
    }
  }
  return { sessions: found.flatMap(({ hexId }) => byId.get(hexId) ?? []), stats: totalStats(answers) };
}

/** Groups whose ids fit into one statement. */
function* partsOf(groups: readonly FoundGroup[]): Generator<readonly FoundGroup[]> {
  let part: FoundGroup[] = [];
  let length = 0;
  for (const group of groups) {
    if (length + group.hexId.length > IDS_LENGTH_MAX && part.length > 0) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(group);
    length += group.hexId.length;
  }
  yield part;
}

function sessionOf(row: readonly unknown[]): RumSession {
  const [sessionId, application, userId, start, end, events, errors, views, replays] = row;
  return {
    sessionId: String(sessionId),
    application: String(application),
    userId: String(userId),
    startTime: unixNanos(BigInt(String(start))),
    endTime: unixNanos(BigInt(String(end))),
    eventCount: Number(events),
    errorCount: Number(errors),
    viewCount: Number(views),
    hasReplay: Number(replays) > 0,
  };
}
