import {
  LOG_ROUTES,
  type LogCompareAnswer,
  type LogContextAnswer,
  type LogDirection,
  type LogHistogramAnswer,
  type LogMatrixAnswer,
  type LogPatternsAnswer,
  type LogSearchAnswer,
  type LogView,
} from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';
import { askedRange, type ResolvedRange } from '../../lib/time-range.ts';
import { parseTimestamp } from '../../lib/timestamp.ts';
import type { RowRef } from './view/logs-view.ts';

/** Logs of one request: a page parses in a few milliseconds, so that scrolling does not stutter when it arrives. */
const PAGE_ROWS = 1000;

/** How many logs may share one nanosecond before a linked row is given up. */
const LINKED_ROW_PAGES_MAX = 5;

/** More forms than these nobody reads. */
const PATTERNS_MAX = 100;
const DIFFERENCES_MAX = 60;

/** Logs, or numbers over time for a metric query. */
export type LogAnswer = LogSearchAnswer | LogMatrixAnswer;

/** What is asked for. An empty query means all logs. */
export interface LogQuestion {
  readonly query: string;
  readonly range: ResolvedRange;
  readonly direction: LogDirection;
}

/** The query as the API wants it. */
export function askedQuery(query: string): string {
  return query.trim() === '' ? '{}' : query;
}

/** One page of logs, or all the numbers of a metric query. */
export function searchLogs(
  orgId: string,
  { query, range, direction }: LogQuestion,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<LogAnswer> {
  const body = {
    query: askedQuery(query),
    ...askedRange(range),
    limit: PAGE_ROWS,
    direction,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return callRoute(LOG_ROUTES.searchLogs, { body, orgId, signal });
}

/** The volume of a log query over time, by level. */
export function logHistogram(
  orgId: string,
  { query, range }: Omit<LogQuestion, 'direction'>,
  buckets: number,
  signal: AbortSignal,
): Promise<LogHistogramAnswer> {
  const body = { query: askedQuery(query), ...askedRange(range), buckets };
  return callRoute(LOG_ROUTES.logHistogram, { body, orgId, signal });
}

/** The log that a link points at: it is looked for at its own nanosecond, so it is found wherever it stands in the list; null when it is not there any more. */
export async function findLog(orgId: string, query: string, row: RowRef, signal: AbortSignal): Promise<LogView | null> {
  const nanos = parseTimestamp(row.timestamp) ?? 0n;
  let cursor: string | undefined;
  for (let page = 0; page < LINKED_ROW_PAGES_MAX; page++) {
    const body = {
      query: askedQuery(query),
      start: String(nanos),
      end: String(nanos + 1n),
      limit: PAGE_ROWS,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const answer = await callRoute(LOG_ROUTES.searchLogs, { body, orgId, signal });
    const found = logsOf(answer).find((log) => log.id === row.id);
    if (found !== undefined || answer.resultType === 'matrix' || answer.nextCursor === null) {
      return found ?? null;
    }
    cursor = answer.nextCursor;
  }
  return null;
}

/** True when the organization has a log at all since the moment given. */
export async function hasAnyLog(orgId: string, range: ResolvedRange, signal: AbortSignal): Promise<boolean> {
  const body = { query: '{}', ...askedRange(range), limit: 1 };
  return logsOf(await callRoute(LOG_ROUTES.searchLogs, { body, orgId, signal })).length > 0;
}

/** A metric query has none. */
function logsOf(answer: LogAnswer): readonly LogView[] {
  return answer.resultType === 'logs' ? answer.logs : [];
}

/** The forms of a query's lines. */
export function logPatterns(
  orgId: string,
  { query, range }: Omit<LogQuestion, 'direction'>,
  buckets: number,
  signal: AbortSignal,
): Promise<LogPatternsAnswer> {
  const body = { query: askedQuery(query), ...askedRange(range), limit: PATTERNS_MAX, buckets };
  return callRoute(LOG_ROUTES.logPatterns, { body, orgId, signal });
}

/** What is different in a part of the range. */
export function compareSpan(
  orgId: string,
  { query, range }: Omit<LogQuestion, 'direction'>,
  span: ResolvedRange,
  signal: AbortSignal,
): Promise<LogCompareAnswer> {
  const { start: from, end: to } = askedRange(span);
  const body = { query: askedQuery(query), ...askedRange(range), from, to, limit: DIFFERENCES_MAX };
  return callRoute(LOG_ROUTES.compareLogs, { body, orgId, signal });
}

/** A log with its neighbours; those of its stream without `labels`. */
export function logContext(
  orgId: string,
  { id, timestamp }: RowRef,
  wish: { readonly before: number; readonly after: number; readonly labels: readonly string[] | undefined },
  signal: AbortSignal,
): Promise<LogContextAnswer> {
  const { labels, before, after } = wish;
  const body = { id, timestamp, before, after, ...(labels === undefined ? {} : { labels: [...labels] }) };
  return callRoute(LOG_ROUTES.logContext, { body, orgId, signal });
}
