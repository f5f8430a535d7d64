import {
  EVENT_SEVERITIES,
  nanosFromMs,
  type OrgId,
  type SecurityEventFilter,
  type SecurityEventPage,
  type SecurityEventReader,
  type SecurityEventSearch,
  type SecurityEventTrend,
} from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { positionCondition } from './position-condition.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { totalStats } from './query-stats.ts';
import { readSecurityEventRow, SECURITY_EVENT_ROW_COLUMNS } from './security-event-row.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { containsPatternLiteral, textLiteral, wholeNumberLiteral } from './sql-literal.ts';

/** The columns that a text is looked for in. */
const TEXT_COLUMNS = ['type', 'actor', 'target', 'message'];

/** Finds one page: the table's order, read backward, is the search's. */
export async function searchSecurityEvents(
  runner: QueryRunner,
  { securityEvents }: TableNames,
  orgId: OrgId,
  search: SecurityEventSearch,
  deadline: Deadline,
): Promise<SecurityEventPage> {
  const { before, end, limit, start } = search;
  const where = [orgCondition(orgId), timeCondition(start, end), ...filterConditions(search)];
  if (before !== undefined) {
    where.push(positionCondition(before, '<'));
  }
  // One more than asked for tells whether there is a next page.
  const answer = await runner.run(
    `SELECT ${SECURITY_EVENT_ROW_COLUMNS} FROM ${securityEvents} WHERE ${where.join(' AND ')} ORDER BY timestamp DESC, batch_id DESC, batch_index DESC LIMIT ${wholeNumberLiteral(limit + 1)}`,
    deadline,
  );
  const found = answer.rows.map(readSecurityEventRow);
  const events = found.slice(0, limit);
  const last = events.at(-1);
  const stats = totalStats([answer]);
  if (found.length <= limit || last === undefined) {
    return { events, stats };
  }
  const { batchId, index, timestamp } = last;
  return { events, next: { timestamp, batchId, index }, stats };
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
